#include "waverack/cluster/astra_sim.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "waverack/base/text.hpp"
#include "waverack/cluster/decimal_text.hpp"
#include "waverack/cluster/topology_words.hpp"

namespace waverack::cluster {
namespace {

constexpr std::int64_t most_npus = std::int64_t{1} << 31;
constexpr double bits_of_gigabyte = 8.0 * 1024.0 * 1024.0 * 1024.0;
constexpr std::array<std::string_view, 4> keys{"topology", "npus_count", "bandwidth", "latency"};

struct BlockName {
  std::string_view name, short_name;
  AstraBlock block;
};
constexpr std::array<BlockName, 3> blocks{{{"Ring", "ring", AstraBlock::ring},
                                           {"FullyConnected", "full", AstraBlock::fully_connected},
                                           {"Switch", "switch", AstraBlock::a_switch}}};

// The entries of "[ a, b ]".
std::vector<std::string_view> entries_of(const LineReader& lines, std::string_view list) {
  if (!list.starts_with('[') || !list.ends_with(']') || list.size() < 2)
    lines.fail_word(list, "a value that is no list in one line", "[ …, … ], an entry for each dimension");
  list = list.substr(1, list.size() - 2);
  std::vector<std::string_view> entries;
  while (true) {
    const std::size_t comma = list.find(',');
    entries.push_back(trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
    // YAML allows a comma behind the last entry.
    if (trimmed(list).empty()) break;
  }
  return entries;
}

double number(const LineReader& lines, std::string_view word, std::string_view what, double low,
              double high) {
  const NumberAndRest parts = split_number(word);
  const double value = parts.rest.empty() ? scaled_decimal(parts.number, 0) : low - 1.0;
  if (!(value >= low && value <= high))
    lines.fail_word(word, fmt::format("{} is '{}'", what, shown(word)),
                    fmt::format("a number from {} to {:g}", low, high));
  return value;
}

AstraBlock block_of(const LineReader& lines, std::string_view word) {
  std::vector<std::string> names;
  for (const BlockName& b : blocks) {
    if (b.name == word) return b.block;
    names.emplace_back(b.name);
  }
  lines.fail_word(word, fmt::format("'{}' is no building block", shown(word)), "Ring, FullyConnected, Switch",
                  nearest_name(word, names));
}

void read_list(const LineReader& lines, std::size_t key, const std::vector<std::string_view>& entries,
               AstraNetwork& network) {
  if (network.dimensions.empty()) network.dimensions.resize(entries.size());
  if (network.dimensions.size() != entries.size())
    lines.fail(fmt::format("{} has {} entries, and the list in front of it has {}", keys[key], entries.size(),
                           network.dimensions.size()),
               "an entry for each dimension");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    AstraDimension& dimension = network.dimensions[i];
    const std::string_view word = entries[i];
    switch (key) {
      case 0:
        dimension.block = block_of(lines, word);
        break;
      case 1:
        dimension.npus = static_cast<int>(whole_number(lines, word, "the number of NPUs", 1, 1'000'000'000));
        break;
      case 2:
        dimension.rate = bits_of_gigabyte * number(lines, word, "the bandwidth", 1e-6, 1e9);
        break;
      default:
        dimension.latency = number(lines, word, "the latency", 0.0, 1e12) / 1e9;
    }
  }
}

}  // namespace

std::int64_t AstraNetwork::npus() const {
  std::int64_t product = 1;
  for (const AstraDimension& d : dimensions) product *= d.npus;
  return product;
}

AstraNetwork parse_astra_network(std::string_view text, const std::string& name) {
  LineReader lines(text, name, "#");
  AstraNetwork network;
  std::array<int, keys.size()> stated{};
  while (lines.next_line()) {
    const std::string_view line = lines.line();
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
      lines.fail_word(line, "a line without a key", "key: [ …, … ], a list in one line");
    const std::string_view key = trimmed(line.substr(0, colon));
    const auto known = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
    if (known == keys.size()) {
      const std::string nearest = nearest_name(key, {keys.begin(), keys.end()});
      network.warnings.push_back(
          {"", fmt::format("line {}: the key '{}' is not read{}", lines.line_number(), shown(key),
                           nearest.empty() ? "" : fmt::format(" (did you mean '{}'?)", nearest))});
      continue;
    }
    if (stated[known] > 0)
      lines.fail_word(line, fmt::format("{} stands in line {} already", key, stated[known]));
    stated[known] = lines.line_number();
    read_list(lines, known, entries_of(lines, trimmed(line.substr(colon + 1))), network);
  }
  for (std::size_t key = 0; key < keys.size(); ++key)
    if (stated[key] == 0)
      lines.fail_at(lines.line_number(), fmt::format("{} is missing", keys[key]),
                    fmt::format("{}: [ …, … ]", keys[key]));
  std::int64_t product = 1;
  for (const AstraDimension& d : network.dimensions) {
    if (product > most_npus / d.npus) lines.fail_at(stated[1], "more than 2147483648 NPUs");
    product *= d.npus;
  }
  return network;
}

Topology topology_of(const AstraNetwork& network) {
  Topology result;
  result.warnings = network.warnings;
  result.endpoints = 0;
  const std::int64_t all = network.npus();
  double switches_met = 0.0;
  for (std::size_t i = 0; i < network.dimensions.size(); ++i) {
    const AstraDimension& d = network.dimensions[i];
    if (d.npus == 1) continue;
    const std::int64_t n = d.npus, groups = all / n;
    const bool with_switch = d.block == AstraBlock::a_switch;
    const auto name =
        std::find_if(blocks.begin(), blocks.end(), [&](const BlockName& b) { return b.block == d.block; });
    const int tier = static_cast<int>(i);
    LinkClass links;
    links.name = fmt::format("dim-{}-{}", i + 1, name->short_name);
    links.tier = tier;
    if (with_switch) links.b = {EndKind::switch_port, tier};
    links.rate = d.rate;
    links.count = groups * (with_switch                              ? n
                            : d.block == AstraBlock::fully_connected ? n * (n - 1) / 2
                            : n == 2                                 ? 1
                                                                     : n);
    result.endpoints += links.count * (with_switch ? 1 : 2);
    if (with_switch) result.switches.push_back({fmt::format("switch-{}", i + 1), tier, groups, links.count});
    result.links.push_back(std::move(links));
    // Switches on the way along each dimension, one after another; NPUs in between do not count.
    result.diameter_switches += with_switch ? 1 : 0;
    switches_met += with_switch ? static_cast<double>(n - 1) / static_cast<double>(n) : 0.0;
  }
  if (all > 1) result.mean_switches = switches_met * static_cast<double>(all) / static_cast<double>(all - 1);
  return result;
}

}  // namespace waverack::cluster
