#include "waverack/io/named_document.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "waverack/base/reader.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/json_reader.hpp"
#include "waverack/io/toml_reader.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;

const EmbeddedFile* find_built_in(const NamedKind& kind, std::string_view name) {
  for (const EmbeddedFile& file : kind.built_in)
    if (file.name == name || file.name == std::string(name) + ".toml") return &file;
  return nullptr;
}

Node parse(const NamedKind& kind, std::string_view text, const std::string& file) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = file.ends_with(".json") || (first != std::string_view::npos && text[first] == '{');
  Node document = json ? parse_json(text, file) : parse_toml(text, file);
  if (!document.table())
    fail(document, "", fmt::format("expected a {}, found {}", kind.noun, kind_of(document)),
         std::string(kind.holds));
  const Node* format = document.table()->find("format");
  Node* held = document.table()->find(kind.noun);
  if (format && held) return std::move(*held);  // of a result
  return document;
}

}  // namespace

std::vector<std::string> names_of(const NamedKind& kind) {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : kind.built_in) names.push_back(fs::path(file.name).stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

ErrorInfo with_mark(const Node& document, const std::string& file, ErrorInfo info) {
  if (!info.mark.file.empty() || info.path.empty()) return info;
  std::string path = info.path;
  for (;;) {
    if (const Node* node = find_path(document, path); node && node->mark.line > 0) {
      info.mark = node->mark;
      return info;
    }
    const std::size_t dot = path.rfind('.');
    if (dot == std::string::npos) break;
    path.resize(dot);
  }
  info.mark.file = file;
  return info;
}

NamedDocument read_named_text(const NamedKind& kind, std::string_view text, const std::string& file) {
  return {fs::path(file).stem().string(), file, std::nullopt, parse(kind, text, file)};
}

NamedDocument read_named(const NamedKind& kind, const std::string& which) {
  const fs::path path(which);
  std::error_code error;
  if (which == "-") {
    NamedDocument named = read_named_text(kind, read_standard_input(design_size_limit), "standard input");
    named.name = "stdin";
    return named;
  }
  if (fs::is_regular_file(path, error)) {
    NamedDocument named = read_named_text(kind, read_file(path, design_size_limit, which), which);
    named.folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    return named;
  }
  if (const EmbeddedFile* file = find_built_in(kind, which))
    return read_named_text(kind, file->text, fmt::format("{}/{}", kind.folder, file->name));
  const std::vector<std::string> names = names_of(kind);
  const bool looks_like_path = which.find('/') != std::string::npos || which.ends_with(".toml");
  throw Error(ErrorInfo{
      looks_like_path ? Mark{which, 0, 0} : Mark{},
      {},
      looks_like_path ? "there is no such file" : fmt::format("there is no {} '{}'", kind.noun, which),
      fmt::format("a TOML or JSON file, or {}", fmt::join(names, ", ")),
      nearest_name(path.stem().string(), names)});
}

}  // namespace waverack::io
