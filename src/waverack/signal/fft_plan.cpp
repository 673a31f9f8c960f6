#include <bit>
#include <cmath>
#include <new>
#include <numbers>
#include <string>

#include "waverack/base/error.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::signal {
namespace {

constexpr int largest_size = 1 << 20;

}  // namespace

FftPlan::FftPlan(int size) : size_(size), bins_{0} {
  if (size < 2 || size > largest_size || !std::has_single_bit(static_cast<unsigned>(size)))
    throw Error("the size of a Fourier transform must be a power of two from 2 to 1048576, not " +
                std::to_string(size));
  // Radix 8 as often as it fits; the rest goes last, where it costs no twiddles.
  for (int length = size, stride = 1; length > 1;) {
    const int radix = length % 8 == 0 ? 8 : length;
    const int part = length / radix;
    stages_.push_back({radix, length, twiddles_.size()});
    if (part > 1)
      for (int j = 0; j < part; ++j)
        for (int k = 1; k < radix; ++k) {
          const double angle = -2.0 * std::numbers::pi * static_cast<double>(j) * k / length;
          twiddles_.push_back(static_cast<float>(std::cos(angle)));
          twiddles_.push_back(static_cast<float>(std::sin(angle)));
        }
    // A block with the bins b + stride·i splits into `radix` blocks with the bins b + stride·(k + radix·i).
    std::vector<int> split;
    split.reserve(bins_.size() * static_cast<std::size_t>(radix));
    for (const int b : bins_)
      for (int k = 0; k < radix; ++k) split.push_back(b + stride * k);
    bins_ = std::move(split);
    stride *= radix;
    length = part;
  }
}

BatchBuffer::BatchBuffer(int size)
    : data_(static_cast<float*>(::operator new[](
          static_cast<std::size_t>(size) * 2 * fft_lanes * sizeof(float), std::align_val_t(64)))) {}

void BatchBuffer::Free::operator()(float* pointer) const {
  ::operator delete[](pointer, std::align_val_t(64));
}

}  // namespace waverack::signal
