#pragma once
// Profiles: named, versioned limits and receivers of standards, one TOML file each. A kind of profile is a
// folder of profiles/: "com/3ck-c2c" is profiles/com/3ck-c2c.toml.

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/reader.hpp"

namespace waverack::io {

struct ProfileDocument {
  std::string name;  // "3ck-c2c"
  std::string file;  // for messages: the path, or "profiles/com/3ck-c2c.toml"
  Node document;     // a table, without `based_on`
  // Of the files that it was made of; none of built-in ones.
  std::vector<std::filesystem::path> folders = {};
};

// The profile `which` of a kind: the path of a TOML file, relative to `folder` (none: no files), where there
// is one, else the name of a built-in profile. A profile may state `based_on = "NAME"`, a built-in one of its
// kind, or a file beside it: what it leaves out is taken from there, tables key by key. Throws Error for an
// unknown name (with the nearest), for what is not TOML, and for profiles that are based on one another in a
// circle; `asked` is where the name stands.
ProfileDocument profile_document(std::string_view kind, const std::string& which,
                                 const std::optional<std::filesystem::path>& folder = std::filesystem::path(),
                                 const Mark& asked = {});

// Names of the built-in profiles of a kind, sorted.
std::vector<std::string> profile_names(std::string_view kind);

// Looks profiles up for a reader, and keeps them while it reads.
class ProfileShelf {
 public:
  explicit ProfileShelf(std::optional<std::filesystem::path> folder) : folder_(std::move(folder)) {}

  // The document of the profile that the text `name` names; good as long as the shelf. A
  // name that `--set` gave is a file of the current folder first. Errors: those of profile_document.
  const Node& document(std::string_view kind, const Node& name);
  // Of the files that were read so far.
  const std::vector<std::filesystem::path>& folders() const { return folders_; }

 private:
  std::optional<std::filesystem::path> folder_;
  std::map<std::string, Node, std::less<>> documents_;
  std::vector<std::filesystem::path> folders_;
};

// Where the files are that a document names: in its folder, else beside a profile that was read for it. Those
// that `--set` named are in the current folder first: who types a name sees it from where they are.
class NamedFiles {
 public:
  explicit NamedFiles(std::optional<std::filesystem::path> folder) : folder_(std::move(folder)) {}
  // Takes note of the texts that `--set` gave.
  void typed_in(const Node& document);
  // The first of these places that has the file; where none has it, the first of them. None without any.
  std::optional<std::filesystem::path> find(std::string_view name,
                                            const std::vector<std::filesystem::path>& beside = {}) const;

 private:
  std::optional<std::filesystem::path> folder_;
  std::set<std::string, std::less<>> typed_;
};

// A profile as the struct that describes its kind, with the origin of each of its numbers.
template <class T>
struct Profile {
  std::string name;
  std::string file;
  T value;
  Provenance provenance;
};

// A profile may name others, as an electrical interface does its receiver: built-in ones, or files in the
// current folder. Errors: those of profile_document and of the strict reader.
template <class T>
Profile<T> load_profile(std::string_view kind, const std::string& which) {
  ProfileDocument found = profile_document(kind, which);
  ProfileShelf shelf{std::filesystem::path()};
  ReadSources sources;
  sources.profile = [&](std::string_view nested, const Node& name) -> const Node& {
    return shelf.document(nested, name);
  };
  ReadContext context(sources);
  T value = read<T>(context, found.document, "");
  return {std::move(found.name), std::move(found.file), std::move(value), std::move(context.provenance)};
}

}  // namespace waverack::io
