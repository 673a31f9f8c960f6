#pragma once
// A silicon micro-ring modulator with depletion tuning: voltage in, optical field out.

#include "waverack/parts/coupled_mode.hpp"
#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// Which is larger, the loss inside the ring (under) or the coupling to the waveguide (over).
enum class Coupling { under, over };

// Light follows the voltage by the coupled-mode equation in time (coupled_mode.hpp; facts: photonics 4.2),
// not through a pole: at half transmission and beyond the response peaks and is wider than the resonance.
//
// Resonance: either `loaded_q` and `resonance_extinction`, or, where `coupling` is above zero, `coupling` and
// `round_trip_loss`; with the free spectral range F [Hz],
//   1/τ_e = coupling·F/2,  1/τ_l = (1 − 1/round_trip_loss)·F/2,  Q = ω_0·τ/2
// Drive: the junction stands at the reverse voltage bias_voltage + v, which moves the resonance to longer
// waves by tuning·g(v) and its loss rate by the factor 1 − loss_change·g(v), g the law of the junction
// (depletion.hpp). One RC pole lies before it.
//
// Operating point: `detuning` is laser frequency less resonance frequency at v = 0, in half-widths of the
// loaded resonance. Above zero, the stable side, light rises with v.
//   locked   The heater's loop holds `detuning` with light and at any temperature. What absorbed light and a
//            warmer chip shift, the heater gives less; below zero it takes the next resonance, one free
//            spectral range away.
//   free     The heater holds its power. `detuning` is that without light at `reference_temperature`; thermal
//            drift and self-heating move it. Of several thermal states the ring is in the one of largest
//            detuning, which a resonance that comes down from warmer reaches; remarks() says so.
// Absorbed light heats as the heater does: `heater_efficiency` per watt. Heat follows the mean over the
// pattern; wander of the baseline within `thermal_time_constant` is not in the waveform, remarks() says where
// it matters. Neglected: neighbouring resonances, two-photon absorption, back-scattering, the filtering of
// laser noise by the resonance, the voltage dependence of the junction's capacitance, forward bias (below
// −V_b/2 the junction is held there).
struct MicroRing {
  double loaded_q = 3700.0;                     // ω_0·τ/2 at the bias
  double resonance_extinction = from_db(16.0);  // transmission far from resonance over that at its bottom
  Coupling coupled = Coupling::under;
  double coupling = 0.0;                 // power share into the ring for each pass; 0: from loaded_q
  double round_trip_loss = 1.0;          // power ratio; with `coupling`
  double free_spectral_range = 5.7e-9;   // [m]
  double detuning = 1.0;                 // in half-widths
  double tuning = 16.3e-12;              // of the resonance at the bias [m/V]
  double loss_change = 0.0;              // relative fall of the loss rate at the bias [1/V]
  double bias_voltage = 2.0;             // reverse [V]
  double built_in_voltage = 0.9;         // V_b [V]
  double rc_bandwidth = 100e9;           // series resistance and junction [Hz]
  double insertion_loss = from_db(0.5);  // of the waveguide beside the ring, power ratio
  double return_loss = from_db(26.0);    // power ratio, seen from the fibre
  bool locked = true;
  double heater_efficiency = 73e-9;       // shift of the resonance [m/W]
  double heater_share = 0.5;              // shift that the cold ring needs, over the free spectral range
  double resonance_offset = 0.0;          // of the ring as it was made from that: so much less is needed [m]
  double thermal_drift = 60e-12;          // shift with temperature [m/K]
  double reference_temperature = 298.15;  // where heater_share, or the free detuning, holds [K]
  double absorbed_heat = 0.9;             // share of the light lost in the ring that becomes heat
  double thermal_time_constant = 5e-6;    // [s]
};

