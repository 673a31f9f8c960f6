#pragma once
// From the name of a design to a LoadedDesign.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/design/result.hpp"

namespace waverack::io {

// A file that a design names, as it was read.
struct InputFile {
  std::string name;  // as the design states it
  std::string sha256;
  std::uint64_t bytes = 0;
};

struct Input {
  std::string name;  // "cpo-3.2t": the file's name without its ending, or what the result says; "stdin"
  std::string file;  // for messages: the path, "standard input", or the embedded file's name
  bool embedded = false;
  std::optional<std::filesystem::path> folder{};  // of a design in a file
  parts::CustomModels models{};                   // that the program gave
  bool self_contained = false;                    // from a result, which states every number of its parts
  LoadedDesign loaded{};
  std::vector<InputFile> files{};
  OperatingPoint operating_point{};  // that was found for this design
};

// Reads a design. `which` is the path of a TOML or JSON file, "-" for standard input, or the name of an
// embedded design; a path that exists wins. JSON is a bare design, or a result, whose design is read.
// `settings` are texts PATH=VALUE that are laid over the file.
//
// A card that a part names is looked for beside the design, as parts/NAME.toml and NAME.toml, and then among
// the embedded cards. Files that a part names are relative to the design. Throws Error for whatever is wrong.
//
// `models`: functions for the design's `custom` parts, by name.
Input load_design(const std::string& which, const std::vector<std::string>& settings = {},
                  const parts::CustomModels& models = {});

// The same for a text that is at hand. It names no files, and its cards are the embedded ones.
Input load_design_text(std::string_view text, const std::string& file,
                       const std::vector<std::string>& settings = {}, const parts::CustomModels& models = {});

// Lays the texts PATH=VALUE over a document. Throws Error for one without a path or a value.
void apply_settings(Node& document, const std::vector<std::string>& settings);

// `input` with settings PATH=VALUE laid over it; files and cards are read again. Throws Error for whatever is
// wrong. Cost: about 0.3 ms without data files.
Input with_settings(const Input& input, const std::vector<std::string>& settings);
// The design of that alone.
LoadedDesign reread(const Input& input, const std::vector<std::string>& settings);

// `input` with another document in place of its own; the same otherwise.
Input with_document(const Input& input, Table document);

// The design that `cluster.baseline` of `input` names, looked for beside the design and then among the
// embedded ones; nothing where none is named. Throws Error if it cannot be read.
std::optional<Input> load_baseline(const Input& input);

// Names of the embedded files, without ".toml": "cpo-3.2t".
std::vector<std::string> design_names();
std::vector<std::string> card_names();

}  // namespace waverack::io
