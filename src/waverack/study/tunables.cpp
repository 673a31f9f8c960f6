#include "waverack/study/tunables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/text.hpp"
#include "waverack/base/units.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::study {
namespace {

constexpr double tuned_decibel_step = 1.5, tuned_relative_step = 0.15, tap_step = 0.04;
// A tap may take up to this part of the sum of magnitudes, all taps beside the cursor together this.
constexpr double largest_tap = 0.5, largest_side_taps = 0.75;

Mark mark_of(const LoadedDesign& loaded, std::size_t entry) {
  const Node* list = loaded.document.find("tune");
  return list && list->array() && entry < list->array()->size() ? (*list->array())[entry].mark : Mark{};
}

[[noreturn]] void refuse(const Mark& mark, const std::string& path, std::string message,
                         std::string allowed = {}, std::string nearest = {}) {
  throw Error(ErrorInfo{mark, "tune: " + path, std::move(message), std::move(allowed), std::move(nearest)});
}

// The part and the field that a path such as lane.chain.tia.peaking leads to.
struct Found {
  const parts::Instance* instance = nullptr;
  const Field* field = nullptr;
};

Found find_field(const link::Lane& lane, const std::string& path, const Mark& mark) {
  constexpr std::string_view shape =
      "lane.chain.PART.KEY or lane.light.PART.KEY, such as lane.chain.linear_driver.gain";
  for (const auto& [prefix, list] :
       {std::pair<std::string_view, const std::vector<parts::Instance>*>{"lane.chain.", &lane.chain},
        {"lane.light.", &lane.light}}) {
    if (!path.starts_with(prefix)) continue;
    const std::string rest = path.substr(prefix.size());
    const std::size_t dot = rest.find('.');
    if (dot == std::string::npos) break;
    const std::string name = rest.substr(0, dot), key = rest.substr(dot + 1);
    std::vector<std::string> names;
    for (const parts::Instance& instance : *list) {
      names.push_back(instance.name);
      if (instance.name != name) continue;
      const FieldList& fields = *parts::info(instance.part).fields;
      if (const Field* field = fields.find(key)) return {&instance, field};
      std::vector<std::string> keys;
      for (const Field& field : fields.items) keys.emplace_back(field.key);
      refuse(mark, path, "there is no '" + key + "'", fmt::format("{}", fmt::join(keys, ", ")),
             nearest_name(key, keys));
    }
    refuse(mark, path, "there is no '" + name + "'", fmt::format("{}", fmt::join(names, ", ")),
           nearest_name(name, names));
  }
  refuse(mark, path, "this is not a number of a part of the lane", std::string(shape));
}

// A bound of the entry, in the unit of the field; else that of the field.
double bound_of(const std::string& text, double otherwise, const Field& field, const std::string& path,
                const Mark& mark) {
  if (text.empty()) return otherwise;
  try {
    return from_si(parse_quantity(text, field.unit), parse_unit(field.unit));
  } catch (const Error& error) {
    refuse(mark, path, error.info().message, error.info().allowed, error.info().nearest);
  }
}

Variable number_variable(const Field& field, double value, double low, double high, bool bounded) {
  Variable variable{value, 1.0, low, high};
  if (bounded)
    variable.step = (high - low) / 6.0;
  else if (parse_unit(field.unit).scale != Unit::Scale::linear)
    variable.step = tuned_decibel_step;
  else if (value != 0.0)
    variable.step = tuned_relative_step * std::abs(value);
  else if (std::isfinite(high - low))
    variable.step = (high - low) / 20.0;
  return variable;
}

Tunable make_tunable(const LoadedDesign& loaded, std::size_t entry) {
  const TunedPath& tuned = loaded.design.tune[entry];
  const Mark mark = mark_of(loaded, entry);
  const auto [instance, field] = find_field(loaded.design.lane, tuned.path, mark);
  Tunable result{tuned.path, field, {}, {}, 0};
  const void* part = address_of(instance->part);
  const double low = bound_of(tuned.low, field->low, *field, tuned.path, mark),
               high = bound_of(tuned.high, field->high, *field, tuned.path, mark);
  if (!(low < high && low >= field->low && high <= field->high))
    refuse(mark, tuned.path, "the bounds leave no room", "low below high, both in " + range_text(*field));

  if (field->type == &field_type<double>()) {
    const double value = from_si(*static_cast<const double*>(field->member(part)), parse_unit(field->unit));
    if (!(value >= low && value <= high))
      refuse(mark, tuned.path,
             fmt::format("the design's own value, {:g}, lies outside of the bounds", value));
    result.variables.push_back(
        number_variable(*field, value, low, high, !tuned.low.empty() && !tuned.high.empty()));
    return result;
  }
  const auto* transmitter = std::get_if<parts::HostTransmitter>(&instance->part);
  if (!transmitter || field->key != "taps")
    refuse(mark, tuned.path, "only numbers with a decimal point and the taps of a transmitter can be found");
  result.taps = transmitter->taps;
  result.cursor = static_cast<std::size_t>(transmitter->main_tap);
  double sum = 0.0;
  for (const double tap : result.taps) sum += std::abs(tap);
  for (std::size_t i = 0; i < result.taps.size(); ++i) {
    if (i == result.cursor) continue;
    const double least = std::max(low, -largest_tap * sum), most = std::min(high, largest_tap * sum);
    result.variables.push_back({std::clamp(result.taps[i], least, most), tap_step, least, most});
  }
  return result;
}

// PATH=VALUE for the variables from `at`; nothing where there is no such value.
std::optional<std::string> setting(const Tunable& tunable, std::span<const double> at) {
  if (tunable.taps.empty())
    return fmt::format("{}={}{}{}", tunable.path, at[0], tunable.field->unit.empty() ? "" : " ",
                       tunable.field->unit);
  double sum = 0.0, beside = 0.0;
  for (const double tap : tunable.taps) sum += std::abs(tap);
  for (const double tap : at) beside += std::abs(tap);
  if (beside > largest_side_taps * sum) return std::nullopt;
  std::vector<double> taps(tunable.taps.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < taps.size(); ++i)
    taps[i] = i == tunable.cursor ? tidy(std::copysign(sum - beside, tunable.taps[i])) : at[next++];
  return fmt::format("{}=[{}]", tunable.path, fmt::join(taps, ", "));
}

}  // namespace

