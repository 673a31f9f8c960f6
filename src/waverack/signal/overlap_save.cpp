#include "waverack/signal/overlap_save.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>
#include <type_traits>

#include "waverack/base/error.hpp"
#include "waverack/signal/fft_lanes.hpp"

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;

constexpr std::size_t most_taps = std::size_t{1} << 19;

// Four times the taps keep three quarters of each block useful. Beyond 2048 points a batch leaves the fast
// caches, so there half of a block has to do; below 256 the handling of a block costs more than its
// transform.
int block_size(std::size_t taps) {
  const std::size_t roomy = std::clamp(std::bit_ceil(4 * taps), std::size_t{256}, std::size_t{2048});
  return static_cast<int>(std::max(roomy, std::bit_ceil(2 * taps)));
}

std::size_t checked_length(std::span<const Complex> taps) {
  if (taps.empty() || taps.size() > most_taps)
    throw Error("a filter needs 1 to 524288 taps, not " + std::to_string(taps.size()));
  for (const Complex& tap : taps)
    if (!std::isfinite(tap.real()) || !std::isfinite(tap.imag()))
      throw Error("a tap of a filter is not a finite number");
  return taps.size();
}

bool mostly_real(std::span<const Complex> taps) {
  double total = 0.0, imaginary = 0.0;
  for (const Complex& tap : taps) {
    total += std::norm(tap);
    imaginary += tap.imag() * tap.imag();
  }
  return imaginary <= 1e-14 * total;
}

// Samples begin … begin + length − 1 of a signal that continues beyond its ends: with itself or with zeros.
template <class T>
void copy_continued(std::span<const T> signal, long begin, std::size_t length, bool cyclic,
                    std::vector<T>& out) {
  const long n = static_cast<long>(signal.size());
  out.resize(length);
  if (cyclic) {
    long from = ((begin % n) + n) % n;
    for (T& sample : out) {
      sample = signal[static_cast<std::size_t>(from)];
      if (++from == n) from = 0;
    }
  } else {
    for (std::size_t i = 0; i < length; ++i) {
      const long from = begin + static_cast<long>(i);
      out[i] = from >= 0 && from < n ? signal[static_cast<std::size_t>(from)] : T{};
    }
  }
}

template <class T>
std::vector<T> filtered(const BlockFilter& filter, std::span<const T> signal, bool cyclic) {
  // The real and the imaginary parts of a batch carry different blocks of a real signal.
  constexpr std::size_t per_batch = std::is_same_v<T, float> ? 2 * fft_lanes : fft_lanes;
  if (std::is_same_v<T, float> && !filter.real())
    throw Error("a filter with complex taps needs a complex signal");
  if (signal.empty()) return {};

  const auto useful = static_cast<std::size_t>(filter.useful()),
             block = static_cast<std::size_t>(filter.block());
  const std::size_t overlap = block - useful;
  // At least one whole block is computed; the last block is moved back so that it ends with the result.
  const std::size_t length = std::max(signal.size(), useful);
  const std::size_t blocks = (length + useful - 1) / useful;
  std::vector<T> result(length);

  BatchBuffer batch(filter.block());
  std::array<std::vector<T>, per_batch> continued;
  std::array<const T*, per_batch> in;
  std::array<T*, per_batch> out;
  for (std::size_t first = 0; first < blocks; first += per_batch) {
    for (std::size_t i = 0; i < per_batch; ++i) {
      // Lanes without a block of their own repeat the last one.
      const std::size_t index = std::min(first + i, blocks - 1);
      const std::size_t start = std::min(index * useful, length - useful);
      const long begin = static_cast<long>(start) - filter.last();
      out[i] = result.data() + start;
      if (first + i > index) {
        in[i] = in[i - 1];
      } else if (begin >= 0 && static_cast<std::size_t>(begin) + block <= signal.size()) {
        in[i] = signal.data() + begin;
      } else {
        copy_continued(signal, begin, block, cyclic, continued[i]);
        in[i] = continued[i].data();
      }
    }
    gather_lanes(in, static_cast<int>(block), batch.data());
    fft_forward(filter.plan(), batch.data());
    multiply_spectrum(filter.plan(), filter.spectrum(), batch.data());
    fft_inverse(filter.plan(), batch.data());
    scatter_lanes(batch.data() + overlap * 2 * fft_lanes, static_cast<int>(useful), out);
  }
  result.resize(signal.size());
  return result;
}

}  // namespace

BlockFilter::BlockFilter(std::span<const Complex> taps, int origin)
    : first_(-origin),
      length_(static_cast<int>(checked_length(taps))),
      plan_(block_size(taps.size())),
      real_(mostly_real(taps)) {
  // The first tap goes to sample 0 of the block, wherever it lies in time: the time is in where blocks are
  // read.
  const auto n = static_cast<std::size_t>(plan_.size());
  std::vector<Complex> h(n);
  for (std::size_t i = 0; i < taps.size(); ++i)
    h[i] = (real_ ? taps[i].real() : taps[i]) / static_cast<double>(n);
  fft(h, false);
  spectrum_.reserve(2 * n);
  for (const int bin : plan_.bin_of_position()) {
    spectrum_.push_back(static_cast<float>(h[static_cast<std::size_t>(bin)].real()));
    spectrum_.push_back(static_cast<float>(h[static_cast<std::size_t>(bin)].imag()));
  }
}

BlockFilter make_block_filter(std::span<const Complex> taps, int origin) { return BlockFilter(taps, origin); }

std::vector<float> filter_cyclic(const BlockFilter& filter, std::span<const float> signal) {
  return filtered(filter, signal, true);
}

std::vector<std::complex<float>> filter_cyclic(const BlockFilter& filter,
                                               std::span<const std::complex<float>> signal) {
  return filtered(filter, signal, true);
}

std::vector<float> filter_linear(const BlockFilter& filter, std::span<const float> signal) {
  return filtered(filter, signal, false);
}

std::vector<std::complex<float>> filter_linear(const BlockFilter& filter,
                                               std::span<const std::complex<float>> signal) {
  return filtered(filter, signal, false);
}

}  // namespace waverack::signal
