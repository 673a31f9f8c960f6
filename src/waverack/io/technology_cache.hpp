#pragma once
// Technologies that were solved before, kept by what they were solved from.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "waverack/io/load.hpp"
#include "waverack/study/technology.hpp"

namespace waverack::io {

// $XDG_CACHE_HOME/waverack, else ~/.cache/waverack; empty (no cache) where neither variable says anything. A
// variable that is not set is empty. By the XDG base directory specification a path that is not absolute
// counts as none.
std::filesystem::path cache_folder(const std::string& xdg_cache_home, const std::string& home);

// SHA-256 of everything that a technology depends on: the design with every number of its cards and profiles,
// the contents of the files that it names, the options, the version and commit of waverack, and the format of
// this cache. Nothing for designs with functions of an embedding program, which have no contents.
std::optional<std::string> technology_key(const Input&, const study::TechnologyOptions&);

using SolveTechnology = std::function<cluster::Technology(const std::string& name, const LoadedDesign&,
                                                          const study::TechnologyOptions&)>;

struct LoadedTechnology {
  cluster::Technology technology;
  bool cached = false;  // it was not solved now
  std::vector<Warning> warnings;
};

// The technology of a design: from `folder` where it is there, else by `solve`, and then left there. A file
// that is cut off, damaged or of other contents counts as absent and is replaced. Files appear under their
// names only when they are whole, so that several programs may share a folder. A folder that cannot be
// written is a warning. An empty `folder`: always solved.
LoadedTechnology load_technology(const Input&, const study::TechnologyOptions&,
                                 const std::filesystem::path& folder, const SolveTechnology& solve);
LoadedTechnology load_technology(const Input&, const study::TechnologyOptions&,
                                 const std::filesystem::path& folder, int threads = 0);

// All of them, at the same time on `threads` (0: one per core), in the order of the inputs.
std::vector<LoadedTechnology> load_technologies(const std::vector<Input>&, const study::TechnologyOptions&,
                                                const std::filesystem::path& folder, int threads = 0);

}  // namespace waverack::io
