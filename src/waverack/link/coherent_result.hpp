#pragma once
// What a solved coherent lane tells beside what every lane tells.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace waverack::link {

// One cause of noise or distortion at the decision, by the closed forms.
struct CoherentShare {
  std::string source;  // path of the part, "lane.chain.iq_modulator"
  std::string label;
  double snr_db = 0.0;      // as if it were alone
  double penalty_db = 0.0;  // SNR at the decision without it, over that with it
};

// One element of the line and what the light is behind it.
struct CoherentStep {
  std::string name;
  double power_dbm = 0.0;  // of the channel
  double osnr_db = 0.0;    // in 0.1 nm
};

// By the closed forms: amplifier noise, GN and EGN, and every part's own.
struct CoherentClosure {
  double launch_power_dbm = 0.0;     // into the line
  double received_power_dbm = 0.0;   // at the receiver
  double osnr_db = 0.0;              // of amplifier noise, in 0.1 nm
  double gsnr_db = 0.0;              // amplifier noise and interference of the fibre, in the signal's band
  double gsnr_01nm_db = 0.0;         // the same in 0.1 nm
  double snr_nonlinear_db = 0.0;     // interference of the fibre alone, with the format's correction (EGN)
  double snr_nonlinear_gn_db = 0.0;  // without it (GN)
  int channels = 1;                  // on the line, this one and its neighbours
  double channel_spacing = 0.0;      // [Hz]; 0 for one channel
  // The part of the fibre's interference that the neighbours make (EGN), and their light within the channel's
  // band where spectra overlap; NaN without either.
  double snr_neighbours_db = std::numeric_limits<double>::quiet_NaN();
  double snr_overlap_db = std::numeric_limits<double>::quiet_NaN();
  double snr_transceiver_db = 0.0;  // of both modules alone
  double snr_db = 0.0;              // at the decision
  double required_snr_db = 0.0;     // at the BER limit, in theory
  double required_osnr_db = 0.0;    // the same as OSNR in 0.1 nm
  double margin_db = 0.0;
  double ber_pre_fec = 0.0;
  double gmi = 0.0, ngmi = 0.0;  // bits per symbol of one polarisation; per bit
  double best_launch_power_dbm = std::numeric_limits<double>::quiet_NaN();
  double dispersion_ps_per_nm = 0.0, mean_dgd_ps = 0.0, pdl_db = 0.0;
  std::vector<CoherentShare> shares;  // largest penalty first
  std::vector<CoherentStep> steps;
};

// By simulation of the field and of the receiver's signal processing.
struct CoherentSimulation {
  std::uint64_t symbols = 0;  // symbol instants that were judged, both polarisations each
  double snr_db = 0.0;        // mean of both polarisations
  double snr_x_db = 0.0, snr_y_db = 0.0;
  double evm = 0.0;                                         // rms error over rms symbol
  double ber_pre_fec = 0.0, ber_low = 0.0, ber_high = 0.0;  // counted, with its 95 % interval
  std::uint64_t bits = 0, bit_errors = 0;
  double gmi = 0.0, ngmi = 0.0;
  double frequency_offset_hz = 0.0;
  double clock_offset_ppm = 0.0;
  std::uint64_t cycle_slips = 0;
  // Of the frame, once found. What the receiver gave out until it noticed is judged.
  std::uint64_t frame_losses = 0;
  bool aligned = false;      // the frame was found and symbols judged
  bool interrupted = false;  // stopped from outside before all symbols were judged
  int steps = 0;             // of the split-step solver, all spans together
  // What the neighbours do, by the closed form, added as white noise: one channel is simulated. NaN without
  // neighbours.
  double neighbours_as_noise_snr_db = std::numeric_limits<double>::quiet_NaN();
  // Post FEC, where the code was decoded.
  std::uint64_t decoded_bits = 0, decoded_errors = 0;
  // 95 % interval of their ratio, as if errors were independent: they come in bursts.
  double decoded_low = 0.0, decoded_high = 1.0;
};

// Error vector magnitude of white noise: 1/√SNR.
double evm_of_snr_db(double snr_db);

struct CoherentResult {
  std::string frame;                       // "800ZR"
  std::string format;                      // "DP-16QAM"
  double line_rate = 0.0, net_rate = 0.0;  // [bit/s]
  CoherentClosure closure;
  std::optional<CoherentSimulation> simulation;
  std::string fec_mode;     // "threshold" or "decoded"; "none" without a code
  bool error_free = false;  // behind the FEC, by that mode
  // The code and the error ratio behind it: in the mode "threshold" that which the code promises, or that
  // before it; in the mode "decoded" what was counted, the upper end of its 95 % interval without errors.
  std::string code;
  double post_fec_ber = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace waverack::link
