#include "waverack/compliance/com_sheet.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/reader.hpp"

namespace waverack::compliance {
namespace {

constexpr std::string_view c2c = "COM sheet 3ck_SA_120F_C2C_08_17_2022 (facts: standards 5.4)";
constexpr int most_values = 10'000;     // of a range
constexpr double most_settings = 1e10;  // of the equaliser: days of an exhaustive search
constexpr double unlimited = std::numeric_limits<double>::infinity();

}  // namespace

FieldList describe(Tag<ComRange>) {
  using R = ComRange;
  return fields<R>(
      "Values from first to last in equal steps.",
      field<&R::first>("first", "", -100.0, 100.0, "First value.").from(Kind::choice, ""),
      field<&R::last>("last", "", -100.0, 100.0, "Last value.").from(Kind::choice, ""),
      field<&R::step>("step", "", 0.0, 100.0, "Step between values; its sign follows from the ends.")
          .from(Kind::choice, ""));
}

FieldList describe(Tag<ComSignal>) {
  using S = ComSignal;
  return fields<S>(
      "Rate, levels, amplitudes and error ratio.",
      field<&S::symbol_rate>("symbol_rate", "GBd", 0.1, 1000.0, "Symbol rate f_b.").from(Kind::standard, c2c),
      field<&S::levels>("levels", "", 2, 16, "Levels L of the signal.").from(Kind::standard, c2c),
      field<&S::samples_per_symbol>("samples_per_symbol", "", 4, 1024,
                                    "Samples M of the pulse response per UI.")
          .from(Kind::standard, c2c),
      field<&S::victim_amplitude>("victim_amplitude", "V", 1e-3, 10.0, "A_v, peak differential output.")
          .from(Kind::standard, c2c),
      field<&S::far_end_amplitude>("far_end_amplitude", "V", 0.0, 10.0, "A_fe, that of far-end aggressors.")
          .from(Kind::standard, c2c),
      field<&S::near_end_amplitude>("near_end_amplitude", "V", 0.0, 10.0,
                                    "A_ne, that of near-end aggressors.")
          .from(Kind::standard, c2c),
      field<&S::level_mismatch>("level_mismatch", "", 0.1, 1.0, "R_LM.").from(Kind::standard, c2c),
      field<&S::detector_error_ratio>("detector_error_ratio", "", 1e-30, 0.4, "DER0.")
          .from(Kind::standard, c2c));
}

FieldList describe(Tag<ComNoise>) {
  using N = ComNoise;
  return fields<N>(
      "Noise and jitter.",
      field<&N::density>("density", "V^2/GHz", 0.0, 1e-3, "One-sided noise density eta_0 at the receiver.")
          .from(Kind::standard, c2c),
      field<&N::transmitter_snr>("transmitter_snr", "dB", 0.0, 200.0, "SNR_TX.").from(Kind::standard, c2c),
      field<&N::random_jitter>("random_jitter", "UI", 0.0, 1.0, "sigma_RJ, rms.").from(Kind::standard, c2c),
      field<&N::dual_dirac_jitter>("dual_dirac_jitter", "UI", 0.0, 1.0, "A_DD, half of the distance.")
          .from(Kind::standard, c2c));
}

FieldList describe(Tag<ComTransmitter>) {
  using T = ComTransmitter;
  return fields<T>(
      "Edge and equaliser of the transmitter.",
      field<&T::rise_time>("rise_time", "ps", 0.0, 1000.0, "T_r of the Gaussian filter.")
          .from(Kind::standard, c2c),
      field<&T::smallest_main_tap>("smallest_main_tap", "", 0.0, 1.0, "Smallest c(0).")
          .from(Kind::standard, c2c),
      field<&T::pre_taps>("pre_taps", "Ranges of the taps before the main one, the farthest first."),
      field<&T::post_taps>("post_taps", "Ranges of the taps after the main one, the nearest first."));
}

FieldList describe(Tag<ComAllowedGain>) {
  using A = ComAllowedGain;
  return fields<A>(
      "Range of g_DC that goes with one g_DC2.",
      field<&A::dc_gain_low_db>("dc_gain_low_db", "", -60.0, 60.0,
                                "g_DC2 in dB down to which, from the entry before, this range holds.")
          .must_be_given(),
      field<&A::highest_db>("highest_db", "", -60.0, 60.0, "Highest g_DC in dB.").must_be_given(),
      field<&A::lowest_db>("lowest_db", "", -60.0, 60.0, "Lowest g_DC in dB.").must_be_given());
}

FieldList describe(Tag<ComCtle>) {
  using C = ComCtle;
  return fields<C>(
      "Continuous-time linear equaliser of the receiver.",
      field<&C::zero>("zero", "GHz", 1e-3, 1000.0, "f_z.").from(Kind::standard, c2c),
      field<&C::pole_1>("pole_1", "GHz", 1e-3, 1000.0, "f_p1.").from(Kind::standard, c2c),
      field<&C::pole_2>("pole_2", "GHz", 1e-3, 1000.0, "f_p2.").from(Kind::standard, c2c),
      field<&C::low_pole>("low_pole", "GHz", 1e-6, 1000.0, "f_LF, zero and pole of the low-frequency part.")
          .from(Kind::standard, c2c),
      field<&C::dc_gain_db>("dc_gain_db", "g_DC in dB."),
      field<&C::dc_gain_low_db>("dc_gain_low_db", "g_DC2 (g_DC_HP) in dB."),
      field<&C::allowed>("allowed", "Pairs of gains that are allowed, g_DC2 falling; empty for all."));
}

FieldList describe(Tag<ComReceiverFilter>) {
  using F = ComReceiverFilter;
  return fields<F>(
      "Noise filter of the receiver: a fourth-order Butterworth.",
      field<&F::bandwidth_ratio>("bandwidth_ratio", "", 0.05, 10.0, "f_r over the symbol rate.")
          .from(Kind::standard, c2c),
      field<&F::raised_cosine_start>("raised_cosine_start", "GHz", 0.0, 1000.0,
                                     "Where a raised cosine begins to fall; 0 for none.")
          .from(Kind::choice, ""),
      field<&F::raised_cosine_stop>("raised_cosine_stop", "GHz", 0.0, 1000.0, "Where it reaches 0.")
          .from(Kind::choice, ""));
}

FieldList describe(Tag<ComFloatingTaps>) {
  using F = ComFloatingTaps;
  return fields<F>(
      "Groups of neighbouring taps whose places the receiver chooses.",
      field<&F::groups>("groups", "", 0, 64, "Number of groups.").from(Kind::choice, ""),
      field<&F::taps_per_group>("taps_per_group", "", 0, 64, "Taps of each.").from(Kind::choice, ""),
      field<&F::span>("span", "", 0, 4096, "Last place of a tap in UI after the cursor.")
          .from(Kind::choice, ""),
      field<&F::largest_tap>("largest_tap", "", 0.0, 2.0, "Largest tap relative to the cursor.")
          .from(Kind::choice, ""),
      field<&F::tail_start>("tail_start", "", 0, 4096, "First place that counts as tail; 0 for none.")
          .from(Kind::choice, ""),
      field<&F::largest_tail>("largest_tail", "", 0.0, unlimited,
                              "Root of the sum of squares of the tail's taps.")
          .from(Kind::choice, ""));
}

FieldList describe(Tag<ComDfe>) {
  using D = ComDfe;
  return fields<D>(
      "Decision feedback equaliser of the receiver.",
      field<&D::upper>("upper", "", -2.0, 2.0, "Largest value of each tap relative to the cursor.")
          .from(Kind::choice, ""),
      field<&D::lower>("lower", "", -2.0, 2.0, "Smallest value of each.").from(Kind::choice, ""),
      field<&D::floating>("floating", "Taps beyond the fixed ones."));
}

FieldList describe(Tag<ComReceiverFfe>) {
  using F = ComReceiverFfe;
  return fields<F>(
      "Feed-forward equaliser of the receiver (Annex 178A).",
      field<&F::pre_taps>("pre_taps", "", 0, 64, "Taps before the cursor.").from(Kind::choice, ""),
      field<&F::post_taps>("post_taps", "", 0, 256, "Taps after the cursor.").from(Kind::choice, ""),
      field<&F::largest_tap>("largest_tap", "", 0.0, 10.0, "Largest tap relative to the cursor tap.")
          .from(Kind::choice, ""),
      field<&F::floating>("floating", "Taps beyond the fixed ones."));
}

FieldList describe(Tag<ComDevice>) {
  using D = ComDevice;
  return fields<D>(
      "Die and package of one end, without the package's lines.",
      field<&D::die_capacitances>("die_capacitances", "fF", 0.0, 1e5, "C_d from the die outwards.")
          .from(Kind::choice, ""),
      field<&D::die_inductances>("die_inductances", "pH", 0.0, 1e5, "L_s after each C_d.")
          .from(Kind::choice, ""),
      field<&D::bump_capacitance>("bump_capacitance", "fF", 0.0, 1e5, "C_b.").from(Kind::choice, ""),
      field<&D::ball_capacitance>("ball_capacitance", "fF", 0.0, 1e5, "C_p.").from(Kind::choice, ""),
      field<&D::termination>("termination", "ohm", 1.0, 1e4, "R_d, single-ended.").from(Kind::standard, c2c));
}

FieldList describe(Tag<ComLine>) {
  using L = ComLine;
  return fields<L>(
      "Transmission line of the annex.",
      field<&L::gamma_0>("gamma_0", "1/mm", 0.0, 10.0, "Loss at all frequencies.").from(Kind::choice, ""),
      field<&L::a_1>("a_1", "sqrt(ns)/mm", 0.0, 10.0, "Skin effect.").from(Kind::choice, ""),
      field<&L::a_2>("a_2", "ns/mm", 0.0, 10.0, "Dielectric loss.").from(Kind::choice, ""),
      field<&L::delay>("delay", "ns/mm", 0.0, 1.0, "Delay tau.").from(Kind::choice, ""),
      field<&L::impedances>("impedances", "ohm", 1.0, 1000.0,
                            "Z_c of each section from the die outwards, differential.")
          .from(Kind::choice, ""));
}

FieldList describe(Tag<ComPackageCase>) {
  using C = ComPackageCase;
  return fields<C>(
      "Lengths of the package's lines in one case.", field<&C::name>("name", "Name of the case."),
      field<&C::transmitter>("transmitter", "mm", 0.0, 1000.0,
                             "z_p of the victim and the far-end aggressors.")
          .from(Kind::choice, ""),
      field<&C::near_end>("near_end", "mm", 0.0, 1000.0, "z_p of the near-end aggressors.")
          .from(Kind::choice, ""),
      field<&C::receiver>("receiver", "mm", 0.0, 1000.0, "z_p of the receiver.").from(Kind::choice, ""));
}

FieldList describe(Tag<ComBoard>) {
  using B = ComBoard;
  return fields<B>("Board between package and channel, the same at both ends.",
                   field<&B::included>("included", "Whether the channel lacks it."),
                   field<&B::line>("line", "Its line, of one section."),
                   field<&B::length>("length", "mm", 0.0, 10000.0, "z_bp.").from(Kind::choice, ""),
                   field<&B::inner_capacitance>("inner_capacitance", "fF", 0.0, 1e5, "C_0, at the package.")
                       .from(Kind::choice, ""),
                   field<&B::outer_capacitance>("outer_capacitance", "fF", 0.0, 1e5, "C_1, at the channel.")
                       .from(Kind::choice, ""));
}

FieldList describe(Tag<ComEye>) {
  using E = ComEye;
  return fields<E>(
      "Eye over a window of sampling instants.",
      field<&E::half_window>("half_window", "UI", 0.0, 0.5, "T_O; 0 for a single instant.")
          .from(Kind::choice, ""),
      field<&E::weight_sigma>("weight_sigma", "UI", 1e-6, 10.0, "sigma_r of the Gaussian weight.")
          .from(Kind::choice, "0.02 UI: COM sheet of 120G (facts: standards 5.1)"),
      field<&E::samples_per_symbol>("samples_per_symbol", "", 4, 1024, "Samples per UI of the eye.")
          .from(Kind::choice, "100: COM sheet of 120G (facts: standards 5.4)"));
}

FieldList describe(Tag<ComCredits>) {
  using C = ComCredits;
  return fields<C>(
      "What a sheet grants or charges beside the annex.",
      field<&C::converter_bits>("converter_bits", "", 0.0, 24.0,
                                "Effective bits of the receiver's converter; 0 for no quantisation.")
          .from(Kind::choice, ""),
      field<&C::converter_peak>("converter_peak", "", 0.0, 100.0,
                                "Half of the converter's full scale over the rms of its input.")
          .from(Kind::choice, ""),
      field<&C::sequence_detection>("sequence_detection", "Credit of a sequence detector (MLSE)."));
}

FieldList describe(Tag<ComLimits>) {
  using L = ComLimits;
  return fields<L>("What must hold.",
                   field<&L::com_db>("com_db", "", -100.0, 100.0, "Least COM in dB.").from(Kind::choice, ""),
                   field<&L::vec_db>("vec_db", "", 0.0, 100.0, "Largest vertical eye closure in dB.")
                       .from(Kind::choice, ""),
                   field<&L::eye_height>("eye_height", "mV", 0.0, 1e4, "Least vertical eye opening VEO.")
                       .from(Kind::choice, ""),
                   field<&L::erl_db>("erl_db", "", -100.0, 100.0, "Least effective return loss in dB.")
                       .from(Kind::choice, ""));
}

FieldList describe(Tag<ComFiles>) {
  using F = ComFiles;
  return fields<F>(
      "What the files of the channel must be like.",
      field<&F::port_order>("port_order", "", 1, 999, "Ports in+, in-, out+, out- (four numbers).")
          .from(Kind::standard, c2c),
      field<&F::largest_start>("largest_start", "GHz", 0.0, 100.0, "Largest first frequency.")
          .from(Kind::standard, c2c),
      field<&F::largest_step>("largest_step", "GHz", 1e-6, 100.0, "Largest distance of frequencies.")
          .from(Kind::standard, c2c));
}

FieldList describe(Tag<ComSheet>) {
  using S = ComSheet;
  return fields<S>(
      "Parameter sheet of channel operating margin.", field<&S::title>("title", "Name of the sheet."),
      field<&S::source>("source", "Where it is printed."),
      field<&S::signal>("signal", "Rate and amplitudes."), field<&S::noise>("noise", "Noise and jitter."),
      field<&S::transmitter>("transmitter", "Edge and equaliser of the transmitter."),
      field<&S::ctle>("ctle", "Continuous-time equaliser."),
      field<&S::receiver_filter>("receiver_filter", "Noise filter."),
      field<&S::receiver_ffe>("receiver_ffe", "Feed-forward equaliser of the receiver."),
      field<&S::dfe>("dfe", "Decision feedback."),
      field<&S::transmitter_device>("transmitter_device", "Die and package of the transmitters."),
      field<&S::receiver_device>("receiver_device", "Die and package of the receiver."),
      field<&S::package_line>("package_line", "Line of the packages."),
      field<&S::cases>("cases", "Package cases; COM is computed for each."),
      field<&S::board>("board", "Board of the host."), field<&S::eye>("eye", "Eye over a timing window."),
      field<&S::credits>("credits", "Switches beside the annex."),
      field<&S::package_in_erl>("package_in_erl",
                                "Whether the transmitter's package stands before port 1 of the return loss.")
          .from(Kind::choice, ""),
      field<&S::erl>("erl", "Effective return loss."), field<&S::icn>("icn", "Integrated crosstalk noise."),
      field<&S::limits>("limits", "Limits."), field<&S::files>("files", "What the files must be like."));
}

std::vector<double> values_of(const ComRange& range) {
  if (range.first == range.last) return {range.first};
  if (!(range.step > 0.0))
    throw Error(fmt::format("a range from {} to {} needs a step above 0", range.first, range.last));
  const double turns = std::abs(range.last - range.first) / range.step;
  if (!(turns < most_values))
    throw Error(fmt::format("a range from {} to {} in steps of {} has more than {} values", range.first,
                            range.last, range.step, most_values));
  const auto count = static_cast<int>(std::floor(turns + 1e-6)) + 1;
  const double step = range.last > range.first ? range.step : -range.step;
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) values.push_back(range.first + i * step);
  return values;
}

