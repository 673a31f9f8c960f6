#include "waverack/compliance/pmd.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/source_text.hpp"

namespace waverack::compliance {

FieldList describe(Tag<PmdTransmitter>) {
  using T = PmdTransmitter;
  const auto power = [](Field field) { return field.from(Kind::choice, "no limit"); };
  return fields<T>(
      "Demands on a transmitter.",
      power(field<&T::average_power_low>("average_power_low", "dBm", -60.0, 30.0, "Least average power.")),
      power(
          field<&T::average_power_high>("average_power_high", "dBm", -60.0, 30.0, "Largest average power.")),
      power(field<&T::oma_high>("oma_high", "dBm", -60.0, 30.0, "Largest OMA_outer.")),
      field<&T::oma_floor>("oma_floor", "dBm", -60.0, 30.0, "Least OMA_outer, whatever TDECQ.")
          .must_be_given(),
      field<&T::oma_per_tdecq>("oma_per_tdecq", "dBm", -60.0, 30.0, "Least OMA_outer less TDECQ.")
          .must_be_given(),
      field<&T::oma_per_tdecq_low_extinction>("oma_per_tdecq_low_extinction", "dBm", -60.0, 30.0,
                                              "The same below the extinction ratio extinction_step.")
          .must_be_given(),
      power(field<&T::extinction_step>("extinction_step", "dB", 0.0, 30.0,
                                       "Extinction ratio below which more OMA_outer is asked for.")),
      power(field<&T::extinction_low>("extinction_low", "dB", 0.0, 30.0, "Least extinction ratio.")),
      power(field<&T::tdecq_high>("tdecq_high", "dB", 0.0, 20.0, "Largest TDECQ and TECQ.")),
      power(field<&T::tdecq_over_ceq_high>("tdecq_over_ceq_high", "dB", 0.0, 20.0,
                                           "Largest TDECQ - 10 log10(Ceq).")),
      power(field<&T::transition_time_high>("transition_time_high", "ps", 0.0, 1000.0,
                                            "Largest 20-80 % transition time.")),
      power(field<&T::overshoot_high>("overshoot_high", "", 0.0, 10.0,
                                      "Largest over- and undershoot over OMA_outer.")),
      power(field<&T::rin_oma_high>("rin_oma_high", "dB/Hz", -200.0, -90.0,
                                    "Largest relative intensity noise in terms of OMA.")),
      power(field<&T::reflectance_high>("reflectance_high", "dB", -100.0, 0.0,
                                        "Largest reflectance, seen from the fibre.")));
}

FieldList describe(Tag<PmdReceiver>) {
  using R = PmdReceiver;
  return fields<R>(
      "Demands on a receiver.",
      field<&R::sensitivity_floor>("sensitivity_floor", "dBm", -60.0, 30.0,
                                   "OMA_outer at which it must work, whatever SECQ.")
          .must_be_given(),
      field<&R::sensitivity_per_secq>("sensitivity_per_secq", "dBm", -60.0, 30.0, "The same less SECQ.")
          .must_be_given(),
      field<&R::stressed_sensitivity>("stressed_sensitivity", "dBm", -60.0, 30.0,
                                      "OMA_outer at which it must work under stress.")
          .from(Kind::choice, "no limit"),
      field<&R::stress_secq>("stress_secq", "dB", 0.0, 20.0, "SECQ of that stress.")
          .from(Kind::choice, "no stress"),
      field<&R::reflectance_high>("reflectance_high", "dB", -100.0, 0.0, "Largest reflectance.")
          .from(Kind::choice, "no limit"));
}

FieldList describe(Tag<PmdChannel>) {
  using C = PmdChannel;
  constexpr std::string_view fibre = "G.652 fibre, as commonly known (facts: standards 4.4)";
  return fields<C>(
      "The channel between transmitter and receiver.",
      field<&C::insertion_loss>("insertion_loss", "dB", 0.0, 60.0, "Largest insertion loss.").must_be_given(),
      field<&C::allocation>("allocation", "dB", 0.0, 10.0,
                            "Penalty kept for multipath interference and differential group delay.")
          .must_be_given(),
      field<&C::length>("length", "m", 0.0, 120e3, "Largest length of fibre.").must_be_given(),
      field<&C::dispersion_slope>("dispersion_slope", "ps/(nm^2 km)", 0.0, 1.0,
                                  "Slope of the dispersion at its zero.")
          .from(Kind::assumed, fibre),
      field<&C::zero_dispersion_low>("zero_dispersion_low", "nm", 1000.0, 2000.0,
                                     "Least wavelength of zero dispersion.")
          .from(Kind::assumed, fibre),
      field<&C::zero_dispersion_high>("zero_dispersion_high", "nm", 1000.0, 2000.0,
                                      "Largest wavelength of zero dispersion.")
          .from(Kind::assumed, fibre),
      field<&C::return_loss_tolerance>("return_loss_tolerance", "dB", 0.0, 100.0,
                                       "Optical return loss that the transmitter must bear.")
          .from(Kind::choice, "none stated"));
}

FieldList describe(Tag<Pmd>) {
  using P = Pmd;
  return fields<P>(
      "An optical PMD.",
      field<&P::title>("title", "The PMD and where its numbers come from.").must_be_given(),
      field<&P::symbol_rate>("symbol_rate", "GBd", 0.1, 1000.0, "Symbol rate of a lane.").must_be_given(),
      field<&P::ber_limit>("ber_limit", "", 0.0, 0.5, "Bit error ratio before error correction.")
          .must_be_given(),
      field<&P::wavelength_low>("wavelength_low", "nm", 400.0, 2500.0, "Least wavelength of each lane.")
          .must_be_given(),
      field<&P::wavelength_high>("wavelength_high", "nm", 400.0, 2500.0, "Largest wavelength of each lane.")
          .must_be_given(),
      field<&P::tdecq>("tdecq", "How TDECQ is measured."),
      field<&P::transmitter>("transmitter", "Demands on the transmitter."),
      field<&P::channel>("channel", "The channel."),
      field<&P::receiver>("receiver", "Demands on the receiver."));
}

double oma_min(const Pmd& pmd, double tdecq, double extinction_ratio) {
  const PmdTransmitter& t = pmd.transmitter;
  const double constant =
      extinction_ratio < t.extinction_step ? t.oma_per_tdecq_low_extinction : t.oma_per_tdecq;
  return std::max(t.oma_floor, constant * tdecq);
}

double sensitivity(const Pmd& pmd, double secq) {
  return std::max(pmd.receiver.sensitivity_floor, pmd.receiver.sensitivity_per_secq * secq);
}

double budget_excess(const Pmd& pmd) {
  return pmd.transmitter.oma_per_tdecq /
         (pmd.channel.insertion_loss * pmd.channel.allocation * pmd.receiver.sensitivity_per_secq);
}

DispersionRange dispersion_at(const PmdChannel& channel, double wavelength) {
  const auto with_zero_at = [&](double zero) {
    return 0.25 * channel.dispersion_slope * channel.length * wavelength *
           (1.0 - std::pow(zero / wavelength, 4));
  };
  return {with_zero_at(channel.zero_dispersion_high), with_zero_at(channel.zero_dispersion_low)};
}

DispersionRange worst_dispersion(const Pmd& pmd) {
  DispersionRange worst{no_limit, -no_limit};
  for (const auto& list : {pmd.wavelength_low, pmd.wavelength_high})
    for (const double wavelength : list) {
      const DispersionRange here = dispersion_at(pmd.channel, wavelength);
      worst = {std::min(worst.least, here.least), std::max(worst.most, here.most)};
    }
  return worst;
}

std::vector<PmdCheck> transmitter_checks(const Pmd& pmd, const TransmitterMeasures& measured,
                                         const Provenance& provenance) {
  const PmdTransmitter& t = pmd.transmitter;
  std::vector<PmdCheck> checks;
  const auto add = [&](std::string_view name, double value, double limit, bool at_least,
                       std::string_view unit, std::string_view key) {
    if (std::isnan(value) || !std::isfinite(limit)) return;
    checks.push_back({std::string(name), value, limit, at_least, std::string(unit),
                      source_text(provenance, std::string(key))});
  };
  const auto at_most = [&](std::string_view name, double value, double limit, std::string_view unit,
                           std::string_view key) { add(name, value, limit, false, unit, key); };
  const auto at_least = [&](std::string_view name, double value, double limit, std::string_view unit,
                            std::string_view key) { add(name, value, limit, true, unit, key); };

  if (!std::isnan(measured.wavelength)) {
    // Against the lane whose band is nearest.
    std::size_t nearest = 0;
    double distance = no_limit;
    for (std::size_t i = 0; i < pmd.wavelength_low.size(); ++i) {
      const double middle = 0.5 * (pmd.wavelength_low[i] + pmd.wavelength_high[i]);
      if (std::abs(measured.wavelength - middle) < distance) {
        distance = std::abs(measured.wavelength - middle);
        nearest = i;
      }
    }
    at_least("wavelength", measured.wavelength, pmd.wavelength_low[nearest], "m", "wavelength_low");
    at_most("wavelength", measured.wavelength, pmd.wavelength_high[nearest], "m", "wavelength_high");
  }
  at_least("average_power", measured.average_power, t.average_power_low, "W",
           "transmitter.average_power_low");
  at_most("average_power", measured.average_power, t.average_power_high, "W",
          "transmitter.average_power_high");
  at_most("oma_outer", measured.oma_outer, t.oma_high, "W", "transmitter.oma_high");
  // fmax takes the one that was measured.
  const double penalty = std::fmax(measured.tecq, measured.tdecq);
  const bool low = measured.extinction_ratio < t.extinction_step;
  if (!std::isnan(penalty) && !std::isnan(measured.extinction_ratio)) {
    const double limit = oma_min(pmd, penalty, measured.extinction_ratio);
    at_least("oma_outer", measured.oma_outer, limit, "W",
             limit == t.oma_floor ? "transmitter.oma_floor"
             : low                ? "transmitter.oma_per_tdecq_low_extinction"
                                  : "transmitter.oma_per_tdecq");
  }
  at_least("extinction_ratio", measured.extinction_ratio, t.extinction_low, "", "transmitter.extinction_low");
  at_most("tecq", measured.tecq, t.tdecq_high, "", "transmitter.tdecq_high");
  at_most("tdecq", measured.tdecq, t.tdecq_high, "", "transmitter.tdecq_high");
  at_most("tdecq_over_ceq", penalty / measured.ceq, t.tdecq_over_ceq_high, "",
          "transmitter.tdecq_over_ceq_high");
  at_most("transition_time", measured.transition_time, t.transition_time_high, "s",
          "transmitter.transition_time_high");
  at_most("overshoot", measured.overshoot, t.overshoot_high, "", "transmitter.overshoot_high");
  at_most("undershoot", measured.undershoot, t.overshoot_high, "", "transmitter.overshoot_high");
  at_most("rin_oma", measured.rin_oma, t.rin_oma_high, "1/Hz", "transmitter.rin_oma_high");
  at_most("reflectance", measured.reflectance, t.reflectance_high, "", "transmitter.reflectance_high");
  return checks;
}

}  // namespace waverack::compliance

namespace waverack {
template <>
const FieldType& field_type<ProfileOf<compliance::Pmd>>() {
  return detail::profile_type<compliance::Pmd>();
}
}  // namespace waverack
