#include "waverack/design/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/text.hpp"
#include "waverack/design/electrical_checks.hpp"
#include "waverack/design/pmd_checks.hpp"
#include "waverack/design/quantities.hpp"

namespace waverack {
namespace {

Check check_bound(const Quantity& quantity, double limit, bool upper, const std::string& unit,
                  const std::string& source) {
  Check check;
  check.name = quantity.name;
  check.value = quantity.value;
  check.limit = limit;
  check.at_least = !upper;
  check.unit = unit;
  check.source = source;
  const bool ratio = quantity.unit.empty() && quantity.value > 0.0 && limit > 0.0;
  const double over = ratio ? 10.0 * std::log10(limit / quantity.value) : limit - quantity.value;
  check.margin = upper ? over : -over;
  if (!std::isnan(quantity.value))
    check.verdict =
        (upper ? quantity.value <= limit : quantity.value >= limit) ? Verdict::pass : Verdict::fail;
  return check;
}

const Quantity& named(const std::vector<Quantity>& list, std::string_view name) {
  return *std::find_if(list.begin(), list.end(), [&](const Quantity& q) { return q.name == name; });
}

// What a design says of a quantity of its result: the list that says it, "limits" or "published".
struct Saying {
  std::string_view list;
  std::string_view quantity, unit;

  std::string path() const { return fmt::format("{}.{}", list, quantity); }
};
Saying saying(const Limit& limit) { return {"limits", limit.quantity, limit.unit}; }
Saying saying(const Published& range) { return {"published", range.quantity, range.unit}; }

// The line of the file where it stands.
Mark mark_of(const Saying& said, const Provenance& provenance) {
  for (const std::string_view bound : {".at_most", ".at_least", ".low"}) {
    const auto origin = provenance.find(said.path() + std::string(bound));
    if (origin != provenance.end() && origin->second.mark.line > 0) return origin->second.mark;
  }
  return {};
}

Quantity find_quantity(const std::vector<Quantity>& list, const Saying& said, const Provenance& provenance,
                       bool has_test_points) {
  std::vector<std::string> names;
  for (const Quantity& quantity : list) {
    if (quantity.name == said.quantity) return quantity;
    names.push_back(quantity.name);
  }
  // A lane solved without its charts has no test points: what is said of them is not judged.
  if (!has_test_points && said.quantity.starts_with("lane.test_points."))
    return {std::string(said.quantity), std::nan(""), std::string(said.unit)};
  throw Error(ErrorInfo{mark_of(said, provenance), said.path(),
                        fmt::format("the result has no quantity '{}'", said.quantity),
                        fmt::format("{}", fmt::join(names, ", ")), nearest_name(said.quantity, names)});
}

// Whether the design has a limit that is at least as strict as this one.
bool has_stricter(const Design& design, std::string_view quantity, double at_least) {
  return std::any_of(design.limits.begin(), design.limits.end(), [&](const Limit& limit) {
    return limit.quantity == quantity && limit.at_least >= at_least;
  });
}

}  // namespace

std::vector<Check> check_limits(const Result& result, const Provenance& provenance) {
  const std::vector<Quantity> list = quantities(result);
  std::vector<Check> checks;
  const auto ber_origin = provenance.find("lane.ber_limit");
  checks.push_back(check_bound(list.front(), result.design.lane.ber_limit, true, "",
                               ber_origin == provenance.end() ? "" : ber_origin->second.source));
  if (result.lane.feedback.present)
    checks.push_back(check_bound(named(list, "lane.feedback.margin_db"), 0.0, false, "dB",
                                 "Helms and Petermann, IEEE J. Quantum Electron. 26, 833 (1990)"));
  if (result.lane.coherent && !has_stricter(result.design, "lane.margin_db", 0.0))
    checks.push_back(
        check_bound(named(list, "lane.margin_db"), 0.0, false, "dB", "the closed form of the lane closes"));
  if (result.lane.coherent && result.lane.coherent->simulation) {
    checks.push_back(check_bound(named(list, "lane.coherent.simulation.aligned"), 1.0, false, "",
                                 "the simulated receiver finds the frame"));
    if (result.lane.coherent->simulation->decoded_bits > 0)
      checks.push_back(check_bound(named(list, "lane.coherent.simulation.decoded_errors"), 0.0, true, "",
                                   "the decoder leaves no wrong bit"));
  }
  for (Check& check : pmd_checks(result, provenance)) checks.push_back(std::move(check));
  for (Check& check : electrical_checks(result, provenance)) checks.push_back(std::move(check));
  for (const Limit& limit : result.design.limits) {
    const Quantity quantity =
        find_quantity(list, saying(limit), provenance, !result.lane.test_points.empty());
    const std::string& unit = limit.unit.empty() ? quantity.unit : limit.unit;
    if (std::isfinite(limit.at_most))
      checks.push_back(check_bound(quantity, limit.at_most, true, unit, limit.source));
    if (std::isfinite(limit.at_least))
      checks.push_back(check_bound(quantity, limit.at_least, false, unit, limit.source));
  }
  return checks;
}

std::vector<PublishedNumber> beside_published(const Result& result, const Provenance& provenance) {
  std::vector<PublishedNumber> numbers;
  if (result.design.published.empty()) return numbers;
  const std::vector<Quantity> list = quantities(result);
  for (const Published& range : result.design.published) {
    const Quantity quantity =
        find_quantity(list, saying(range), provenance, !result.lane.test_points.empty());
    numbers.push_back({quantity.name, quantity.value, range.low, range.high,
                       range.unit.empty() ? quantity.unit : range.unit, range.source});
  }
  return numbers;
}

void require_known_limits(const LoadedDesign& loaded) {
  const Design& design = loaded.design;
  if (design.limits.empty() && design.published.empty()) return;
  const std::vector<Quantity> list = quantities_of(loaded);
  for (const Limit& limit : design.limits) find_quantity(list, saying(limit), loaded.provenance, true);
  for (const Published& range : design.published) {
    find_quantity(list, saying(range), loaded.provenance, true);
    if (!(range.low <= range.high))
      throw Error(ErrorInfo{mark_of(saying(range), loaded.provenance),
                            saying(range).path(),
                            fmt::format("the range begins at {} and ends at {}", range.low, range.high),
                            "low at most high",
                            {}});
  }
}

}  // namespace waverack