std::vector<Tunable> make_tunables(const LoadedDesign& loaded) {
  std::vector<Tunable> list;
  for (std::size_t i = 0; i < loaded.design.tune.size(); ++i) {
    list.push_back(make_tunable(loaded, i));
    for (std::size_t k = 0; k < i; ++k)
      if (list[k].path == list[i].path)
        refuse(mark_of(loaded, i), list[i].path, "this number is to be found twice");
  }
  return list;
}

double rounded(double value, const Variable& variable) {
  const double quantum = std::pow(10.0, std::floor(std::log10(0.5 * step_tolerance * variable.step)));
  return std::clamp(tidy(std::round(value / quantum) * quantum), variable.low, variable.high);
}

std::optional<std::vector<std::string>> settings_at(const std::vector<Tunable>& tunables,
                                                    std::span<const double> at) {
  std::vector<std::string> settings;
  for (const Tunable& tunable : tunables) {
    std::optional<std::string> one = setting(tunable, at.first(tunable.variables.size()));
    if (!one) return std::nullopt;
    settings.push_back(std::move(*one));
    at = at.subspan(tunable.variables.size());
  }
  return settings;
}

double error_ratio(const link::Lane& lane) {
  link::SolveOptions options;
  options.threads = 1;
  options.penalties = options.charts = options.margins = false;
  return link::solve(lane, options).ber_pre_fec;
}

double minus_q(double error_ratio) {
  return -signal::inverse_q(std::clamp(error_ratio, 1e-300, 1.0 - 1e-15));
}

}  // namespace waverack::study
