#include "waverack/link/clocked_sampler.hpp"

#include <cmath>

#include "waverack/coherent/windowed_sinc.hpp"

namespace waverack::link {

ClockedSampler::ClockedSampler(double step) : step_(step), begin_(-half), queue_(half) {
  table_.reserve((phases + 1) * 2 * half);
  for (int p = 0; p <= phases; ++p)
    for (int i = 0; i < 2 * half; ++i)
      table_.push_back(static_cast<float>(
          coherent::windowed_sinc(static_cast<double>(p) / phases - (i - half + 1), half)));
}

void ClockedSampler::push(std::span<const std::complex<float>> in, std::vector<std::complex<float>>& out) {
  queue_.insert(queue_.end(), in.begin(), in.end());
  const std::int64_t end = begin_ + static_cast<std::int64_t>(queue_.size());
  for (;; ++taken_) {
    const double at = step_ * static_cast<double>(taken_);
    const double whole = std::floor(at);
    const auto first = static_cast<std::int64_t>(whole) - half + 1;
    if (first + 2 * half > end) break;
    // Between two rows of the table linearly.
    const double place = (at - whole) * phases;
    const int row = static_cast<int>(place);
    const auto mix = static_cast<float>(place - row);
    const float* low = table_.data() + static_cast<std::ptrdiff_t>(row) * 2 * half;
    const float* high = low + (row < phases ? 2 * half : 0);
    const std::complex<float>* x = queue_.data() + (first - begin_);
    float re = 0.0f, im = 0.0f;
    for (int i = 0; i < 2 * half; ++i) {
      const float w = low[i] + mix * (high[i] - low[i]);
      re += w * x[i].real();
      im += w * x[i].imag();
    }
    out.emplace_back(re, im);
  }
  const std::int64_t needed =
      static_cast<std::int64_t>(std::floor(step_ * static_cast<double>(taken_))) - half + 1;
  if (needed > begin_) {
    queue_.erase(queue_.begin(), queue_.begin() + (needed - begin_));
    begin_ = needed;
  }
}

}  // namespace waverack::link
