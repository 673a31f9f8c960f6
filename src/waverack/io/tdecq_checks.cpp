#include "waverack/io/tdecq_checks.hpp"

#include <fmt/format.h>

#include "waverack/design/pmd_checks.hpp"

namespace waverack::io {
namespace {

using compliance::CaptureMeasure;
using compliance::PmdCheck;

Check judged(const PmdCheck& demand, std::string_view place, CaptureMeasure measure, bool needs_dark) {
  Check check = check_of(demand, place);
  if (demand.name == "tdecq_over_ceq" && measure != CaptureMeasure::tdecq)
    check.name = fmt::format("{}.tecq_minus_ceq_db", place);
  if (needs_dark) {
    check.source += "; not judged, as no dark level is known";
    check.verdict = Verdict::info;
  }
  return check;
}

}  // namespace

std::vector<Check> tdecq_checks(const compliance::CaptureMeasurement& m, const compliance::Pmd& pmd,
                                const Provenance& provenance) {
  std::vector<Check> checks;
  if (m.measure == CaptureMeasure::eecq) return checks;
  for (const compliance::FilteredMeasurement& one : m.results) {
    const compliance::TdecqResult& r = one.result;
    compliance::TransmitterMeasures measured = measures_of(r);
    (m.measure == CaptureMeasure::tdecq ? measured.tdecq : measured.tecq) = r.tdecq;
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
