#pragma once
// The DSP of a coherent receiver, from the samples of the four converters to symbols that lie on the frame.
//
//   front end → dispersion and matched filter → timing → frequency → 2×2 equaliser ⇄ carrier phase → symbols
// A stream: samples go in, in pieces of any length, symbols come out in blocks; memory is that of one
// super-frame while the receiver looks for the frame, and a few blocks afterwards. Where the known symbols
// stop fitting, the frame is lost and the receiver starts again (docs/theory/coherent-receiver.md).

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "waverack/coherent/carrier_phase.hpp"
#include "waverack/coherent/frame.hpp"
#include "waverack/coherent/front_end_correction.hpp"
#include "waverack/coherent/timing_recovery.hpp"

namespace waverack::coherent {

struct ReceiverSettings {
  double sample_rate = 0.0;          // of the converters [Hz], 1.5 … 4 times the symbol rate
  double symbol_rate = 0.0;          // nominal [Bd]
  double roll_off = 0.1;             // of the transmitter's root-raised-cosine pulse, 0.02 … 1
  double dispersion = 0.0;           // accumulated β2·L of the line [s²]
  bool estimate_dispersion = false;  // … or found, within ± `dispersion_range`, from the first samples
  double dispersion_range = 4e-21;   // [s²]; 3100 ps/nm at 1550 nm
  std::array<double, 4> branch_delays{};  // of XI, XQ, YI, YQ, as calibrated [s]
  Orthogonalisation orthogonalisation = Orthogonalisation::gram_schmidt;
  int taps = 17;                  // of the equaliser, odd, 5 … 31
  double equaliser_step = 0.05;   // of each block of 512 symbols
  bool equaliser_frozen = false;  // keeps the taps it started with
  CarrierPhaseSettings carrier;
  // Without a frame the equaliser starts blind, symbols lie on no frame, and which polarisation is which and
  // how many quarter turns are open stays open.
  std::optional<Frame> frame;
};

struct ReceivedSymbols {
  // Of the block, counted from the start of the first super-frame received. It goes on where the last block
  // ended, unless the frame was lost in between: then it is the start of the super-frame that was found.
  std::int64_t first = 0;
  std::vector<Sample> x, y;
};

enum class ReceiverState { acquiring, receiving };

struct ReceiverReport {
  ReceiverState state = ReceiverState::acquiring;
  double dispersion = 0.0;          // that is compensated [s²]
  double frequency_offset = 0.0;    // of the carrier [Hz]
  double clock_ppm = 0.0;           // transmitter's clock against the receiver's
  double timing_rms = 0.0;          // of the phase detector [symbols]
  double alignment_strength = 0.0;  // of the frame's correlation over its mean
  double start_residual = 0.0;      // mean |error|² at the pilots over their power, when started
  int attempts = 0;                 // to find the frame
  int losses = 0;                   // of the frame, once found
  double frame_residual = 0.0;      // mean |error|² at known symbols over their power, of the last blocks
  double training_residual = 0.0;   // the same of those between the pilots, of the last four sub-frames
  double error_power = 0.0;         // mean |error|² of a symbol now, decisions taken as right
  double independence = 0.0;        // of the two outputs (butterfly_equaliser.hpp), 1 … 0
  int singularities = 0;            // repaired
  std::int64_t cycle_slips = 0;     // found and undone
  std::int64_t symbols = 0;         // given out
  BranchErrors branches_x, branches_y;
  ButterflyTaps taps{1};
};

class CoherentReceiver {
 public:
  // Settings out of range throw Error.
  explicit CoherentReceiver(const ReceiverSettings& settings);
  ~CoherentReceiver();

  // Takes samples x = XI + j·XQ and y = YI + j·YQ.
  void push(std::span<const Sample> x, std::span<const Sample> y);

  // Moves all symbols that are ready to `out`, whose vectors it overwrites; false if there are none. Symbol
  // `first` + i is symbol (first + i) mod period of the frame.
  bool pull(ReceivedSymbols& out);

  ReceiverReport report() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace waverack::coherent
