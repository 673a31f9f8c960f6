#include "waverack/coherent/frame_watch.hpp"

namespace waverack::coherent {
namespace {

constexpr double block_share = 1.0 / 16.0, training_share = 1.0 / 4.0;
// By which the residual of training may be above that of all. An alias leaves 0.3 and more; noise, which is
// alike in both, 0.03 where QPSK is at the limit of its code.
constexpr double training_misfit = 0.2;
constexpr std::int64_t watched_pilots = 1024, most_slips = watched_pilots / 4;

}  // namespace

FrameWatch::FrameWatch(const FrameLayout& layout, double residual)
    : spacing_(static_cast<std::size_t>(layout.pilot_spacing)),
      sub_frame_(layout.sub_frame_symbols),
      residual_(residual),
      training_(residual) {}

void FrameWatch::add(std::size_t place, float error, float sent) {
  block_error_ += error;
  block_sent_ += sent;
  if (place % spacing_ == 0) return;
  training_error_ += static_cast<double>(error);
  training_sent_ += static_cast<double>(sent);
}

void FrameWatch::end_block(std::int64_t symbols, std::int64_t slips) {
  if (block_sent_ > 0.0f)
    residual_ += block_share * (static_cast<double>(block_error_ / block_sent_) - residual_);
  block_error_ = block_sent_ = 0.0f;
  if ((since_training_ += symbols) >= sub_frame_ && training_sent_ > 0.0) {
    training_ += training_share * (training_error_ / training_sent_ - training_);
    training_error_ = training_sent_ = 0.0;
    since_training_ = 0;
  }
  bool slipping = false;
  if ((since_slips_ += symbols) >= watched_pilots * static_cast<std::int64_t>(spacing_)) {
    slipping = slips - slips_ > most_slips;
    slips_ = slips;
    since_slips_ = 0;
  }
  lost_ = lost_ || slipping || residual_ > frame_misfit || training_ > residual_ + training_misfit;
}

}  // namespace waverack::coherent
