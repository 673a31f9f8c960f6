#pragma once
// A continuous-wave laser diode: light and current against temperature, intensity noise with its relaxation
// resonance, and the reflections it bears. A quantum-well and a quantum-dot laser are two sets of numbers.

#include <functional>
#include <optional>

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/laser_module.hpp"
#include "waverack/parts/loss_step.hpp"
#include "waverack/parts/measured_laser.hpp"
#include "waverack/parts/thermoelectric_cooler.hpp"
#include "waverack/parts/warming.hpp"

namespace waverack::parts {

// Facts: photonics 5.2. With T_j the temperature of the junction, T that of its surroundings:
//   I_th = I_0·exp((T_j − T_ref)/T_0),  η = η_0·exp(−(T_j − T_ref)/T_1),  P = η·(I − I_th),
//   V = V_0 + I·R_s,  T_j = T + R_th·(V·I − P)
// The heat of the junction makes the light roll over: beyond some current there is less of it, so the power
// has a largest value at each temperature. The current is the one that gives `output_power`; or
// `drive_current` is stated, and the power follows the temperature.
//
// Where there is a `liv_file`, the current comes from the measured table instead (measured_laser.hpp), and
// the voltage too if it was measured: threshold, slope, their temperatures, and then diode_voltage and
// series_resistance, do not count. The surroundings are the heat sink of the measurement, so the laser's own
// heat is in it; thermal_resistance only tells the temperature of the junction.
//
// Noise, linewidth and damping are those of the operating point and do not follow the temperature. Mode hops,
// the drift of the wavelength and spatial hole burning are not modelled.
struct DiodeLaser {
  double output_power = 0.1;              // in the fibre or waveguide [W]
  double drive_current = 0.0;             // 0: the one that gives output_power [A]
  double wavelength = 1311e-9;            // at 25 °C [m]
  double wavelength_drift = 0.1e-9;       // with temperature [m/K]
  double threshold_current = 10e-3;       // I_0 [A]
  double slope_efficiency = 0.37;         // η_0 [W/A]
  double reference_temperature = 298.15;  // T_ref, of both [K]
  double threshold_temperature = 90.0;    // T_0 [K]
  double slope_temperature = 200.0;       // T_1 [K]
  double diode_voltage = 0.9;             // V_0 [V]
  double series_resistance = 1.2;         // R_s [ohm]
  double thermal_resistance = 20.0;       // R_th, junction to surroundings [K/W]
  double largest_current = 0.6;           // rating [A]
  double overhead = 0.0;                  // control, relative to the power of the laser and its cooler
  ThermoelectricCooler cooler;
  double ageing = from_db(1.0);  // power when new over that at the end of life
  LaserModule laser_module;      // where it is external

  double rin = from_db(-150.0);            // floor, one-sided, relative to CW power [1/Hz]
  double rin_resonance = from_db(-144.0);  // above the floor, at the relaxation resonance [1/Hz]
  double relaxation_frequency = 7e9;       // [Hz]
  double damping_rate = 10e9;              // γ [1/s]
  double linewidth = 1e6;                  // Lorentzian, full width [Hz]

  double linewidth_enhancement = 3.0;  // α_H
  double facet_reflectance = 0.32;     // R of the facet that sees the reflections, power ratio
  double round_trip_time = 8e-12;      // τ_L of the cavity [s]

