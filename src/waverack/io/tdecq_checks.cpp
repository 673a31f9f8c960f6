#include "waverack/io/tdecq_checks.hpp"

#include <fmt/format.h>

#include "waverack/base/decibel.hpp"

namespace waverack::io {
namespace {

using compliance::CaptureMeasure;
using compliance::PmdCheck;

// A value in the unit in which it is stated, and the end of its key.
struct Stated {
  double value, limit;
  std::string_view unit, ending;
};

Stated stated(const PmdCheck& check) {
  if (check.unit == "W") return {to_dbm(check.value), to_dbm(check.limit), "dBm", "_dbm"};
  if (check.unit == "s") return {check.value * 1e12, check.limit * 1e12, "ps", "_ps"};
  if (check.name.ends_with("shoot")) return {check.value, check.limit, "", ""};
  return {to_db(check.value), to_db(check.limit), "dB", "_db"};
}

Check judged(const PmdCheck& check, std::string_view place, CaptureMeasure measure, bool needs_dark) {
  const Stated s = stated(check);
  Check result;
  // Under the key that the number has in the result.
  const std::string_view name = check.name != "tdecq_over_ceq"     ? std::string_view(check.name)
                                : measure == CaptureMeasure::tdecq ? "tdecq_minus_ceq"
                                                                   : "tecq_minus_ceq";
  result.name = fmt::format("{}.{}{}", place, name, s.ending);
  result.value = s.value;
  result.limit = s.limit;
  result.at_least = check.at_least;
  result.margin = check.at_least ? s.value - s.limit : s.limit - s.value;
  result.unit = s.unit;
  result.source = check.source;
  if (needs_dark)
    result.source += "; not judged, as no dark level is known";
  else
    result.verdict = result.margin >= 0.0 ? Verdict::pass : Verdict::fail;
  return result;
}

}  // namespace

std::vector<Check> tdecq_checks(const compliance::CaptureMeasurement& m, const compliance::Pmd& pmd,
                                const Provenance& provenance) {
  std::vector<Check> checks;
  if (m.measure == CaptureMeasure::eecq) return checks;
  for (const compliance::FilteredMeasurement& one : m.results) {
    const compliance::TdecqResult& r = one.result;
    compliance::TransmitterMeasures measured;
    measured.average_power = r.average;
    measured.oma_outer = r.oma_outer;
    measured.extinction_ratio = r.extinction_ratio;
    (m.measure == CaptureMeasure::tdecq ? measured.tdecq : measured.tecq) = r.tdecq;
    measured.ceq = r.ceq;
    measured.transition_time = r.transition_time;
    measured.overshoot = r.overshoot;
    measured.undershoot = r.undershoot;
    const std::string_view place = m.results.size() == 1                                ? "tdecq"
                                   : one.filter == compliance::ReferenceFilter::applied ? "applied"
                                                                                        : "needed";
    for (const PmdCheck& check : compliance::transmitter_checks(pmd, measured, provenance))
      checks.push_back(
          judged(check, place, m.measure,
                 !m.dark_known && (check.name == "average_power" || check.name == "extinction_ratio")));
  }
  return checks;
}

}  // namespace waverack::io
