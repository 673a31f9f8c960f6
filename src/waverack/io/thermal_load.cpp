#include "waverack/io/thermal_load.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>

#include "waverack/base/csv_cells.hpp"
#include "waverack/base/sha256.hpp"
#include "waverack/base/units.hpp"
#include "waverack/io/embedded.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/profile.hpp"
#include "waverack/thermal/possible.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;

const NamedKind& stacks() {
  static const NamedKind kind{"stack", "stacks", "a table with layers, blocks, …", embedded_stacks()};
  return kind;
}

// What the stack that `based_on` names says, below what the document says. Returns the folders of its files.
std::vector<fs::path> add_base(Node& document, const fs::path& folder) {
  Table& table = *document.table();
  const Node* base = table.find("based_on");
  if (!base) return {};
  if (!base->string())
    fail(*base, "based_on", "expected a text, found " + kind_of(*base), "the name of a stack");
  ProfileDocument under =
      profile_document(ProfileKind<thermal::Stack>::name, *base->string(), folder, base->mark);
  std::erase_if(table.items, [](const auto& item) { return item.first == "based_on"; });
  merge_below(table, *under.document.table());
  return std::move(under.folders);
}

void keep_file(LoadedStack& loaded, const std::string& name, const std::string& text) {
  const auto same = [&](const InputFile& file) { return file.name == name; };
  if (std::none_of(loaded.files.begin(), loaded.files.end(), same))
    loaded.files.push_back({name, sha256_hex(text), text.size()});
}

// Files that it names are those of `folder` and `beside`.
LoadedStack read_stack(Node document, LoadedStack loaded, const std::vector<std::string>& settings,
                       const std::optional<fs::path>& folder, const std::vector<fs::path>& beside) {
  apply_settings(document, settings);
  NamedFiles named(folder);
  named.typed_in(document);
  ReadSources sources;
  sources.load_file = [&](std::string_view name) {
    const std::optional<fs::path> path = named.find(name, beside);
    if (!path)
      throw Error("'" + std::string(name) + "' cannot be read: only a stack in a file can name files");
    std::string held = read_file(*path, data_size_limit, path->string());
    keep_file(loaded, std::string(name), held);
    return held;
  };
  ReadContext context(sources);
  loaded.stack = read<thermal::Stack>(context, document, "");
  loaded.provenance = std::move(context.provenance);
  loaded.warnings = std::move(context.warnings);
  loaded.document = std::move(*document.table());
  with_place(loaded, [&] { thermal::add_floorplan_blocks(loaded.stack); });
  return loaded;
}

// A number alone, or with a unit of power.
double watts(const std::string& cell, const Mark& mark, const std::string& block) {
  const auto refuse = [&](const std::string& why, std::string allowed) {
    throw Error(
        ErrorInfo{mark, "blocks." + block + ".power", "'" + cell + "' is " + why, std::move(allowed), {}});
  };
  double value = 0.0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) {
    try {
      value = parse_quantity(cell, "W");
    } catch (const Error&) {
      refuse("no power", "watts");
    }
  }
  if (!(std::abs(value) <= thermal::largest_power))
    refuse("out of range", fmt::format("{0:g} to {1:g} W", -thermal::largest_power, thermal::largest_power));
  return value;
}

// Rows of a block and its watts.
void apply_power_table(thermal::Stack& stack, std::string_view text, const std::string& file) {
  int line = 0;
  std::map<std::string, int> lines;  // in which every block has its watts
  for (const std::vector<std::string>& row : csv_cells(text)) {
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
    if (const auto [known, fresh] = lines.emplace(block->name, line); !fresh)
      throw Error(ErrorInfo{mark,
                            "blocks." + block->name + ".power",
                            fmt::format("the block has its watts in line {} already", known->second),
                            "one row for each block",
                            {}});
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
  return with_mark(Node(loaded.document), loaded.file, std::move(info));
}

std::vector<std::string> stack_names() { return names_of(stacks()); }

LoadedStack load_stack_text(std::string_view text, const std::string& file,
                            const std::vector<std::string>& settings) {
  NamedDocument named = read_named_text(stacks(), text, file);
  LoadedStack loaded;
  loaded.name = named.name;
  loaded.file = named.file;
  return read_stack(std::move(named.document), std::move(loaded), settings, {}, {});
}

LoadedStack load_stack(const std::string& which, const std::vector<std::string>& settings,
                       const std::string& power) {
  NamedDocument named = read_named(stacks(), which);
  LoadedStack loaded;
  loaded.name = named.name;
  loaded.file = named.file;
  std::vector<fs::path> beside;
  if (named.folder) beside = add_base(named.document, *named.folder);
  loaded = read_stack(std::move(named.document), std::move(loaded), settings, named.folder, beside);
  if (!power.empty()) apply_power(loaded, power);
  with_place(loaded, [&] { static_cast<void>(thermal::place(loaded.stack)); });
  return loaded;
}

}  // namespace waverack::io