  LivFile liv_file;  // measured light and voltage in place of threshold, slope and voltage
};

inline FieldList describe(Tag<DiodeLaser>) {
  using P = DiodeLaser;
  constexpr std::string_view facet_model = "quantum well, reference case of facts: photonics 5.2";
  return fields<P>(
      "Laser diode: light and current over temperature, noise resonance, feedback that it bears.",
      field<&P::output_power>("output_power", "dBm", -30.0, 40.0,
                              "Optical power in the fibre or waveguide; the current follows from it.")
          .from(Kind::claim, "CW DFB, 100 to 200 mW uncooled (facts: photonics 5.1)"),
      field<&P::drive_current>(
          "drive_current", "mA", 0.0, 10000.0,
          "Current that is held, so that the power follows the temperature; 0: output_power "
          "is held.")
          .from(Kind::choice, "0: the power is held"),
      field<&P::wavelength>("wavelength", "nm", 400.0, 2500.0, "Wavelength in vacuum at 25 degC.")
          .from(Kind::standard, "DR: 1311 nm class (facts: standards 9.2)"),
      wavelength_drift_field<&P::wavelength_drift>(),
      field<&P::threshold_current>("threshold_current", "mA", 0.01, 1000.0,
                                   "Threshold current with the junction at reference_temperature.")
          .from(Kind::assumed, "quantum well 5 to 15 mA (facts: photonics 5.1)"),
      field<&P::slope_efficiency>("slope_efficiency", "W/A", 0.001, 2.0,
                                  "Light per current above threshold at reference_temperature.")
          .from(Kind::derived, "so that 100 mW at 70 degC have an efficiency of 20 %, as the Casela chip"),
      field<&P::reference_temperature>("reference_temperature", "degC", -50.0, 150.0,
                                       "Junction temperature at which threshold and slope are stated.")
          .from(Kind::choice, "room temperature"),
      field<&P::threshold_temperature>("threshold_temperature", "K", 10.0, 10000.0,
                                       "T_0: the threshold rises by e over this rise of temperature.")
          .from(Kind::assumed, "AlGaInAs quantum wells 80 to 100 K (facts: photonics 5.1)"),
      field<&P::slope_temperature>("slope_temperature", "K", 10.0, 10000.0,
                                   "T_1: the slope falls by 1/e over this rise of temperature.")
          .from(Kind::assumed, "about twice T_0"),
      field<&P::diode_voltage>("diode_voltage", "V", 0.1, 5.0, "Voltage of the junction without current.")
          .from(Kind::assumed, "just below the 0.95 V of a photon at 1310 nm"),
      field<&P::series_resistance>("series_resistance", "ohm", 0.0, 100.0, "Series resistance.")
          .from(Kind::assumed, "usual for a long ridge laser"),
      field<&P::thermal_resistance>("thermal_resistance", "K/W", 0.0, 1000.0,
                                    "From the junction to the surroundings; makes the light roll over.")
          .from(Kind::assumed, "usual for a long chip on a carrier"),
      field<&P::largest_current>("largest_current", "mA", 0.1, 10000.0, "Rating of the current.")
          .from(Kind::assumed, "usual for a laser of 100 to 200 mW"),
      field<&P::overhead>("overhead", "", 0.0, 20.0,
                          "Power of control, relative to that of the laser and its cooler.")
          .from(Kind::choice, "0: none"),
      field<&P::cooler>("cooler", "Thermoelectric cooler that holds the laser at its temperature."),
      field<&P::ageing>(
          "ageing", "dB", 0.0, 10.0,
          "Light that the laser loses until the end of its life at the current of its first day.")
          .from(Kind::assumed, laser_ageing),
      field<&P::laser_module>("laser_module", "The laser module it sits in, where it is external."),
      field<&P::rin>("rin", "dB/Hz", -200.0, -90.0,
                     "Relative intensity noise far above the relaxation resonance.")
          .from(Kind::assumed, "quantum-well DFB -140 to -150 dB/Hz (facts: photonics 5.1)"),
      field<&P::rin_resonance>("rin_resonance", "dB/Hz", -200.0, -90.0,
                               "What the relaxation resonance adds at its peak, without feedback.")
          .from(Kind::assumed, "with the floor -143 dB/Hz, quantum-well DFB (facts: photonics 5.1)"),
      field<&P::relaxation_frequency>("relaxation_frequency", "GHz", 0.1, 100.0,
                                      "Relaxation resonance at the operating point.")
          .from(Kind::assumed, "usual for a laser of about ten times its threshold"),
      field<&P::damping_rate>("damping_rate", "1/ns", 0.1, 1000.0, "Damping rate of the resonance.")
          .from(Kind::assumed, facet_model),
      field<&P::linewidth>("linewidth", "MHz", 0.0, 10000.0, "Full width of the Lorentzian line.")
          .from(Kind::assumed, "usual value of a CW DFB; direct detection does not see it"),
      field<&P::linewidth_enhancement>("linewidth_enhancement", "", 0.01, 20.0,
                                       "Linewidth enhancement factor alpha_H.")
          .from(Kind::assumed, "quantum wells 2 to 5 (facts: photonics 5.1)"),
      field<&P::facet_reflectance>("facet_reflectance", "", 0.0001, 0.99,
                                   "Reflectance of the facet towards the fibre.")
          .from(Kind::assumed, facet_model),
      field<&P::round_trip_time>("round_trip_time", "ps", 0.1, 1000.0, "Round trip of the laser's cavity.")
          .from(Kind::assumed, facet_model),
      field<&P::liv_file>(
          "liv_file",
          "Measured light and voltage against current and temperature in place of threshold and "
          "slope: a .csv file, relative to the design."));
}

template <>
struct PartTraits<DiodeLaser> {
  static constexpr std::string_view type = "diode_laser";
  static constexpr Domain input = Domain::none, output = Domain::light;
  static constexpr Place place = Place::module;
};

// How a laser is driven for a power.
struct LaserDrive {
  double current = 0.0;               // [A]
  double voltage = 0.0;               // [V]
  double junction_temperature = 0.0;  // [K]
  double threshold = 0.0;             // at that junction temperature [A]
  double efficiency = 0.0;            // optical over electrical, cooler and control not included
};

// The drive for `power` [W] in surroundings of `temperature` [K]; nothing where the light rolls over before
// it gets there, or where the current would pass its rating.
std::optional<LaserDrive> drive_for(const DiodeLaser&, double power, double temperature);
// The largest power that has a drive [W].
double largest_power(const DiodeLaser&, double temperature);

// The light of `current` [A] below the roll-over [W]; 0 below threshold, nothing beyond the roll-over or the
// rating.
std::optional<double> power_at(const DiodeLaser&, double current, double temperature);
// What the laser gives as it is driven [W], by output_power or drive_current.
std::optional<double> emitted_power(const DiodeLaser&, double temperature);

// Feedback at which the laser loses its coherence (Helms and Petermann, IEEE J. Quantum Electron. 26, 833,
// 1990; facts: photonics 5.2), as the power that comes back over the power that left:
//   f_c = τ_L²·γ²/(16·|C|²)·(1 + α²)/α⁴,  |C| = (1 − R)/(2·√R)
// The formula is that of a laser with two facets, weak feedback and a long external cavity. Where it passes 1
// it says nothing any more: the level is then 1, and `formula` shows what it gave.
struct CriticalFeedback {
  double level = 1.0;
  double formula = 1.0;
};
CriticalFeedback critical_feedback(const DiodeLaser&);

// Intensity noise at `feedback_ratio`, the feedback over its critical level, as a density of frequency
// [1/Hz], one-sided:
//   RIN(f) = floor + resonance·(Γ·f)²/((f_r² − f²)² + (Γ'·f)²),  Γ = γ/2π,
//   Γ' = Γ·max(1 − √feedback_ratio, least_damping)
// Helms and Petermann find the critical level where feedback cancels the damping, and the change of the
// damping is proportional to the field that comes back. That the noise follows the damping on the way there
// is assumed, and so is the worst phase of the reflection. The peak rises by 1 dB at a ratio of −19 dB.
std::function<double(double)> rin_density(const DiodeLaser&, double feedback_ratio);
inline constexpr double least_damping = 0.1;  // reached 0.9 dB below the critical level; the model ends there

// Temperature of the case, and of what the laser is mounted on: that of its cooler, if it has one, or of the
// case [K]. The functions above are to be asked with the latter.
double case_temperature(const DiodeLaser&, const Conditions&);
double mount_temperature(const DiodeLaser&, const Conditions&);

// How the laser draws its power in these surroundings; not a number where output_power has no drive there
// (light_after in light.hpp refuses such a laser), and infinite where the cooler cannot hold its temperature.
struct LaserPower {
  double laser = 0.0;    // of the laser itself, V·I [W]
  double cooler = 0.0;   // [W]
  double control = 0.0;  // [W]
};
LaserPower laser_power(const DiodeLaser&, const Conditions&);

// Without feedback.
Light light(const DiodeLaser&, const Conditions&);
// Electrical power of one laser, cooler and control included [W]: the sum of laser_power.
double power(const DiodeLaser&, const Conditions&);
// Keys that do not count beside the table.
std::vector<std::string_view> unused(const DiodeLaser&);
// That the table is used outside of its temperatures or currents.
std::vector<std::string> remarks(const DiodeLaser&, const Conditions&);

}  // namespace waverack::parts
