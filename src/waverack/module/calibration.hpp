#pragma once
// What the calibration loops of a module need beside its parts. (theory: calibration)
//
// The package gives the local ambient, the part's own card its self-heating, never both: an ambient here is
// what a thermal solver or a thermometer beside the part would show.

#include <vector>

#include "waverack/base/profile.hpp"
#include "waverack/thermal/stack.hpp"

namespace waverack::module {

// A photodiode that watches a small share of the light, its amplifier and its converter.
struct Monitor {
  double responsivity = 0.9;     // [A/W]
  double dark_current = 10e-9;   // [A]
  double noise_density = 1e-12;  // of the amplifier, at its input, one-sided [A/sqrt(Hz)]
  double converter_enob = 11.0;  // effective bits of the converter; 0: none
  double head_room = 1.5;        // full scale of the converter over the largest current
  double sample_rate = 1e6;      // [Hz]
  double power = 1e-3;           // monitor, converter and arithmetic of one lane [W]
};

inline FieldList describe(Tag<Monitor>) {
  using P = Monitor;
  return fields<P>(
      "The monitor photodiode of a lock, with its amplifier and converter.",
      field<&P::responsivity>("responsivity", "A/W", 0.01, 2.0, "Photocurrent per optical power.")
          .from(Kind::assumed, "0.85 to 1.0 A/W for germanium (facts: photonics 6.1)"),
      field<&P::dark_current>("dark_current", "nA", 0.0, 1e6, "Dark current.")
          .from(Kind::assumed, "1 to 50 nA (facts: photonics 6.1)"),
      field<&P::noise_density>("noise_density", "pA/sqrt(Hz)", 0.0, 1e6,
                               "One-sided noise of the amplifier, referred to its input.")
          .from(Kind::assumed, "thermal noise of a transimpedance of 16.6 kohm"),
      field<&P::converter_enob>("converter_enob", "", 0.0, 24.0,
                                "Effective number of bits of the converter; 0 for none.")
          .from(Kind::assumed, "a converter of 12 bits"),
      field<&P::head_room>("head_room", "", 1.0, 100.0, "Full scale over the largest photocurrent.")
          .from(Kind::assumed, "half of the largest current on top"),
      field<&P::sample_rate>("sample_rate", "kHz", 1.0, 1e6, "Samples of the converter in a second.")
          .from(Kind::assumed, "1 MHz: the converter of a microcontroller"),
      field<&P::power>("power", "mW", 0.0, 1000.0,
                       "Power of monitor, converter and arithmetic, for each lane.")
          .from(Kind::assumed, "of the order of a share in a microcontroller"));
}

// The lock of a Mach-Zehnder modulator's bias (quadrature_lock.hpp).
struct QuadratureSettings {
  double tap = 0.02;                       // share of the light that the monitor gets
  double dither = 0.05235987755982989;     // amplitude of the phase, 3 degrees [rad]
  double dither_frequency = 2e3;           // [Hz]
  double dither_distortion = 1e-4;         // second harmonic of the phase over the dither
  int periods = 10;                        // of the dither between two corrections
  double gain = 0.2;                       // share of the error that one correction takes away
  double heater_time_constant = 20e-6;     // [s]
  double ambient_rate = 1.0;               // of the modulator's surroundings [K/s]
  double start = 1.5707963267948966;       // phase error before the lock closes, 90 degrees [rad]
  double tolerance = 0.03490658503988659;  // that counts as locked, 2 degrees [rad]
  double duration = 2.0;                   // of the run [s]
};

inline FieldList describe(Tag<QuadratureSettings>) {
  using P = QuadratureSettings;
  return fields<P>(
      "Lock of a Mach-Zehnder modulator's bias by a sine dither on its heater.",
      field<&P::tap>("tap", "", 1e-6, 0.5, "Share of the modulated light that the monitor gets.")
          .from(Kind::assumed, "a coupler of 2 %"),
      field<&P::dither>("dither", "deg", 0.01, 60.0, "Amplitude of the dither, as a phase.")
          .from(Kind::assumed, "so that its penalty at quadrature is below 0.01 dB"),
      field<&P::dither_frequency>("dither_frequency", "kHz", 1e-3, 1000.0, "Frequency of the dither.")
          .from(Kind::assumed, "slow beside the heater"),
      field<&P::dither_distortion>(
          "dither_distortion", "", 0.0, 0.1,
          "Second harmonic of the heater's phase over the dither, after the square law of its voltage is "
          "taken out.")
          .from(Kind::assumed, "-80 dB"),
      field<&P::periods>("periods", "", 1, 100000, "Periods of the dither between two corrections.")
          .from(Kind::choice, ""),
      field<&P::gain>("gain", "", 1e-4, 1.9, "Share of the measured error that one correction takes away.")
          .from(Kind::choice, ""),
      field<&P::heater_time_constant>("heater_time_constant", "us", 0.01, 1e6, "Time constant of the heater.")
          .from(Kind::assumed, "10 to 50 us of a heater over a waveguide"),
      field<&P::ambient_rate>("ambient_rate", "K/s", -1e4, 1e4,
                              "How fast the surroundings of the modulator warm up; its phase_drift follows.")
          .from(Kind::assumed, "a module that warms up"),
      field<&P::start>("start", "deg", -179.0, 179.0, "Phase error before the lock closes.")
          .from(Kind::derived, "mean distance of a phase that may be anything"),
      field<&P::tolerance>("tolerance", "deg", 0.01, 90.0, "Phase error that counts as locked.")
          .from(Kind::measured, "below 2 degrees, Appl. Opt. 58, 3986 (2019) (facts: photonics 11)"),
      field<&P::duration>("duration", "s", 1e-3, 1000.0, "Length of the run.").from(Kind::choice, ""));
}

// The lock of a ring (ring_lock.hpp, ring_error_lock.hpp).
struct RingSettings {
  double drop_share = 0.01;             // of the light lost in the ring that the drop port gets
  double level_error = 0.01;            // of the light at the monitor against what the lock was taught
  double heater_time_constant = 10e-6;  // [s]
  double update_interval = 20e-6;       // [s]
  double gain = 0.2;                    // share of the error that one correction takes away
  double scan_rate = 200e-9;            // of the resonance while it is searched for [m/s]
  double tolerance = 0.05;              // of the detuning that counts as locked, in half-widths
  double ramp = 800.0;                  // of the ambient [K/s]
  double ramp_rise = 20.0;              // how far it goes [K]
  double ramp_tolerance = 0.1;          // largest error of a ramp that is followed, in half-widths
  double error_window = 10e-3;          // over which errors are counted on either side [s]
  double probe = 0.05;                  // how far either side is away, in half-widths
  double error_gain = 0.3;              // as `gain`, of the lock by errors
  int error_updates = 200;              // of the lock by errors in its run
};

inline FieldList describe(Tag<RingSettings>) {
  using P = RingSettings;
  return fields<P>(
      "Locks of a micro-ring by the light at its drop port and by the error ratio.",
      field<&P::drop_share>("drop_share", "", 1e-6, 1.0,
                            "Share of the light lost in the ring that a drop port gives to the monitor.")
          .from(Kind::assumed, "a weak tap"),
      field<&P::level_error>(
          "level_error", "", -0.5, 1.0,
          "Light at the monitor over what the lock was taught, less one: laser and coupling "
          "drift.")
          .from(Kind::assumed, "1 %"),
      field<&P::heater_time_constant>("heater_time_constant", "us", 0.01, 1e6, "Time constant of the heater.")
          .from(Kind::assumed, "of the order of the ring's own 2 to 10 us (facts: photonics 4.2)"),
      field<&P::update_interval>("update_interval", "us", 0.1, 1e6, "Time between two corrections.")
          .from(Kind::assumed, "slow beside the heater"),
      field<&P::gain>("gain", "", 1e-4, 1.9, "Share of the measured error that one correction takes away.")
          .from(Kind::choice, ""),
      field<&P::scan_rate>("scan_rate", "nm/s", 0.01, 1e6,
                           "How fast the resonance comes down from warmer while it is searched for.")
          .from(Kind::choice, ""),
      field<&P::tolerance>("tolerance", "", 1e-4, 10.0,
                           "Error of the detuning that counts as locked, in half-widths.")
          .from(Kind::choice, ""),
      field<&P::ramp>("ramp", "K/s", 1e-6, 1e7, "Ramp of the ambient that the lock shall follow.")
          .from(Kind::claim, "800 degC/s, Ayar EVT/DVT (facts: photonics 11)"),
      field<&P::ramp_rise>("ramp_rise", "K", 0.01, 200.0, "How far the ambient goes on the ramp.")
          .from(Kind::assumed, "an ASIC that wakes up"),
      field<&P::ramp_tolerance>("ramp_tolerance", "", 1e-4, 10.0,
                                "Largest error of the detuning on a ramp that counts as followed, in "
                                "half-widths.")
          .from(Kind::choice, ""),
      field<&P::error_window>("error_window", "ms", 1e-3, 1e6,
                              "Time over which errors are counted on either side of the working point.")
          .from(Kind::choice, ""),
      field<&P::probe>("probe", "", 1e-4, 1.0,
                       "How far either side is away from the working point, in half-widths.")
          .from(Kind::choice, ""),
      field<&P::error_gain>("error_gain", "", 1e-4, 1.9,
                            "Share of the measured error that one correction of the lock by errors takes "
                            "away.")
          .from(Kind::choice, ""),
      field<&P::error_updates>("error_updates", "", 10, 100000,
                               "Corrections in the run of the lock by errors.")
          .from(Kind::choice, ""));
}

// Which ring of a bank takes which wavelength (ring_assignment.hpp).
struct AssignmentSettings {
  double pitch = 50e-6;                  // between two rings [m]
  double common_spread = 2.5e-9;         // of all rings of a bank together, rms [m]
  double difference_spread = 1e-9;       // of two rings 1 cm apart, rms [m]; its square grows with distance
  double local_spread = 0.0;             // of each ring by itself, rms [m]
  std::vector<double> heater_crosstalk;  // shift of rings 1, 2, … away over that of the heated one
  double sweep_step = 10e-12;            // of the resonance while peaks are searched for [m]
  double step_time = 50e-6;              // for each of these steps [s]
  int banks = 2000;                      // that are drawn
};

inline FieldList describe(Tag<AssignmentSettings>) {
  using P = AssignmentSettings;
  return fields<P>(
      "Assignment of the rings of a bank to wavelengths.",
      field<&P::pitch>("pitch", "um", 1.0, 1e6, "Distance of two rings.").from(Kind::assumed, "50 um"),
      field<&P::common_spread>("common_spread", "nm", 0.0, 1e6,
                               "Spread of the resonance that all rings of a bank share, rms.")
          .from(Kind::assumed, "1 nm of width and of thickness at 1 nm/nm and 2 nm/nm (facts: photonics 9)"),
      field<&P::difference_spread>(
          "difference_spread", "nm", 0.0, 1e6,
          "Spread of the difference of two rings 1 cm apart, rms; its square grows with distance.")
          .from(Kind::measured, "1 nm^2/cm, Mohamed et al. (facts: photonics 9)"),
      field<&P::local_spread>("local_spread", "nm", 0.0, 1e6, "Spread of each ring by itself, rms.")
          .from(Kind::choice, "0: the law of distance holds it"),
      field<&P::heater_crosstalk>("heater_crosstalk", "", 0.0, 1.0,
                                  "Shift of the rings 1, 2, ... places away over that of the heated one; "
                                  "empty for none.")
          .from(Kind::choice, "none"),
      field<&P::sweep_step>("sweep_step", "pm", 0.01, 1e5,
                            "Step of the resonance while the heater is swept for peaks at the drop port.")
          .from(Kind::assumed, "a small part of the width of a resonance"),
      field<&P::step_time>("step_time", "us", 0.01, 1e9, "Time for each of these steps.")
          .from(Kind::assumed, "five time constants of the heater"),
      field<&P::banks>("banks", "", 1, 10000000, "Banks that are drawn.").from(Kind::choice, ""));
}

// How the settings of driver and host are looked for on the line (study/line_tuning.hpp).
enum class LineSearch { quadratic, coordinate, nelder_mead };

struct TuningSettings {
  LineSearch search = LineSearch::quadratic;
  int measurements = 60;           // that the line pays for each lane
  double measurement_noise = 0.1;  // rms [dB]
  double measurement_time = 1.0;   // [s]
  double gain_spread = 1.0;        // of drivers, rms [dB]
  double bandwidth_spread = 0.05;  // of drivers, rms over the mean
  double half_wave_spread = 0.03;  // of modulators, rms over the mean
};

inline FieldList describe(Tag<TuningSettings>) {
  using P = TuningSettings;
  return fields<P>(
      "Tuning of driver and host on the production line, lane by lane.",
      field<&P::search>("search",
                        "quadratic: a parabola through what was measured; coordinate: one setting after the "
                        "other; nelder_mead: the simplex."),
      field<&P::measurements>("measurements", "", 3, 100000, "Measurements that the line pays for a lane.")
          .from(Kind::choice, ""),
      field<&P::measurement_noise>("measurement_noise", "", 0.0, 10.0, "Noise of one measurement in dB, rms.")
          .from(Kind::assumed, "repeatability of a transmitter measurement"),
      field<&P::measurement_time>("measurement_time", "s", 1e-6, 1e6, "Time of one measurement.")
          .from(Kind::assumed, "settings are written, light settles, a pattern is captured"),
      field<&P::gain_spread>("gain_spread", "", 0.0, 10.0, "Spread of the gain of drivers in dB, rms.")
          .from(Kind::assumed, "1 dB"),
      field<&P::bandwidth_spread>("bandwidth_spread", "", 0.0, 0.3,
                                  "Spread of the bandwidth of drivers over its mean, rms.")
          .from(Kind::assumed, "5 %"),
      field<&P::half_wave_spread>("half_wave_spread", "", 0.0, 0.3,
                                  "Spread of the half-wave voltage of modulators over its mean, rms.")
          .from(Kind::assumed, "3 %"));
}

// How the receiver's equaliser finds its taps (study/tap_training.hpp).
struct TrainingSettings {
  double step = 0.02;  // of the LMS rule, over the mean power of its inputs
  int symbols = 200000;
};

inline FieldList describe(Tag<TrainingSettings>) {
  using P = TrainingSettings;
  return fields<P>(
      "Training of the receiver's equaliser by the LMS rule.",
      field<&P::step>("step", "", 1e-6, 0.5,
                      "Step of the rule over the mean power of all its inputs, where the receiver's "
                      "adaptation_step is 0.")
          .from(Kind::assumed, "a misadjustment of 1 %"),
      field<&P::symbols>("symbols", "", 1000, 100000000, "Symbols of the run.").from(Kind::choice, ""));
}

// The chip beside the module takes more power (power_step.hpp).
struct PowerStepSettings {
  ProfileOf<thermal::Stack> stack;  // the module with its neighbour; none: no step
  std::string block = "asic";
  double share_before = 0.3;
  double first_step = 1e-3;  // in time [s]
  double duration = 10.0;    // [s]
  double ramp_at = 0.1;      // when the ramp of the ring lock begins on top [s]
};

inline FieldList describe(Tag<PowerStepSettings>) {
  using P = PowerStepSettings;
  return fields<P>(
      "A step of the power of the chip beside the module, and what the locks of its modulators make of it.",
      field<&P::stack>(
          "stack",
          "The module with its neighbour: a stack with the blocks of the package's sites; none: no step."),
      field<&P::block>("block", "The neighbour's block, with its power after the step."),
      field<&P::share_before>("share_before", "", 0.0, 10.0, "Share of that power before the step.")
          .from(Kind::assumed, "an idle switch against a loaded one"),
      field<&P::first_step>("first_step", "ms", 1e-3, 1e5,
                            "First step in time; ten of each length, then twice it.")
          .from(Kind::choice, "below the time that heat takes from one die to the other"),
      field<&P::duration>("duration", "s", 1e-3, 1e5, "Time that is followed.").from(Kind::choice, ""),
      field<&P::ramp_at>(
          "ramp_at", "s", 0.0, 1e5,
          "When a ramp of the ambient as the ring's lock has it, up and down again, comes on top.")
          .from(Kind::choice, "while the step is still on its way"));
}

struct Calibration {
  Monitor monitor;
  QuadratureSettings quadrature;
  RingSettings ring;
  AssignmentSettings assignment;
  TuningSettings tuning;
  TrainingSettings training;
  PowerStepSettings power_step;
};

inline FieldList describe(Tag<Calibration>) {
  using P = Calibration;
  return fields<P>("Calibration loops; read by `waverack calibrate` alone.",
                   field<&P::monitor>("monitor", "Monitor photodiode of the locks."),
                   field<&P::quadrature>("quadrature", "Bias of a Mach-Zehnder modulator."),
                   field<&P::ring>("ring", "Resonance of a micro-ring."),
                   field<&P::assignment>("assignment", "Rings of a bank and their wavelengths."),
                   field<&P::tuning>("tuning", "Driver and host on the production line."),
                   field<&P::training>("training", "Equaliser of the receiver."),
                   field<&P::power_step>("power_step", "A step of the power of the chip beside the module."));
}

}  // namespace waverack::module

namespace waverack {
template <>
struct EnumNames<module::LineSearch> {
  static constexpr std::array<EnumName<module::LineSearch>, 3> list{
      {{"quadratic", module::LineSearch::quadratic},
       {"coordinate", module::LineSearch::coordinate},
       {"nelder_mead", module::LineSearch::nelder_mead}}};
};
}  // namespace waverack
