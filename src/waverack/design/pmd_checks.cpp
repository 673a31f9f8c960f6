#include "waverack/design/pmd_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/parts/decibel.hpp"

namespace waverack {
namespace {

using compliance::Pmd;
using compliance::PmdCheck;

constexpr std::string_view profile_path = "lane.pmd.";
constexpr double rate_tolerance = 1e-3;

struct StatedUnit {
  std::string_view name, ending;
  double (*from_si)(double);
};

StatedUnit unit_of(const PmdCheck& check) {
  if (check.unit == "W") return {"dBm", "_dbm", [](double v) { return to_dbm(v); }};
  if (check.unit == "s") return {"ps", "_ps", [](double v) { return v * 1e12; }};
  if (check.unit == "m") return {"nm", "_nm", [](double v) { return v * 1e9; }};
  if (check.unit == "1/Hz") return {"dB/Hz", "_db_per_hz", [](double v) { return to_db(v); }};
  if (check.name.ends_with("shoot")) return {"", "", [](double v) { return v; }};
  return {"dB", "_db", [](double v) { return to_db(v); }};
}

// What the profile says of its numbers, under its own paths.
Provenance of_profile(const Provenance& provenance) {
  Provenance own;
  for (auto at = provenance.lower_bound(std::string(profile_path));
       at != provenance.end() && at->first.starts_with(profile_path); ++at)
    own.emplace(at->first.substr(profile_path.size()), at->second);
  return own;
}

compliance::TransmitterMeasures measures_of(const link::TestPointResult& point, double wavelength) {
  const compliance::TdecqResult &here = *point.reference, &behind = *point.behind_fibre;
  compliance::TransmitterMeasures measures;
  measures.wavelength = wavelength;
  measures.average_power = here.average;
  measures.oma_outer = here.oma_outer;
  measures.extinction_ratio = here.extinction_ratio;
  measures.tecq = here.tdecq;
  measures.tdecq = behind.tdecq;
  measures.ceq = (behind.tdecq > here.tdecq ? behind : here).ceq;
  measures.transition_time = here.transition_time;
  measures.overshoot = here.overshoot;
  measures.undershoot = here.undershoot;
  return measures;
}

}  // namespace

Check check_of(const PmdCheck& demand, std::string_view place) {
  const StatedUnit unit = unit_of(demand);
  Check check;
  check.name = fmt::format(
      "{}.{}{}", place, demand.name == "tdecq_over_ceq" ? "tdecq_minus_ceq" : std::string_view(demand.name),
      unit.ending);
  check.value = unit.from_si(demand.value);
  check.limit = unit.from_si(demand.limit);
  check.at_least = demand.at_least;
  check.margin = demand.at_least ? check.value - check.limit : check.limit - check.value;
  check.unit = unit.name;
  check.source = demand.source;
  check.verdict = check.margin >= 0.0 ? Verdict::pass : Verdict::fail;
  return check;
}

std::vector<Check> pmd_checks(const Result& result, const Provenance& provenance) {
  const link::Lane& lane = result.design.lane;
  const Pmd* pmd = lane.pmd.value.get();
  if (!pmd || std::abs(pmd->symbol_rate / lane.symbol_rate - 1.0) > rate_tolerance) return {};
  const std::vector<link::TestPointResult>& points = result.lane.test_points;
  const auto transmitter =
      std::find_if(points.rbegin(), points.rend(), [](const auto& p) { return p.behind_fibre.has_value(); });
  if (transmitter == points.rend()) return {};
  const Provenance own = of_profile(provenance);
  std::vector<Check> checks;
  for (const PmdCheck& demand :
       compliance::transmitter_checks(*pmd, measures_of(*transmitter, result.lane.wavelength), own))
    checks.push_back(check_of(demand, "lane.test_points." + transmitter->name));

  const auto receiver = std::find_if(transmitter.base(), points.end(),
                                     [](const auto& p) { return p.reference && !p.behind_fibre; });
  if (receiver == points.end() || !std::isfinite(result.lane.margin_db)) return checks;
  const double secq = transmitter->reference->tdecq, limit = compliance::sensitivity(*pmd, secq);
  const std::string path = limit == pmd->receiver.sensitivity_floor ? "receiver.sensitivity_floor"
                                                                    : "receiver.sensitivity_per_secq";
  const auto origin = own.find(path);
  checks.push_back(
      check_of({.name = "sensitivity",
                .value = receiver->reference->oma_outer / parts::from_db(result.lane.margin_db),
                .limit = limit,
                .at_least = false,
                .unit = "W",
                .source = origin == own.end()
                              ? std::string()
                              : fmt::format("{}: {}", kind_name(origin->second.kind), origin->second.source)},
               "lane.test_points." + receiver->name));
  return checks;
}

}  // namespace waverack