void require_consistent(const ComSheet& sheet) {
  const auto require = [&](bool holds, std::string_view what) {
    if (!holds) throw Error(fmt::format("COM sheet '{}': {}", sheet.title, what));
  };
  require(!sheet.cases.empty(), "there is no package case");
  for (const ComPackageCase& item : sheet.cases)
    for (const auto* lengths : {&item.transmitter, &item.near_end, &item.receiver})
      require(lengths->size() == sheet.package_line.impedances.size(),
              "a package case must have as many lengths as the package's line has impedances");
  require(!sheet.board.included || sheet.board.line.impedances.size() == 1,
          "the line of the board must have one impedance");
  for (const ComDevice* device : {&sheet.transmitter_device, &sheet.receiver_device})
    require(device->die_capacitances.size() == device->die_inductances.size(),
            "each die capacitance needs its inductance");
  require(sheet.dfe.upper.size() == sheet.dfe.lower.size(), "each tap of the DFE needs both limits");
  require(sheet.files.port_order.size() == 4, "the port order must have four ports");
  require(sheet.receiver_filter.raised_cosine_stop >= sheet.receiver_filter.raised_cosine_start,
          "the raised cosine must stop above its start");
  double settings = static_cast<double>(values_of(sheet.ctle.dc_gain_db).size()) *
                    static_cast<double>(values_of(sheet.ctle.dc_gain_low_db).size());
  for (const auto* ranges : {&sheet.transmitter.pre_taps, &sheet.transmitter.post_taps})
    for (const ComRange& range : *ranges) settings *= static_cast<double>(values_of(range).size());
  require(settings <= most_settings,
          fmt::format("its ranges make {:.2g} settings of the equaliser, more than {:g}", settings,
                      most_settings));
}

}  // namespace waverack::compliance

namespace waverack {
template <>
const FieldType& field_type<ProfileOf<compliance::ComSheet>>() {
  return detail::profile_type<compliance::ComSheet>();
}
}  // namespace waverack
