#include "waverack/io/profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "waverack/io/embedded.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/toml_reader.hpp"
#include "waverack/thermal/stack.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;

constexpr int most_generations = 8;

struct BuiltIn {
  std::string name, shown;  // of the profile, and its file as people know it
  std::string_view text;
};

// Those of this kind. Stacks for the heat solver are profiles that lie beside the designs.
std::vector<BuiltIn> built_in(std::string_view kind) {
  std::vector<BuiltIn> list;
  const bool stacks = kind == ProfileKind<thermal::Stack>::name;
  for (const EmbeddedFile& file : stacks ? embedded_stacks() : embedded_profiles()) {
    const fs::path path(file.name);
    if (stacks || path.parent_path() == fs::path(kind))
      list.push_back(
          {path.stem().string(), (stacks ? "stacks/" : "profiles/") + std::string(file.name), file.text});
  }
  std::sort(list.begin(), list.end(), [](const BuiltIn& a, const BuiltIn& b) { return a.name < b.name; });
  return list;
}

std::optional<BuiltIn> find_built_in(std::string_view kind, std::string_view name) {
  for (BuiltIn& file : built_in(kind))
    if (file.name == name) return std::move(file);
  return std::nullopt;
}

std::optional<fs::path> find_file(const std::string& which, const std::optional<fs::path>& folder) {
  for (const std::string& name : {which, which + ".toml"})
    if (std::error_code error; folder && fs::is_regular_file(*folder / name, error)) return *folder / name;
  return std::nullopt;
}

// The document of `which`, a path relative to `folder` or a name, with everything it is based on.
ProfileDocument read_profile(std::string_view kind, const std::string& which,
                             const std::optional<fs::path>& folder, const Mark& asked, int generation) {
  ProfileDocument found;
  const std::optional<fs::path> path = find_file(which, folder);
  if (path) {
    found = {path->stem().string(),
             path->string(),
             parse_toml(read_file(*path, design_size_limit, path->string()), path->string(), Layer::card),
             {path->parent_path()}};
  } else if (const auto file = find_built_in(kind, which)) {
    found = {which, file->shown, parse_toml(file->text, file->shown, Layer::card), {}};
  } else {
    const std::vector<std::string> names = profile_names(kind);
    throw Error(ErrorInfo{asked,
                          {},
                          fmt::format("there is no {} profile '{}'", kind, which),
                          fmt::format("a TOML file, or {}", fmt::join(names, ", ")),
                          nearest_name(which, names)});
  }
  Table& table = *found.document.table();
  const Node* base = table.find("based_on");
  if (!base) return found;
  const Node named = *base;
  if (!named.string())
    fail(named, "based_on", "expected a text, found " + kind_of(named), "the name of a profile");
  if (generation == most_generations)
    fail(named, "based_on", "profiles are based on one another in a circle", {});
  std::erase_if(table.items, [](const auto& item) { return item.first == "based_on"; });
  const ProfileDocument under = read_profile(
      kind, *named.string(), path ? std::optional(path->parent_path()) : folder, named.mark, generation + 1);
  merge_below(table, *under.document.table());
  found.folders.insert(found.folders.end(), under.folders.begin(), under.folders.end());
  return found;
}

}  // namespace

ProfileDocument profile_document(std::string_view kind, const std::string& which,
                                 const std::optional<fs::path>& folder, const Mark& asked) {
  return read_profile(kind, which, folder, asked, 0);
}

const Node& ProfileShelf::document(std::string_view kind, const Node& name) {
  // Who types the name of a file at a command line sees it from where they are.
  const bool typed = name.layer == Layer::set && find_file(*name.string(), fs::path());
  const std::optional<fs::path> folder = typed ? std::optional(fs::path()) : folder_;
  const std::string key = fmt::format("{}/{}/{}", typed ? "typed" : "named", kind, *name.string());
  const auto known = documents_.find(key);
  if (known != documents_.end()) return known->second;
  ProfileDocument found = profile_document(kind, *name.string(), folder, name.mark);
  folders_.insert(folders_.end(), found.folders.begin(), found.folders.end());
  return documents_.emplace(key, std::move(found.document)).first->second;
}

void NamedFiles::typed_in(const Node& document) {
  if (const std::string* text = document.string(); text && document.layer == Layer::set) typed_.insert(*text);
  if (const Array* array = document.array())
    for (const Node& item : *array) typed_in(item);
  if (const Table* table = document.table())
    for (const auto& [key, item] : table->items) typed_in(item);
}

std::optional<fs::path> NamedFiles::find(std::string_view name, const std::vector<fs::path>& beside) const {
  std::vector<fs::path> places;
  if (typed_.contains(name)) places.emplace_back();
  if (folder_) places.push_back(*folder_);
  places.insert(places.end(), beside.begin(), beside.end());
  for (const fs::path& place : places)
    if (std::error_code error; fs::is_regular_file(place / name, error)) return place / name;
  return places.empty() ? std::nullopt : std::optional(places.front() / name);
}

std::vector<std::string> profile_names(std::string_view kind) {
  std::vector<std::string> names;
  for (BuiltIn& file : built_in(kind)) names.push_back(std::move(file.name));
  return names;
}

}  // namespace waverack::io
