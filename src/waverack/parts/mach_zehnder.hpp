#pragma once
// A silicon depletion Mach-Zehnder modulator: voltage in, optical field out.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/response_file.hpp"

namespace waverack::parts {

// How the differential voltage v reaches the two phase shifters, both reverse-biased by U.
enum class Drive {
  push_pull,  // U + v/2 and U − v/2
  single_arm  // U + v and U
};

// Field (facts: photonics 4.1), with the arm voltages V1, V2 and the arm amplitude ratio r:
//   E_out = E_in / √IL · [ e^(−α(V1)·L/2 + jφ(V1) + jφ_b) + r·e^(−α(V2)·L/2 + jφ(V2)) ] / (1 + r)
//   φ(V)  = π·L/VpiL_0 · 2·V_b·(√(1 + V/V_b) − 1),  VpiL_0 such that dφ/dV = π·L/VpiL at the bias U
//   α(V)  = α_0 − α_1·(√(1 + V/V_b) − 1)
// The factor 1/(1 + r) makes `insertion_loss` the loss at full transmission, phase shifters aside. With drive
// push_pull as with single_arm, V_π of the differential voltage is VpiL/L: at quadrature, with a linear
// phase, P = P_in·½·(1 + sin(π·v/V_π)). Push-pull is then free of chirp.
// Where `arm_voltage` has values, φ and the loss of an arm come from a measured table instead, by monotone
// cubic curves that keep their last values outside of it: v_pi_l, length, built_in_voltage,
// phase_shifter_loss and loss_change do not count then (length still does for the electrode). Neglected: the
// junction's voltage-dependent capacitance (its memory is the linear pole), and forward bias (an arm voltage
// below −V_b/2 is held there).
struct MachZehnder {
  double v_pi_l = 0.022;    // one arm, small-signal at the bias [V m]
  double length = 2.58e-3;  // of the phase shifters [m]
  Drive drive = Drive::push_pull;
  double bias_voltage = 2.0;                        // reverse bias U of both arms [V]
  double bias_phase = 0.0;                          // from quadrature; negative is towards the null [rad]
  double built_in_voltage = 0.9;                    // V_b [V]
  double insertion_loss = from_db(1.0);             // splitters and routing, on-state, as a power ratio
  double phase_shifter_loss = from_db_per_cm(5.0);  // α_0 at 0 V, of power [1/m]
  double loss_change = from_db_per_cm(1.0);         // α_1, of power [1/m]
  double static_extinction = from_db(25.0);         // power ratio, from r
  double rf_loss = from_db_per_cm(5.0);             // of power at rf_loss_frequency, growing with √f [1/m]
  double rf_loss_frequency = 50e9;                  // [Hz]
  double rf_index_mismatch = 0.0;                   // n_RF − n_g
  double rc_bandwidth = 90e9;                       // 1/(2π·R_s·C_j) [Hz]
  double return_loss = from_db(26.0);               // power ratio, seen from the fibre
  bool bias_locked = true;                          // the heater's loop holds bias_phase at any temperature
  double phase_drift = 0.0175;                      // of the free bias point with temperature [rad/K]
  double bias_power = 0.0125;                       // heater, mean over modulators at 25 °C [W]
  double heater_power_per_pi = 0.025;               // [W]
  std::vector<double> arm_voltage;                  // reverse, rising [V]; empty: the depletion law
  std::vector<double> arm_phase;                    // φ of one arm at each of them [rad]
  std::vector<double> arm_loss;                     // of one arm, phase shifter [dB]
  ResponseFile response_file;                       // in place of the electrode and the RC pole
};

inline FieldList describe(Tag<MachZehnder>) {
  using P = MachZehnder;
  return fields<P>(
      "Silicon depletion Mach-Zehnder modulator with travelling-wave electrodes.",
      field<&P::v_pi_l>("v_pi_l", "V cm", 0.01, 1000.0,
                        "Half-wave voltage times length of one arm, small-signal at the bias voltage.")
          .from(Kind::measured,
                "AMF DR8 200G, compiled table prism-pic-design.pages.dev/si_mzm (facts: photonics 4.1)"),
      field<&P::length>("length", "mm", 0.01, 100.0, "Length of the phase shifters.")
          .from(Kind::measured, "AMF DR8 200G, same table"),
      field<&P::drive>("drive",
                       "push_pull: each arm gets half of the differential voltage, with opposite signs; "
                       "single_arm: one arm gets all of it."),
      field<&P::bias_voltage>("bias_voltage", "V", 0.0, 20.0, "Reverse bias of both phase shifters.")
          .from(Kind::assumed, "2 V; the table states 2.5 to 6 V for its neighbours (facts: photonics 4.1)"),
      field<&P::bias_phase>("bias_phase", "deg", -90.0, 90.0,
                            "Distance of the working point from quadrature; negative is towards the null.")
          .from(Kind::choice, ""),
      field<&P::built_in_voltage>(
          "built_in_voltage", "V", 0.3, 1e9,
          "Junction potential of the depletion law; very large makes phase and loss linear.")
          .from(Kind::assumed, "0.8 to 1.0 V (facts: photonics 4.1)"),
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 30.0, "On-state loss of splitters and routing.")
          .from(Kind::derived, "2.1 dB in all, less the phase shifter (facts: photonics 4.1, AMF DR8)"),
      field<&P::phase_shifter_loss>("phase_shifter_loss", "dB/cm", 0.0, 100.0,
                                    "Phase-shifter loss without voltage.")
          .from(Kind::derived,
                "so that the on-state loss is about 2.1 dB in all (facts: photonics 4.1, AMF DR8)"),
      field<&P::loss_change>("loss_change", "dB/cm", 0.0, 50.0,
                             "Loss that sqrt(1 + V/V_b) - 1 = 1 takes away (alpha_1 of the model).")
          .from(Kind::assumed, "a fifth of the loss without voltage"),
      field<&P::static_extinction>(
          "static_extinction", "dB", 3.0, 200.0,
          "Ratio of largest to smallest output at 0 V of both arms, from the arm imbalance.")
          .from(Kind::assumed, "20 dB or more is usual for a static ratio (facts: photonics 4.3)"),
      field<&P::rf_loss>("rf_loss", "dB/cm", 0.0, 100.0,
                         "Electrode loss at rf_loss_frequency; it grows with the root of frequency.")
          .from(Kind::assumed, "5 dB/cm at 50 GHz (facts: photonics 4.1, travelling-wave table)"),
      field<&P::rf_loss_frequency>("rf_loss_frequency", "GHz", 1.0, 500.0,
                                   "Frequency at which rf_loss is stated.")
          .from(Kind::choice, ""),
      field<&P::rf_index_mismatch>("rf_index_mismatch", "", -5.0, 5.0,
                                   "Index of the electrical wave less the group index of light.")
          .from(Kind::assumed, "matched by design"),
      field<&P::rc_bandwidth>("rc_bandwidth", "GHz", 1.0, 10000.0,
                              "Bandwidth of series resistance and junction.")
          .from(Kind::assumed, "60 to 120 GHz (facts: photonics 4.1)"),
      field<&P::return_loss>("return_loss", "dB", 0.0, 100.0, "Return loss seen from the fibre.")
          .from(Kind::datasheet,
                "transmitter reflectance at most -26 dB, 800G-DR8 data sheet (facts: photonics 4.4)"),
      field<&P::bias_locked>("bias_locked",
                             "true: a loop on the heater holds the bias point; false: the heater holds its "
                             "power, and the bias point drifts."),
      field<&P::phase_drift>(
          "phase_drift", "deg/K", -90.0, 90.0,
          "Drift of the free bias point with temperature, from 25 degC; positive is away from the null.")
          .from(
              Kind::derived,
              "arms that differ by 20 um: 2 pi x 20 um x 1.86e-4 /K / 1311 nm (dn/dT of facts: thermal 11)"),
      field<&P::bias_power>("bias_power", "mW", 0.0, 1000.0,
                            "Power of the bias heater at 25 degC, mean over modulators.")
          .from(Kind::assumed, "half of 25 mW per pi; 20 to 40 mW per pi is usual (facts: photonics 4.3)"),
      field<&P::heater_power_per_pi>("heater_power_per_pi", "mW", 0.01, 1000.0,
                                     "Heater power that turns the phase by pi.")
          .from(Kind::assumed, "20 to 40 mW per pi (facts: photonics 4.3)"),
      field<&P::arm_voltage>("arm_voltage", "V", -2.0, 20.0,
                             "Reverse voltages of a measured table, rising; empty for the depletion law.")
          .from(Kind::choice, ""),
      field<&P::arm_phase>(
          "arm_phase", "deg", -36000.0, 36000.0,
          "Measured phase of one arm at each voltage of the table, rising with reverse bias.")
          .from(Kind::choice, ""),
      field<&P::arm_loss>(
          "arm_loss", "", 0.0, 60.0,
          "Measured loss of one arm, phase shifter alone, in dB at each voltage of the table.")
          .from(Kind::choice, ""),
      response_file_field<&P::response_file>());
}

