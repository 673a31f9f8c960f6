#pragma once
// Clock recovery as the waveform solver runs it: record by record, updated every 64 symbols.
//
// At every update the phase of the transmitter's clock has moved on, and the loop takes the share
// g = 2π·f_L·T_u of what its timing detector found in the symbols since the last one. The detector
// is the decision-directed one of clock_recovery.hpp, decisions being those of the thresholds with their own
// decisions fed back, also where a detector of sequences decides in the end. (theory: waveform-solver, eq. 4a
// and 4b)

#include <array>
#include <complex>
#include <cstdint>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/signal/batch_kernels.hpp"

namespace waverack::link {

inline constexpr int clock_update = 64;  // symbols from one update to the next

struct ClockLoop {
  double gain = 0.0;           // g
  double offset = 0.0;         // of the detector [UI]
  double walk_rms = 0.0;       // of the phase from update to update [UI]
  double sinusoid_peak = 0.0;  // [UI]
  double sinusoid_step = 0.0;  // from update to update [rad]
  // Where a stretch begins: what the loop leaves in the long run of the random part, rms [UI], and of the
  // sinusoid, relative to it.
  double start_rms = 0.0;
  std::complex<double> start_response;
  std::vector<float> thresholds, targets, feedback;  // of the decisions
  std::uint32_t source = 0;                          // of its random streams, and the next two
};

// The loop of `segment`, whose clock moves, with the detector of `solved`; `source` is left to the caller.
// Throws Error where the loop is too fast to be updated once in 64 symbols: a bandwidth above a twentieth of
// the rate of updates.
ClockLoop compile_clock_loop(const Segment& segment, const parts::Conditions& conditions,
                             const SolvedSegment& solved);

// Records side by side in a batch, for indices.
inline constexpr std::size_t records = signal::batch_records;

// The state of 32 records side by side. The loop must outlive it.
class ClockTracker {
 public:
  // `symbols` of a block, with `guard` at either end; the rest is a multiple of 64.
  ClockTracker(const ClockLoop& loop, int symbols, int guard);

  // Begins 32 new records, somewhere on the sinusoid and with the loop at rest. `name`: seed, stretch, block
  // 0.
  void start(const Stream& name);

  // Rows of 32 equalised values and slopes of the next block: y += residual·slope. The guard goes with what
  // lies next to it.
  void follow(const Stream& name, const float* slope, float* y);

  // Phase of the transmitter less that of the receiver, as it will be at the next block [UI].
  const std::array<double, signal::batch_records>& residual() const { return residual_; }

 private:
  Stream stream(const Stream& name, std::uint32_t draw) const;

  const ClockLoop& loop_;
  int symbols_, guard_;
  std::array<double, signal::batch_records> residual_{};
  std::array<std::complex<double>, signal::batch_records> sinusoid_{};
  std::vector<double> walk_;    // of one block
  std::vector<float> decided_;  // targets of the decisions, rows before the block first
};

}  // namespace waverack::link
