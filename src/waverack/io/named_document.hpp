#pragma once
// A document by the name that a person gives: a file, standard input, or one of the built-in ones.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waverack/base/document.hpp"
#include "waverack/io/embedded.hpp"

namespace waverack::io {

struct NamedDocument {
  std::string name;                             // "two-chiplets"; "stdin"
  std::string file;                             // for messages
  std::optional<std::filesystem::path> folder;  // of a file, to which the names in it are relative
  Node document;                                // a table
};

// What may be named. `key`: where a result keeps the document that it was made from; `holds` says what a
// document is made of.
struct NamedKind {
  std::string_view noun;    // "stack"
  std::string_view folder;  // "stacks"
  std::string_view holds;   // "a table with layers, blocks, …"
  std::span<const EmbeddedFile> built_in;
};

// `which` is the path of a TOML or JSON file, "-" for standard input, or the name of a built-in document; a
// path that exists wins. JSON is bare, or a result that holds it under the noun. Throws Error for an unknown
// name, with the nearest, and for what is no table.
NamedDocument read_named(const NamedKind&, const std::string& which);
// The same for a text that is at hand.
NamedDocument read_named_text(const NamedKind&, std::string_view text, const std::string& file);

std::vector<std::string> names_of(const NamedKind&);

// An error that names a path but no place, with the place of that path in the document, or of the nearest
// table around it; without one, with the file alone.
ErrorInfo with_mark(const Node& document, const std::string& file, ErrorInfo);

// Calls `use`; an Error that names a path but no place gets the place of that path in the document: what
// placed(loaded, …) says, which stands beside the struct of what was loaded.
template <class Loaded, class Use>
auto with_place(const Loaded& loaded, const Use& use) {
  try {
    return use();
  } catch (const Error& error) {
    throw Error(placed(loaded, error.info()));
  }
}

}  // namespace waverack::io