template <>
struct PartTraits<MachZehnder> {
  static constexpr std::string_view type = "mach_zehnder";
  static constexpr Domain input = Domain::voltage, output = Domain::field;
  static constexpr Place place = Place::module;
};

// Refuses a table whose columns differ in length or whose voltages do not rise.
void resolve(MachZehnder&, ReadContext&, const Node&, const std::string& path);

// Response of the electrode at f [Hz] (travelling_wave.hpp), without the RC pole.
std::complex<double> travelling_wave(const MachZehnder&, double f);

// Travelling wave times the RC pole.
Response input_response(const MachZehnder&, const Conditions&);
// Field for light of conditions.light.power [sqrt(W)].
FieldLaw law(const MachZehnder&, const Conditions&, std::span<const float> in);
// dP/dv [W/V].
void slope(const MachZehnder&, const Conditions&, std::span<const float> in, std::span<float> slope);
// The bias point with what drift adds where no loop holds it, from quadrature [rad].
double bias_phase(const MachZehnder&, const Conditions&);
// Heater power [W]: what drift adds, the heater gives less; below zero it turns a full period further.
double power(const MachZehnder&, const Conditions&);
double reflectance(const MachZehnder&);
// Loss at full transmission, phase shifters at the bias voltage included; modulation and bias point are not
// in it.
double optical_loss(const MachZehnder&);
// Of the response file, and that the bias lies outside of the table.
std::vector<std::string> remarks(const MachZehnder&, const Conditions&);
// Keys that do not count beside a response_file or a table of the arms.
std::vector<std::string_view> unused(const MachZehnder&);

}  // namespace waverack::parts

namespace waverack {
template <>
struct EnumNames<parts::Drive> {
  static constexpr std::array<EnumName<parts::Drive>, 2> list{
      {{"push_pull", parts::Drive::push_pull}, {"single_arm", parts::Drive::single_arm}}};
};
}  // namespace waverack
