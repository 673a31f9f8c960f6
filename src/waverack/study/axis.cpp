#include "waverack/study/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"
#include "waverack/base/units.hpp"

namespace waverack::study {
namespace {

constexpr std::size_t largest_grid = 1'000'000;
constexpr std::string_view forms =
    "PATH=a:b:n, PATH=a:b:n:log or PATH=v1,v2,…, such as \"lane.chain.fibre.length=0.5 km:10 km:20\"";

[[noreturn]] void refuse(std::string_view text, std::string message, std::string allowed = {}) {
  throw Error(
      ErrorInfo{{"--vary " + std::string(text), 0, 0}, {}, std::move(message), std::move(allowed), {}});
}

// The pieces between separators that stand outside of brackets.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '[') ++depth;
    if (i < text.size() && text[i] == ']') --depth;
    if (i < text.size() && (text[i] != separator || depth > 0)) continue;
    pieces.push_back(trimmed(text.substr(begin, i - begin)));
    begin = i + 1;
  }
  return pieces;
}

struct AxisQuantity {
  double number = 0.0;
  std::string text;  // of the unit
  Unit unit;
};

std::optional<AxisQuantity> quantity_of(std::string_view text) {
  try {
    const NumberAndUnit parts = split_quantity(text);
    return AxisQuantity{parts.number, parts.unit, parse_unit(parts.unit)};
  } catch (const Error&) {
    return std::nullopt;
  }
}

double in_unit(const AxisQuantity& quantity, const AxisQuantity& first) {
  if (quantity.text == first.text) return quantity.number;
  return tidy(from_si(to_si(quantity.number, quantity.unit), first.unit));
}

void fill_numbers(Axis& axis, const AxisQuantity& first, std::vector<double> numbers) {
  axis.unit = first.text;
  axis.numbers = std::move(numbers);
  for (const double number : axis.numbers)
    axis.values.push_back(fmt::format("{}{}{}", number, axis.unit.empty() ? "" : " ", axis.unit));
}

void fill_range(Axis& axis, std::string_view text, const std::vector<std::string_view>& pieces) {
  if (pieces.size() < 3 || pieces.size() > 4)
    refuse(text, "a range has two ends and a number of values", std::string(forms));
  axis.logarithmic = pieces.size() == 4;
  if (axis.logarithmic && pieces[3] != "log")
    refuse(text, fmt::format("'{}' is not a way to space values", pieces[3]),
           "log, or nothing for equal distances");

  // An end that is no number gets the message of whoever reads numbers.
  for (std::size_t i = 0; i < 2; ++i) try {
      parse_unit(split_quantity(pieces[i]).unit);
    } catch (const Error& error) {
      throw Error(ErrorInfo{{"--vary " + std::string(text), 0, 0},
                            axis.path,
                            error.info().message,
                            error.info().allowed,
                            error.info().nearest});
    }
  const AxisQuantity first = *quantity_of(pieces[0]), last = *quantity_of(pieces[1]);
  if (first.unit.dimension != last.unit.dimension)
    refuse(text, fmt::format("'{}' and '{}' are not of one kind", pieces[0], pieces[1]),
           "two ends with the same unit");
  int count = 0;
  const auto [end, error] = std::from_chars(pieces[2].data(), pieces[2].data() + pieces[2].size(), count);
  if (error != std::errc() || end != pieces[2].data() + pieces[2].size() || count < 2)
    refuse(text, fmt::format("'{}' is not a number of values", pieces[2]), "a whole number from 2");
  if (static_cast<std::size_t>(count) > largest_grid)
    refuse(text, "too many values", fmt::format("at most {}", largest_grid));

  const double a = first.number, b = in_unit(last, first);
  if (axis.logarithmic && !(a > 0.0 && b > 0.0))
    refuse(text, "values at equal ratios need ends above 0", "a:b:n for equal distances");
  std::vector<double> numbers;
  for (int i = 0; i < count; ++i) {
    const double part = static_cast<double>(i) / (count - 1);
    numbers.push_back(i == 0             ? a
                      : i + 1 == count   ? b
                      : axis.logarithmic ? tidy(a * std::pow(b / a, part))
                                         : tidy(a + (b - a) * part));
  }
  fill_numbers(axis, first, std::move(numbers));
}

void fill_list(Axis& axis, std::string_view text, const std::vector<std::string_view>& pieces) {
  if (std::any_of(pieces.begin(), pieces.end(), [](std::string_view piece) { return piece.empty(); }))
    refuse(text, "a value is missing", std::string(forms));
  const std::optional<AxisQuantity> first = quantity_of(pieces.front());
  std::vector<double> numbers;
  for (const std::string_view piece : pieces)
    if (const std::optional<AxisQuantity> quantity = quantity_of(piece);
        first && quantity && quantity->unit.dimension == first->unit.dimension)
      numbers.push_back(in_unit(*quantity, *first));
  if (numbers.size() == pieces.size())
    fill_numbers(axis, *first, std::move(numbers));
  else
    axis.values.assign(pieces.begin(), pieces.end());
}

}  // namespace

Axis parse_axis(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0)
    refuse(text, "values are given as PATH=VALUES", std::string(forms));
  Axis axis;
  axis.given = text;
  axis.path = trimmed(text.substr(0, equals));
  const std::string_view values = text.substr(equals + 1);
  if (const std::vector<std::string_view> pieces = split(values, ':'); pieces.size() > 1)
    fill_range(axis, text, pieces);
  else
    fill_list(axis, text, split(values, ','));
  return axis;
}

std::vector<std::size_t> grid_indices(const std::vector<Axis>& axes, std::size_t point) {
  std::vector<std::size_t> indices(axes.size());
  for (std::size_t a = axes.size(); a-- > 0;) {
    indices[a] = point % axes[a].values.size();
    point /= axes[a].values.size();
  }
  return indices;
}

std::vector<std::string> grid_settings(const std::vector<Axis>& axes,
                                       const std::vector<std::size_t>& indices) {
  std::vector<std::string> settings;
  for (std::size_t a = 0; a < axes.size(); ++a)
    settings.push_back(axes[a].path + '=' + axes[a].values[indices[a]]);
  return settings;
}

std::size_t grid_size(const std::vector<Axis>& axes) {
  std::size_t size = 1;
  for (const Axis& axis : axes) {
    size *= axis.values.size();
    if (size > largest_grid)
      throw Error(ErrorInfo{
          {"--vary", 0, 0}, {}, "the grid has too many points", fmt::format("at most {}", largest_grid), {}});
  }
  return size;
}

}  // namespace waverack::study
