#pragma once
// Says when a receiver has lost its frame, from the symbols that the frame makes known.
//
//   all of them   their residual: noise at the limits of the codes makes 0.05, another place of the frame 1
//   training      a carrier a multiple of 1/spacing of the pilots off pleases the pilots, which are most of
//                 the known symbols, and nothing else: training and alignment word then fit worse than they
//   slips         at such a carrier the blind search slips at about every third pilot, for good
// (docs/theory/coherent-receiver.md, eq. 34 to 36).

#include <cstddef>
#include <cstdint>

#include "waverack/coherent/frame.hpp"

namespace waverack::coherent {

// Of the residual of known symbols, from where on they do not fit.
inline constexpr double frame_misfit = 0.5;

class FrameWatch {
 public:
  FrameWatch() = default;
  // `residual`: of the known symbols where the receiver started.
  FrameWatch(const FrameLayout& layout, double residual);

  // A known symbol at `place` in the frame: |error|² and |what was sent|² of both polarisations.
  void add(std::size_t place, float error, float sent);
  // A block of `symbols` has ended, up to which `slips` cycle slips have been counted in all.
  void end_block(std::int64_t symbols, std::int64_t slips);

  bool lost() const { return lost_; }
  double residual() const { return residual_; }           // mean over the last 16 blocks, as they fade
  double training_residual() const { return training_; }  // of the last four sub-frames

 private:
  std::size_t spacing_ = 1;
  std::int64_t sub_frame_ = 0;
  double residual_ = 1.0, training_ = 1.0;
  float block_error_ = 0.0f, block_sent_ = 0.0f;       // of the block so far
  double training_error_ = 0.0, training_sent_ = 0.0;  // of about a sub-frame so far
  std::int64_t since_training_ = 0, since_slips_ = 0;  // symbols since the last look
  std::int64_t slips_ = 0;                             // then
  bool lost_ = false;
};

}  // namespace waverack::coherent
