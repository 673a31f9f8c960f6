#pragma once
// What a solved lane tells.

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/compliance/tdecq.hpp"
#include "waverack/link/bandwidth.hpp"
#include "waverack/link/coherent_result.hpp"
#include "waverack/link/electrical_compliance.hpp"
#include "waverack/link/error_count.hpp"
#include "waverack/link/eye_image.hpp"
#include "waverack/link/feedback.hpp"
#include "waverack/link/rare_error_result.hpp"
#include "waverack/link/stress.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::link {

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// One source of noise at the decision of the last segment. The rms is relative to half the distance of
// two neighbouring levels, so 1/rms of the whole is the Q factor's scale.
struct NoiseShare {
  std::string source;  // "lane.chain.tia", "lane.light.cw_laser.rin"
  std::string label;
  double rms = 0.0;    // averaged over the pattern, relative to half the level distance
  double share = 0.0;  // of the total variance
};

// One impairment taken away, everything else solved again.
struct Penalty {
  std::string impairment;  // "rin", "jitter", "reflections"
  std::string label;
  double penalty_db = 0.0;  // snr_margin_without − snr_margin, at the same pattern
  double snr_margin_db_without = 0.0;
};

// A curve or a table for charts and CSV files: columns of equal length with names and units.
struct Column {
  std::string name;
  std::string unit;
  std::vector<double> values;
};
struct Curve {
  std::string id;  // "pulse.decision"
  std::string title;
  std::vector<Column> columns;  // the first is the x axis
  bool x_logarithmic = false;
  bool y_logarithmic = false;
};

struct TestPointResult {
  std::string name;
  parts::Domain domain = parts::Domain::voltage;
  EyeImage eye;
  std::vector<double> levels;  // mean of each level at the best phase [V, A or W]
  // Inner height of each eye, noiseless pattern plus noise at 1e-6 [same unit]
  std::vector<double> eye_heights;
  std::vector<double> eye_widths_ui;
  double r_lm = not_a_number;
  double oma_outer = not_a_number;         // [W] for light; outer swing [V, A] otherwise
  double extinction_ratio = not_a_number;  // power ratio; light only
  double average_power = not_a_number;     // [W]; light only
  double transition_time = not_a_number;   // 20–80 % [s]
  // By the reference receiver of the lane's PMD, with noise and jitter drawn; of light only.
  std::optional<compliance::TdecqResult> reference = std::nullopt;
  // The worse behind the PMD's fibre of least and of most dispersion; only in front of the lane's own fibre.
  std::optional<compliance::TdecqResult> behind_fibre = std::nullopt;
  // Of the receiver behind it, under the stress of the PMD; only at the first point behind the lane's fibre.
  std::optional<StressedReceiver> stressed = std::nullopt;
  // In front of the fibre the power that the modulator and what follows it send back, over what comes; behind
  // it that of the parts up to the photodiode (reflectance.hpp). Only where the lane names a PMD.
  double reflectance = not_a_number;
  // Laser noise in terms of OMA [1/Hz]: RIN·(average power/(OMA_outer/2))², RIN as its mean up to half the
  // symbol rate (802.3 52.9.6); of light in front of the fibre.
  double rin_oma = not_a_number;
  // By the lane's electrical interface; of the host's and the module's electrical outputs.
  std::optional<ElectricalCompliance> electrical = std::nullopt;
};

// The equaliser y = bias + Σ w_i·u_i + Σ w_ij·u_i·u_j + Σ w_ijl·u_i·u_j·u_l of samples u less their mean, in
// units of their rms (dsp/volterra.hpp).
struct VolterraWeights {
  std::vector<double> linear, second, third;  // in the order of dsp::volterra_terms()
  std::size_t terms() const { return linear.size() + second.size() + third.size(); }
};

struct SegmentResult {
  std::string name;  // "host to module", from the parts at its ends
  double ber_pre_fec = 1.0;
  double errors_per_event = 1.0;               // wrong symbols of an error event, the mean: the burst factor
  bool inner_coded = false, precoded = false;  // as Segment's
  std::vector<double> ber_by_eye;
  std::vector<double> thresholds;  // relative to half the outer level distance
  std::vector<double> levels;
  double snr_margin_db = not_a_number;
  double mmse_snr_db = not_a_number;  // signal to noise and residual ISI after the equaliser
  double sampling_phase_ui = 0.0;
  double eye_width_ui = 0.0;     // of the bathtub at the BER limit
  std::vector<double> ffe_taps;  // earliest symbol first, cursor 1
  std::optional<VolterraWeights>
      volterra;  // where the equaliser has products; ffe_taps are then its mean slopes
  std::vector<double> dfe_taps;
  std::vector<double> mlse_target;  // postcursors of the detector's target response; empty without one
  std::vector<NoiseShare> noise_budget;
  std::optional<SegmentCounts> counted;  // by the waveform solver; ber_pre_fec is then what it counted
  std::optional<RareErrors> weighed;     // by importance sampling; ber_pre_fec is then what it found
};

// What the inner code of 802.3dj hands to the outer one.
struct InnerResult {
  double ber = 0.0;
  double symbol_error_ratio = 0.0;  // of symbols of the outer code
  bool upper_bound = false;         // no wrong one was among the blocks: the upper end of the 95 % interval
  bool counted_in_lane = false;     // by the waveform solver; else in white noise of the same error ratio
  std::uint64_t blocks = 0;         // inner codewords that were decoded
};

struct FecResult {
  std::string code;
  int interleaved = 1;  // codewords that are sent together
  std::optional<InnerResult> inner;
  double codeword_error_ratio = not_a_number;
  double frame_loss_ratio = not_a_number;       // of 64 octets
  double frame_loss_ratio_1518 = not_a_number;  // of 1518 octets
  double post_fec_ber = not_a_number;
  // The error ratio of the worst segment, alone and with bursts as long as its own, at which codewords fail
  // as often as with independent errors at the lane's ber_limit; and how far that is, in noise. Without inner
  // code.
  double ber_limit = not_a_number;
  double margin_db = not_a_number;
  double margin_orders = not_a_number;         // log10 of the limit of codeword_error_ratio over it
  double latency_s = not_a_number;             // waiting for codewords, and decoding
  std::vector<double> symbol_error_histogram;  // probability of 0, 1, 2 … wrong symbols in a codeword
};

struct LaneResult {
  std::string name = "lane";
  double ber_pre_fec = 1.0;
  double margin_db = not_a_number;  // optical: extra attenuation; electrical: 20·log10 of the noise scale
  double snr_margin_db = not_a_number;  // 20·log10 of the noise scale that reaches the BER limit
  double floor_ber = not_a_number;      // at infinite received power
  double latency_s = 0.0;
  double reach_m = 0.0;  // fibre or cable between the modules
  bool optical = false;
  double wavelength = not_a_number;  // of the light [m]
  std::string limits;                // what limits the link, one sentence
  std::vector<SegmentResult> segments;
  std::vector<Penalty> penalties;  // of the segment with the smallest margin, largest first
  std::vector<TestPointResult> test_points;
  std::vector<Curve> curves;  // pulse and frequency responses, bathtub
  FecResult fec;
  Feedback feedback;                       // into the laser
  Bandwidths bandwidths;                   // of driver, modulator, photodiode and TIA
  std::optional<CoherentResult> coherent;  // of coherent lanes
  std::vector<Warning> warnings;

  // The laser-budget quantities the module needs.
  double received_average_power = not_a_number;  // at the photodiode [W]
  double received_oma_outer = not_a_number;      // [W]
};

}  // namespace waverack::link
