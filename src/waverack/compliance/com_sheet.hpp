#pragma once
// The parameter sheet of channel operating margin (COM): IEEE 802.3 Annex 93A, and Annex 178A for receivers
// with a feed-forward equaliser. The theory is in docs/theory/com.md; profiles/com/*.toml hold the sheets.

#include <limits>
#include <string>
#include <vector>

#include "waverack/base/describe.hpp"
#include "waverack/base/profile.hpp"
#include "waverack/compliance/effective_return_loss.hpp"
#include "waverack/compliance/integrated_crosstalk.hpp"

namespace waverack::compliance {

// The values first, first ± step, … towards last, which counts if it lies on the grid.
struct ComRange {
  double first = 0.0;
  double last = 0.0;
  double step = 0.0;  // > 0 where last differs from first; its sign follows from the ends
};
FieldList describe(Tag<ComRange>);
// All values, in the order of the range. Throws Error if the ends differ and there is no step.
std::vector<double> values_of(const ComRange&);

// How often the signal is decided, how large it is, and how errors are counted.
struct ComSignal {
  double symbol_rate = 53.125e9;       // f_b [Bd]
  int levels = 4;                      // L
  int samples_per_symbol = 32;         // M
  double victim_amplitude = 0.413;     // A_v, peak differential [V]
  double far_end_amplitude = 0.413;    // A_fe [V]
  double near_end_amplitude = 0.608;   // A_ne [V]
  double level_mismatch = 0.95;        // R_LM
  double detector_error_ratio = 1e-5;  // DER0
};
FieldList describe(Tag<ComSignal>);

struct ComNoise {
  double density = 2e-17;           // η0, one-sided at the receiver's input [V²/Hz]
  double transmitter_snr = 2e3;     // SNR_TX, a power ratio
  double random_jitter = 0.01;      // σ_RJ, rms [UI]
  double dual_dirac_jitter = 0.02;  // A_DD, half of the distance between the two Diracs [UI]
};
FieldList describe(Tag<ComNoise>);

// The transmitter's edge and its equaliser. Taps are symbol-spaced; c(0) = 1 − Σ|other taps|.
struct ComTransmitter {
  double rise_time = 7.5e-12;       // T_r [s]
  double smallest_main_tap = 0.54;  // c(0)
  std::vector<ComRange> pre_taps;   // the farthest first: c(−3), c(−2), c(−1)
  std::vector<ComRange> post_taps;  // the nearest first: c(1)
};
FieldList describe(Tag<ComTransmitter>);

// For a low-frequency gain from dc_gain_low_db down to that of the next entry, dc_gain_db may be between the
// two.
struct ComAllowedGain {
  double dc_gain_low_db = 0.0;
  double highest_db = 0.0;
  double lowest_db = 0.0;
};
FieldList describe(Tag<ComAllowedGain>);

// H_ctf = (g_DC + jf/f_z)(g_DC2 + jf/f_LF) / ((1 + jf/f_p1)(1 + jf/f_p2)(1 + jf/f_LF)).
struct ComCtle {
  double zero = 21.25e9;                // f_z [Hz]
  double pole_1 = 21.25e9;              // f_p1 [Hz]
  double pole_2 = 53.125e9;             // f_p2 [Hz]
  double low_pole = 0.6640625e9;        // f_LF, zero and pole of the low-frequency part [Hz]
  ComRange dc_gain_db;                  // g_DC
  ComRange dc_gain_low_db;              // g_DC2
  std::vector<ComAllowedGain> allowed;  // empty: all pairs
};
FieldList describe(Tag<ComCtle>);

// The receiver's Butterworth filter of fourth order, and a raised cosine where the sheet has one.
struct ComReceiverFilter {
  double bandwidth_ratio = 0.75;     // f_r over the symbol rate
  double raised_cosine_start = 0.0;  // where it begins to fall [Hz]; 0: none
  double raised_cosine_stop = 0.0;   // where it reaches 0 [Hz]
};
FieldList describe(Tag<ComReceiverFilter>);

// Groups of neighbouring taps whose places the receiver chooses.
struct ComFloatingTaps {
  int groups = 0;
  int taps_per_group = 0;
  int span = 0;              // the last place that a tap can have [UI after the cursor]
  double largest_tap = 0.0;  // |b| relative to the cursor
  int tail_start = 0;        // taps from here on count as tail; 0: none do
  double largest_tail = std::numeric_limits<double>::infinity();  // root of the sum of squares of the tail
};
FieldList describe(Tag<ComFloatingTaps>);

// Decision feedback: tap n may be between lower[n] and upper[n] relative to the cursor.
struct ComDfe {
  std::vector<double> upper;
  std::vector<double> lower;  // as many as `upper`
  ComFloatingTaps floating;
};
FieldList describe(Tag<ComDfe>);

// The receiver's feed-forward equaliser, adapted to least mean square error (178A). Limits are relative to
// the cursor tap.
struct ComReceiverFfe {
  int pre_taps = 0;
  int post_taps = 0;
  double largest_tap = 0.0;  // |w|; both counts 0: there is none
  ComFloatingTaps floating;
};
FieldList describe(Tag<ComReceiverFfe>);

// One end's device: from the die outwards (C_d, L_s) pairs, C_b, the package's lines, C_p.
struct ComDevice {
  std::vector<double> die_capacitances;  // C_d [F]
  std::vector<double> die_inductances;   // L_s [H], as many
  double bump_capacitance = 0.0;         // C_b [F]
  double ball_capacitance = 0.0;         // C_p [F]
  double termination = 50.0;             // R_d, single-ended [ohm]
};
FieldList describe(Tag<ComDevice>);

// The law of a transmission line, f in GHz: γ = γ0 + a1·(1 + j)·√f + (a2·(1 − j·(2/π)·ln f) + j2πτ)·f.
struct ComLine {
  double gamma_0 = 0.0;            // [1/m]
  double a_1 = 0.0;                // [√s/m]
  double a_2 = 0.0;                // [s/m]
  double delay = 0.0;              // τ [s/m]
  std::vector<double> impedances;  // Z_c of each section from the die outwards, differential [ohm]
};
FieldList describe(Tag<ComLine>);

// The lengths z_p of the package's sections in one case, as many as the line has impedances.
struct ComPackageCase {
  std::string name;
  std::vector<double> transmitter;  // of the victim and the far-end aggressors [m]
  std::vector<double> near_end;     // of the near-end aggressors [m]
  std::vector<double> receiver;     // [m]
};
FieldList describe(Tag<ComPackageCase>);

// The host's board between package and channel at both ends: C_0, a line, C_1.
struct ComBoard {
  bool included = false;
  ComLine line;                    // one section
  double length = 0.0;             // [m]
  double inner_capacitance = 0.0;  // C_0, at the package [F]
  double outer_capacitance = 0.0;  // C_1, at the channel [F]
};
FieldList describe(Tag<ComBoard>);

// An eye over a window of sampling instants in place of one instant (C2M, Annex 120G).
struct ComEye {
  double half_window = 0.0;      // T_O [UI]; 0: none
  double weight_sigma = 0.02;    // σ_r of the Gaussian weight of the instants [UI]
  int samples_per_symbol = 100;  // of the pulse response from which the eye is made
};
FieldList describe(Tag<ComEye>);

// What some sheets grant or charge beside the annex.
struct ComCredits {
  double converter_bits = 0.0;      // effective bits of the receiver's converter, 0: it adds no noise
  double converter_peak = 0.0;      // half of its full scale over the rms of its input
  bool sequence_detection = false;  // MLSE credit of Shakiba
};
FieldList describe(Tag<ComCredits>);

// What must hold; a limit that is not finite is none.
struct ComLimits {
  double com_db = -std::numeric_limits<double>::infinity();      // at least
  double vec_db = std::numeric_limits<double>::infinity();       // at most
  double eye_height = -std::numeric_limits<double>::infinity();  // VEO, at least [V]
  double erl_db = -std::numeric_limits<double>::infinity();      // at least
};
FieldList describe(Tag<ComLimits>);

// What the sheet asks of the files.
struct ComFiles {
  std::vector<int> port_order{1, 3, 2, 4};  // in+, in−, out+, out−
  double largest_start = 0.05e9;            // of the frequencies [Hz]
  double largest_step = 0.01e9;             // between frequencies [Hz]
};
FieldList describe(Tag<ComFiles>);

struct ComSheet {
  std::string title;
  std::string source;
  ComSignal signal;
  ComNoise noise;
  ComTransmitter transmitter;
  ComCtle ctle;
  ComReceiverFilter receiver_filter;
  ComReceiverFfe receiver_ffe;
  ComDfe dfe;
  ComDevice transmitter_device;
  ComDevice receiver_device;
  ComLine package_line;
  std::vector<ComPackageCase> cases;
  ComBoard board;
  ComEye eye;
  ComCredits credits;
  bool package_in_erl = false;  // the transmitter's package stands before port 1 (TDR_W_TXPKG)
  EffectiveReturnLossSettings erl;
  IntegratedCrosstalkSettings icn;
  ComLimits limits;
  ComFiles files;
};
FieldList describe(Tag<ComSheet>);

// Throws Error for a sheet whose parts do not fit: lists of different lengths, no package case.
void require_consistent(const ComSheet&);

}  // namespace waverack::compliance

namespace waverack {
template <>
struct ProfileKind<compliance::ComSheet> {
  static constexpr std::string_view name = "com";
};
template <>
const FieldType& field_type<ProfileOf<compliance::ComSheet>>();
}  // namespace waverack
