#include "waverack/compliance/electrical_interface.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/reader.hpp"
#include "waverack/compliance/same_rate.hpp"

namespace waverack::compliance {
FieldList describe(Tag<ElectricalDemands>) {
  using D = ElectricalDemands;
  const auto limit = [](Field field) { return field.from(Kind::choice, "no limit"); };
  return fields<D>(
      "Demands on an electrical output behind the compliance board.",
      limit(field<&D::eye_height_low>("eye_height_low", "V", 0.0, 2.0,
                                      "Least opening of the smallest eye at DER0 (VEO).")),
      limit(field<&D::vec_high_db>("vec_high_db", "", 0.0, 60.0, "Largest vertical eye closure [dB].")),
      limit(field<&D::eecq_high_db>("eecq_high_db", "", 0.0, 60.0, "Largest EECQ [dB, 20 log10].")),
      limit(field<&D::vma_low>("vma_low", "V", 0.0, 5.0, "Least VMA, the outer amplitude.")),
      limit(field<&D::vma_high>("vma_high", "V", 0.0, 5.0, "Largest VMA.")),
      limit(field<&D::r_lm_low>("r_lm_low", "", 0.0, 1.0, "Least R_LM behind the reference equaliser.")));
}

FieldList describe(Tag<ElectricalInterface>) {
  using E = ElectricalInterface;
  return fields<E>(
      "An electrical interface between host and module.",
      field<&E::title>("title", "The interface and where its numbers come from.").must_be_given(),
      field<&E::symbol_rate>("symbol_rate", "GBd", 0.1, 1000.0, "Symbol rate of a lane.").must_be_given(),
      field<&E::host_board>("host_board", "Compliance board behind the host's output."),
      field<&E::module_board>("module_board", "Compliance board behind the module's output."),
      field<&E::receiver>("receiver", "COM sheet whose receiver opens the eye: the name of a profile.")
          .must_be_given(),
      field<&E::eecq>("eecq", "How EECQ is measured."),
      field<&E::host_output>("host_output", "Demands on the host's output, TP1a."),
      field<&E::module_output>("module_output", "Demands on the module's output, TP4."));
}

bool limits_waveform(const ElectricalDemands& demands) {
  return std::isfinite(demands.eecq_high_db) || std::isfinite(demands.vma_low) ||
         std::isfinite(demands.vma_high) || std::isfinite(demands.r_lm_low);
}

bool limits_eye(const ElectricalDemands& demands) {
  return std::isfinite(demands.eye_height_low) || std::isfinite(demands.vec_high_db);
}

void require_consistent(const ElectricalInterface& interface) {
  if (!interface.receiver.value)
    throw Error(fmt::format("electrical interface '{}' has no reference receiver", interface.title));
  require_consistent(*interface.receiver.value);
  const double rate = interface.receiver.value->signal.symbol_rate;
  if (!same_rate(rate, interface.symbol_rate))
    throw Error(fmt::format("electrical interface '{}' is for {} GBd, but its receiver '{}' for {} GBd",
                            interface.title, interface.symbol_rate * 1e-9, interface.receiver.name,
                            rate * 1e-9));
}

}  // namespace waverack::compliance

namespace waverack {
template <>
const FieldType& field_type<ProfileOf<compliance::ElectricalInterface>>() {
  return detail::profile_type<compliance::ElectricalInterface>();
}
}  // namespace waverack
