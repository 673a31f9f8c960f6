#include "waverack/thermal/hotspot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/base/line_reader.hpp"
#include "waverack/base/text.hpp"
#include "waverack/thermal/possible.hpp"

namespace waverack::thermal {
namespace {

constexpr std::size_t most_units = 100000;
constexpr std::string_view unit_line = "name, width, height, left x, bottom y in metres";

std::vector<std::string_view> words_of(LineReader& lines) {
  std::vector<std::string_view> words;
  while (!lines.line().empty()) words.push_back(lines.next_word());
  return words;
}

// From left to right: a unit can overlap those alone that begin before it ends.
void refuse_overlaps(const LineReader& lines, const Floorplan& plan) {
  const double tolerance = 1e-6 * std::max(plan.width, plan.height);
  std::vector<const FloorplanUnit*> order;
  for (const FloorplanUnit& unit : plan.units) order.push_back(&unit);
  std::sort(order.begin(), order.end(),
            [](const FloorplanUnit* a, const FloorplanUnit* b) { return a->x < b->x; });
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t k = i + 1; k < order.size() && order[k]->x < order[i]->x + order[i]->width - tolerance;
         ++k) {
      const FloorplanUnit &a = *order[i], &b = *order[k];
      if (b.y < a.y + a.height - tolerance && a.y < b.y + b.height - tolerance)
        lines.fail_at(std::max(a.line, b.line),
                      fmt::format("'{}' and '{}' overlap", a.line < b.line ? b.name : a.name,
                                  a.line < b.line ? a.name : b.name));
    }
}

}  // namespace

Floorplan parse_floorplan(std::string_view text, const std::string& name) {
  LineReader lines(text, name, "#");
  Floorplan plan;
  plan.name = name;
  std::map<std::string, int> seen;
  while (lines.next_line()) {
    const std::vector<std::string_view> words = words_of(lines);
    if (words.size() == 3) {
      lines.number(words[2]);
      continue;
    }
    if (words.size() != 5 && words.size() != 7)
      lines.fail(fmt::format("{} words in a line", words.size()), std::string(unit_line));
    FloorplanUnit unit;
    unit.name = words[0];
    unit.line = lines.line_number();
    unit.width = lines.number(words[1]);
    unit.height = lines.number(words[2]);
    unit.x = lines.number(words[3]);
    unit.y = lines.number(words[4]);
    for (std::size_t i = 5; i < words.size(); ++i) lines.number(words[i]);
    if (!(unit.width > 0.0 && unit.height > 0.0))
      lines.fail(fmt::format("'{}' has no area", unit.name), "a width and a height above 0");
    if (unit.x < 0.0 || unit.y < 0.0)
      lines.fail(fmt::format("'{}' begins left of or below 0", unit.name), "corners at 0 or above");
    if (unit.width > 10.0 || unit.height > 10.0 || unit.x > 10.0 || unit.y > 10.0)
      lines.fail(fmt::format("'{}' is larger than ten metres", unit.name), std::string(unit_line));
    const auto [first, is_new] = seen.emplace(unit.name, unit.line);
    if (!is_new) lines.fail(fmt::format("'{}' stands in line {} already", unit.name, first->second));
    plan.width = std::max(plan.width, unit.x + unit.width);
    plan.height = std::max(plan.height, unit.y + unit.height);
    plan.units.push_back(std::move(unit));
    if (plan.units.size() > most_units) lines.fail(fmt::format("more than {} units", most_units));
  }
  if (plan.units.empty()) lines.fail_at(0, "no unit", std::string(unit_line));
  refuse_overlaps(lines, plan);
  return plan;
}

PowerTrace parse_power_trace(std::string_view text, const std::string& name) {
  LineReader lines(text, name, "#");
  PowerTrace trace;
  trace.name = name;
  if (!lines.next_line()) lines.fail_at(0, "an empty power trace", "a line of names, then lines of watts");
  for (const std::string_view word : words_of(lines)) {
    trace.units.emplace_back(word);
    if (trace.units.size() > most_units) lines.fail(fmt::format("more than {} units", most_units));
  }
  std::vector<std::string> sorted = trace.units;
  std::sort(sorted.begin(), sorted.end());
  if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end())
    lines.fail(fmt::format("'{}' comes twice", *twice));
  while (lines.next_line()) {
    const std::vector<std::string_view> words = words_of(lines);
    if (words.size() != trace.units.size())
      lines.fail(fmt::format("{} numbers for {} units", words.size(), trace.units.size()));
    for (const std::string_view word : words) {
      trace.power.push_back(lines.number(word));
      if (std::abs(trace.power.back()) > largest_power)
        lines.fail(fmt::format("{} W is out of range", word), fmt::format("{:g} W at most", largest_power));
    }
  }
  if (trace.power.empty()) lines.fail_at(0, "no step of time", "lines of watts behind the line of names");
  return trace;
}

std::vector<double> mean_power(const PowerTrace& trace) {
  std::vector<double> mean(trace.units.size(), 0.0);
  const double weight = 1.0 / static_cast<double>(trace.steps());
  for (std::size_t step = 0; step < trace.steps(); ++step)
    for (std::size_t unit = 0; unit < mean.size(); ++unit) mean[unit] += weight * trace.at(step, unit);
  return mean;
}

std::vector<std::size_t> match_units(const PowerTrace& trace, const std::vector<std::string>& blocks) {
  std::vector<std::size_t> order(blocks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return blocks[a] < blocks[b]; });
  std::vector<std::size_t> matched;
  for (const std::string& unit : trace.units) {
    const auto found =
        std::lower_bound(order.begin(), order.end(), unit,
                         [&](std::size_t i, const std::string& key) { return blocks[i] < key; });
    if (found == order.end() || blocks[*found] != unit)
      throw Error(ErrorInfo{{trace.name, 0, 0},
                            {},
                            fmt::format("the trace has watts for '{}', which is no block", unit),
                            {},
                            nearest_name(unit, blocks)});
    matched.push_back(*found);
  }
  return matched;
}

}  // namespace waverack::thermal
