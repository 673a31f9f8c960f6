#include "waverack/design/electrical_checks.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/source_text.hpp"
#include "waverack/design/bounded_check.hpp"

namespace waverack {

std::vector<Check> electrical_checks(const Result& result, const Provenance& provenance) {
  std::vector<Check> checks;
  const compliance::ElectricalInterface* interface = result.design.lane.electrical.value.get();
  if (!interface) return checks;
  for (const link::TestPointResult& point : result.lane.test_points) {
    if (!point.electrical) continue;
    const bool host = point.electrical->output_of == parts::Place::host;
    const compliance::ElectricalDemands& demands = host ? interface->host_output : interface->module_output;
    const auto add = [&](std::string_view name, double value, double limit, bool at_least,
                         std::string_view unit, std::string_view key) {
      if (!std::isfinite(limit)) return;
      checks.push_back(bounded_check(
          fmt::format("lane.test_points.{}.{}", point.name, name), value, limit, at_least, std::string(unit),
          source_text(provenance,
                      fmt::format("lane.electrical.{}.{}", host ? "host_output" : "module_output", key))));
    };
    if (const auto& eecq = point.electrical->eecq) {
      add("eecq_db", 2.0 * to_db(eecq->tdecq), demands.eecq_high_db, false, "dB", "eecq_high_db");
      add("vma_v", eecq->oma_outer, demands.vma_low, true, "V", "vma_low");
      add("vma_v", eecq->oma_outer, demands.vma_high, false, "V", "vma_high");
      add("reference_rlm", eecq->r_lm, demands.r_lm_low, true, "", "r_lm_low");
    }
    if (const auto& eye = point.electrical->eye) {
      add("vec_db", eye->vec_db, demands.vec_high_db, false, "dB", "vec_high_db");
      add("veo_v", eye->veo, demands.eye_height_low, true, "V", "eye_height_low");
    }
  }
  return checks;
}

}  // namespace waverack
