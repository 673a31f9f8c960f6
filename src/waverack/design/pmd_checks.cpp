#include "waverack/design/pmd_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/source_text.hpp"
#include "waverack/design/bounded_check.hpp"
#include "waverack/parts/decibel.hpp"

namespace waverack {
namespace {

using compliance::Pmd;
using compliance::PmdCheck;

constexpr std::string_view profile_path = "lane.pmd.";

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
  compliance::TransmitterMeasures measures = waverack::measures_of(here);
  measures.wavelength = wavelength;
  measures.tecq = here.tdecq;
  measures.tdecq = behind.tdecq;
  measures.reflectance = point.reflectance;
  measures.rin_oma = point.rin_oma;
  if (behind.tdecq > here.tdecq) measures.ceq = behind.ceq;
  return measures;
}

}  // namespace

compliance::TransmitterMeasures measures_of(const compliance::TdecqResult& waveform) {
  compliance::TransmitterMeasures measures;
  measures.average_power = waveform.average;
  measures.oma_outer = waveform.oma_outer;
  measures.extinction_ratio = waveform.extinction_ratio;
  measures.ceq = waveform.ceq;
  measures.transition_time = waveform.transition_time;
  measures.overshoot = waveform.overshoot;
  measures.undershoot = waveform.undershoot;
  return measures;
}

Check check_of(const PmdCheck& demand, std::string_view place) {
  const StatedUnit unit = unit_of(demand);
  return bounded_check(
      fmt::format("{}.{}{}", place,
                  demand.name == "tdecq_over_ceq" ? "tdecq_minus_ceq" : std::string_view(demand.name),
                  unit.ending),
      unit.from_si(demand.value), unit.from_si(demand.limit), demand.at_least, std::string(unit.name),
      demand.source);
}

std::vector<Check> pmd_checks(const Result& result, const Provenance& provenance) {
  const link::Lane& lane = result.design.lane;
  const Pmd* pmd = lane.pmd.value.get();
  if (!pmd) return {};
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
  if (receiver == points.end()) return checks;
  const std::string place = "lane.test_points." + receiver->name;
  const auto at_most = [&](std::string name, double value, double limit, std::string unit, std::string key) {
    if (std::isfinite(limit))
      checks.push_back(
          check_of({std::move(name), value, limit, false, std::move(unit), source_text(own, key)}, place));
  };
  at_most("reflectance", receiver->reflectance, pmd->receiver.reflectance_high, "",
          "receiver.reflectance_high");
  if (receiver->stressed)
    at_most("stressed_sensitivity", receiver->stressed->sensitivity, pmd->receiver.stressed_sensitivity, "W",
            "receiver.stressed_sensitivity");
  if (!std::isfinite(result.lane.margin_db)) return checks;
  const double secq = transmitter->reference->tdecq, limit = compliance::sensitivity(*pmd, secq);
  const std::string path = limit == pmd->receiver.sensitivity_floor ? "receiver.sensitivity_floor"
                                                                    : "receiver.sensitivity_per_secq";
  at_most("sensitivity", receiver->reference->oma_outer / from_db(result.lane.margin_db), limit, "W", path);
  return checks;
}

}  // namespace waverack
