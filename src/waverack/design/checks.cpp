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

// The line of the file where the limit stands.
Mark mark_of(const Limit& limit, const Provenance& provenance) {
  for (const std::string_view bound : {".at_most", ".at_least"}) {
    const auto origin = provenance.find("limits." + limit.quantity + std::string(bound));
    if (origin != provenance.end() && origin->second.mark.line > 0) return origin->second.mark;
  }
  return {};
}

Quantity find_quantity(const std::vector<Quantity>& list, const Limit& limit, const Provenance& provenance,
                       bool has_test_points) {
  std::vector<std::string> names;
  for (const Quantity& quantity : list) {
    if (quantity.name == limit.quantity) return quantity;
    names.push_back(quantity.name);
  }
  // A lane solved without its charts has no test points: their limits are not judged.
  if (!has_test_points && limit.quantity.starts_with("lane.test_points."))
    return {limit.quantity, std::nan(""), limit.unit};
  throw Error(ErrorInfo{mark_of(limit, provenance), "limits." + limit.quantity,
                        "the result has no quantity '" + limit.quantity + "'",
                        fmt::format("{}", fmt::join(names, ", ")), nearest_name(limit.quantity, names)});
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
  if (result.lane.coherent)
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
    const Quantity quantity = find_quantity(list, limit, provenance, !result.lane.test_points.empty());
    const std::string& unit = limit.unit.empty() ? quantity.unit : limit.unit;
    if (std::isfinite(limit.at_most))
      checks.push_back(check_bound(quantity, limit.at_most, true, unit, limit.source));
    if (std::isfinite(limit.at_least))
      checks.push_back(check_bound(quantity, limit.at_least, false, unit, limit.source));
  }
  return checks;
}

void require_known_limits(const LoadedDesign& loaded) {
  if (loaded.design.limits.empty()) return;
  const std::vector<Quantity> list = quantities_of(loaded);
  for (const Limit& limit : loaded.design.limits) find_quantity(list, limit, loaded.provenance, true);
}

}  // namespace waverack
