#include "waverack/io/thermal_load.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "waverack/base/sha256.hpp"
#include "waverack/base/units.hpp"
#include "waverack/compliance/csv_cells.hpp"
#include "waverack/io/embedded.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/json_reader.hpp"
#include "waverack/io/profile.hpp"
#include "waverack/io/toml_reader.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;

const EmbeddedFile* find_built_in(std::string_view name) {
  for (const EmbeddedFile& file : embedded_stacks())
    if (file.name == name || file.name == std::string(name) + ".toml") return &file;
  return nullptr;
}

Node parse(std::string_view text, const std::string& file) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = file.ends_with(".json") || (first != std::string_view::npos && text[first] == '{');
  Node document = json ? parse_json(text, file) : parse_toml(text, file);
  if (!document.table())
    fail(document, "", "expected a stack, found " + kind_of(document), "a table with layers, blocks, …");
  const Node* format = document.table()->find("format");
  Node* stack = document.table()->find("stack");
  if (format && stack) return std::move(*stack);  // of a result
  return document;
}

// What the stack that `based_on` names says, below what the document says.
void add_base(Node& document, const fs::path& folder) {
  Table& table = *document.table();
  const Node* base = table.find("based_on");
  if (!base) return;
  if (!base->string())
    fail(*base, "based_on", "expected a text, found " + kind_of(*base), "the name of a stack");
  const ProfileDocument under =
      profile_document(ProfileKind<thermal::Stack>::name, *base->string(), folder, base->mark);
  std::erase_if(table.items, [](const auto& item) { return item.first == "based_on"; });
  merge_below(table, *under.document.table());
}

LoadedStack read_stack(Node document, LoadedStack loaded, const std::vector<std::string>& settings,
                       const std::function<std::string(std::string_view)>& load_file) {
  apply_settings(document, settings);
  ReadSources sources;
  sources.load_file = load_file;
  ReadContext context(sources);
  loaded.stack = read<thermal::Stack>(context, document, "");
  loaded.provenance = std::move(context.provenance);
  loaded.warnings = std::move(context.warnings);
  loaded.document = std::move(*document.table());
  with_place(loaded, [&] { thermal::add_floorplan_blocks(loaded.stack); });
  return loaded;
}

void keep_file(LoadedStack& loaded, const std::string& name, const std::string& text) {
  const auto same = [&](const InputFile& file) { return file.name == name; };
  if (std::none_of(loaded.files.begin(), loaded.files.end(), same))
    loaded.files.push_back({name, sha256_hex(text), text.size()});
}

// A number alone, or with a unit of power.
double watts(const std::string& cell, const Mark& mark, const std::string& block) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error == std::errc() && end == cell.data() + cell.size()) return value;
  try {
    return parse_quantity(cell, "W");
  } catch (const Error&) {
    throw Error(ErrorInfo{mark, "blocks." + block + ".power", "'" + cell + "' is no power", "watts", {}});
  }
}

// Rows of a block and its watts.
void apply_power_table(thermal::Stack& stack, std::string_view text, const std::string& file) {
  int line = 0;
  for (const std::vector<std::string>& row : compliance::csv_cells(text)) {
    ++line;
    if (row.empty() || row[0].empty() || row[0].starts_with('#')) continue;
    const Mark mark{file, line, 0};
    if (row.size() != 2)
      throw Error(ErrorInfo{
          mark, {}, fmt::format("expected two cells, found {}", row.size()), "a block and its watts", {}});
    const auto block = std::find_if(stack.blocks.begin(), stack.blocks.end(),
                                    [&](const thermal::Block& item) { return item.name == row[0]; });
    if (block == stack.blocks.end()) {
      if (line == 1) continue;  // the heading
      std::vector<std::string> names;
      for (const thermal::Block& item : stack.blocks) names.push_back(item.name);
      throw Error(ErrorInfo{mark,
                            {},
                            "there is no block '" + row[0] + "'",
                            fmt::format("{}", fmt::join(names, ", ")),
                            nearest_name(row[0], names)});
    }
    block->power = watts(row[1], mark, block->name);
  }
}

void apply_power(LoadedStack& loaded, const std::string& power) {
  const std::string text = read_file(power, data_size_limit, power);
  keep_file(loaded, power, text);
  thermal::Stack& stack = loaded.stack;
  if (!power.ends_with(".ptrace")) return apply_power_table(stack, text, power);
  const thermal::PowerTrace trace = thermal::parse_power_trace(text, power);
  std::vector<std::vector<double>> rows = thermal::block_powers(stack, trace);
  for (std::size_t b = 0; b < stack.blocks.size(); ++b) {
    double sum = 0.0;
    for (const std::vector<double>& row : rows) sum += row[b];
    stack.blocks[b].power = sum / static_cast<double>(rows.size());
  }
  if (rows.size() > 1) loaded.trace = std::move(rows);
}

}  // namespace

ErrorInfo placed(const LoadedStack& loaded, ErrorInfo info) {
  if (!info.mark.file.empty() || info.path.empty()) return info;
  const Node root(loaded.document);
  std::string path = info.path;
  for (;;) {
    if (const Node* node = find_path(root, path); node && node->mark.line > 0) {
      info.mark = node->mark;
      return info;
    }
    const std::size_t dot = path.rfind('.');
    if (dot == std::string::npos) break;
    path.resize(dot);
  }
  info.mark.file = loaded.file;
  return info;
}

std::vector<std::string> stack_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_stacks()) names.push_back(fs::path(file.name).stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

LoadedStack load_stack_text(std::string_view text, const std::string& file,
                            const std::vector<std::string>& settings) {
  LoadedStack loaded;
  loaded.name = fs::path(file).stem().string();
  loaded.file = file;
  Node document = parse(text, file);
  return read_stack(std::move(document), std::move(loaded), settings, {});
}

LoadedStack load_stack(const std::string& which, const std::vector<std::string>& settings,
                       const std::string& power) {
  LoadedStack loaded;
  const fs::path path(which);
  std::error_code error;
  if (which != "-" && !fs::is_regular_file(path, error)) {
    const EmbeddedFile* file = find_built_in(which);
    if (!file) {
      const std::vector<std::string> names = stack_names();
      const bool looks_like_path = which.find('/') != std::string::npos || which.ends_with(".toml");
      throw Error(ErrorInfo{looks_like_path ? Mark{which, 0, 0} : Mark{},
                            {},
                            looks_like_path ? "there is no such file" : "there is no stack '" + which + "'",
                            fmt::format("a TOML or JSON file, or {}", fmt::join(names, ", ")),
                            nearest_name(path.stem().string(), names)});
    }
    loaded = load_stack_text(file->text, "stacks/" + std::string(file->name), settings);
  } else {
    const bool stdin_named = which == "-";
    const std::string text =
        stdin_named ? read_standard_input(design_size_limit) : read_file(path, design_size_limit, which);
    loaded.name = stdin_named ? "stdin" : path.stem().string();
    loaded.file = stdin_named ? "standard input" : which;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    std::vector<InputFile> files;
    LoadedStack named;
    Node document = parse(text, loaded.file);
    add_base(document, folder);
    loaded = read_stack(std::move(document), std::move(loaded), settings, [&](std::string_view name) {
      const fs::path beside = folder / fs::path(name);
      std::string held = read_file(beside, data_size_limit, beside.string());
      keep_file(named, std::string(name), held);
      return held;
    });
    loaded.files = std::move(named.files);
  }
  if (!power.empty()) apply_power(loaded, power);
  with_place(loaded, [&] { static_cast<void>(thermal::place(loaded.stack)); });
  return loaded;
}

}  // namespace waverack::io