inline FieldList describe(Tag<MicroRing>) {
  using P = MicroRing;
  constexpr std::string_view yuan =
      "200 Gb/s two-segment Z-junction ring, Yuan et al. (facts: photonics 4.2)";
  return fields<P>(
      "Silicon micro-ring modulator: coupled-mode equation in time, depletion tuning, self-heating, heater.",
      field<&P::loaded_q>("loaded_q", "", 100.0, 1e7,
                          "Loaded quality factor at the bias voltage; not read where coupling is given.")
          .from(Kind::measured, yuan),
      field<&P::resonance_extinction>(
          "resonance_extinction", "dB", 0.1, 100.0,
          "Depth of the resonance at the bias voltage; not read where coupling is given.")
          .from(Kind::measured, yuan),
      field<&P::coupled>("coupled",
                         "under: the ring loses more than the waveguide couples; over: less; with "
                         "resonance_extinction."),
      field<&P::coupling>(
          "coupling", "", 0.0, 0.9,
          "Share of power that couples between waveguide and ring in one pass; 0: from loaded_q.")
          .from(Kind::choice, "0: the resonance is known by its quality factor and its depth"),
      field<&P::round_trip_loss>("round_trip_loss", "dB", 0.0, 10.0,
                                 "Loss of one round trip at the bias voltage; goes with coupling.")
          .from(Kind::choice, "0 dB: not read without coupling"),
      field<&P::free_spectral_range>("free_spectral_range", "nm", 0.01, 100.0,
                                     "Distance between two resonances.")
          .from(Kind::measured, yuan),
      field<&P::detuning>("detuning", "", -20.0, 20.0,
                          "Laser frequency less resonance frequency at the bias voltage, in half-widths of "
                          "the resonance.")
          .from(Kind::choice, ""),
      field<&P::tuning>("tuning", "pm/V", 0.0, 1000.0,
                        "Shift of the resonance with reverse voltage, small-signal at the bias voltage.")
          .from(Kind::measured, yuan),
      field<&P::loss_change>(
          "loss_change", "1/V", 0.0, 1.0,
          "Relative fall of the ring's loss with reverse voltage, small-signal at the bias voltage.")
          .from(Kind::choice, "0: the loss does not depend on the voltage"),
      field<&P::bias_voltage>("bias_voltage", "V", 0.0, 20.0, "Reverse bias of the junction.")
          .from(Kind::assumed, "2 V: in reverse over a CMOS swing"),
      field<&P::built_in_voltage>("built_in_voltage", "V", 0.3, 1e9,
                                  "Junction potential of the depletion law; very large makes it linear.")
          .from(Kind::assumed, "0.8 to 1.0 V (facts: photonics 4.1)"),
      field<&P::rc_bandwidth>("rc_bandwidth", "GHz", 1.0, 1e12,
                              "Bandwidth of series resistance and junction.")
          .from(Kind::assumed, "60 to 150 GHz from 30 to 80 ohm and 15 to 40 fF (facts: photonics 4.2)"),
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 30.0,
                                "Loss of the waveguide beside the ring, far from resonance.")
          .from(Kind::assumed, "half a decibel of routing"),
      field<&P::return_loss>("return_loss", "dB", 0.0, 200.0, "Return loss seen from the fibre.")
          .from(Kind::datasheet,
                "transmitter reflectance at most -26 dB, 800G-DR8 data sheet (facts: photonics 4.4)"),
      field<&P::locked>("locked",
                        "true: a loop on the heater holds the detuning; false: the heater holds its power."),
      field<&P::heater_efficiency>("heater_efficiency", "pm/mW", 0.1, 10000.0,
                                   "Shift of the resonance with heater power, and with absorbed light.")
          .from(Kind::measured, yuan),
      field<&P::heater_share>(
          "heater_share", "", 0.0, 1.0,
          "Shift that the heater must give at the reference temperature without light, over the free "
          "spectral range.")
          .from(Kind::derived, "mean of rings whose resonance falls anywhere (facts: photonics 8.4)"),
      field<&P::resonance_offset>(
          "resonance_offset", "nm", -100.0, 100.0,
          "How much longer the wave of the resonance is than where heater_share has it; the heater shifts it "
          "so much less, or to the next resonance.")
          .from(Kind::choice, "0: heater_share says it all"),
      field<&P::thermal_drift>("thermal_drift", "pm/K", 0.0, 1000.0,
                               "Shift of the resonance with the temperature of the chip.")
          .from(Kind::assumed, "55 to 65 pm/K at 1310 nm (facts: photonics 4.2)"),
      field<&P::reference_temperature>("reference_temperature", "degC", -50.0, 150.0,
                                       "Temperature at which heater_share, or the free detuning, holds.")
          .from(Kind::choice, ""),
      field<&P::absorbed_heat>("absorbed_heat", "", 0.0, 1.0,
                               "Share of the light lost in the ring that becomes heat.")
          .from(Kind::assumed, "free carriers absorb most in a doped ring, the rest is scattered"),
      field<&P::thermal_time_constant>("thermal_time_constant", "us", 1e-3, 1e6,
                                       "Time constant of the ring's temperature.")
          .from(Kind::assumed, "2 to 10 us (facts: photonics 4.2)"));
}

template <>
struct PartTraits<MicroRing> {
  static constexpr std::string_view type = "micro_ring";
  static constexpr Domain input = Domain::voltage, output = Domain::field;
  static constexpr Place place = Place::module;
};

// Refuses a coupling without a loss, and a loss without a coupling.
void resolve(MicroRing&, ReadContext&, const Node&, const std::string& path);

// All functions below take the wavelength of the resonance from conditions.light.wavelength.

// The resonator at the operating point, heat included, for the undriven junction.
CoupledMode coupled_mode(const MicroRing&, const Conditions&);
// Angular frequency by which a shift of the resonance to longer waves lowers it [rad/s/m].
double frequency_per_metre(const Conditions&);
// Rise of the detuning if all light became heat in the ring [rad/s].
double heating(const MicroRing&, const Conditions&);
// The states that the undriven ring could be in with the heater power it has, as detunings in half-widths,
// rising (self_heating.hpp). The ring is in one of them.
std::vector<double> thermal_states(const MicroRing&, const Conditions&);
// Shift of the resonance that the heater gives [m].
double heater_tuning(const MicroRing&, const Conditions&);

// The RC pole.
Response input_response(const MicroRing&, const Conditions&);
// Of output power to voltage about the operating point, heat standing still; RC pole not included.
Response dynamics(const MicroRing&, const Conditions&);
// Field for light of conditions.light.power [sqrt(W)]; `in` is one period at conditions.sample_rate.
void apply(const MicroRing&, const Conditions&, std::span<const float> in,
           std::span<std::complex<float>> out);
// dP/dv for slow changes [W/V], heat standing still.
void slope(const MicroRing&, const Conditions&, std::span<const float> in, std::span<float> slope);
// Heater power [W].
double power(const MicroRing&, const Conditions&);
double reflectance(const MicroRing&);
// Loss far from resonance; modulation and detuning are not in it.
double optical_loss(const MicroRing&);
std::vector<std::string> remarks(const MicroRing&, const Conditions&);

}  // namespace waverack::parts

namespace waverack {
template <>
struct EnumNames<parts::Coupling> {
  static constexpr std::array<EnumName<parts::Coupling>, 2> list{
      {{"under", parts::Coupling::under}, {"over", parts::Coupling::over}}};
};
}  // namespace waverack
