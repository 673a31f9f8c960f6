#include "waverack/coherent/scrambler.hpp"

#include <algorithm>

namespace waverack::coherent {

void FrameScrambler::reset() {
  std::fill_n(sequence_.begin(), 16, std::uint8_t{1});
  for (std::size_t n = 16; n < length; ++n)
    sequence_[n] = sequence_[n - 1] ^ sequence_[n - 3] ^ sequence_[n - 12] ^ sequence_[n - 16];
  next_ = 0;
}

void FrameScrambler::refill() {
  // Stretch k in the ring is c[n + 16·step]; what it needs lies 1, 3, 12 and 16 stretches before.
  for (std::size_t k = 0; k < 16; ++k) {
    const auto stretch = [&](std::size_t before) { return sequence_.data() + (k + 16 - before) % 16 * step; };
    std::uint8_t* to = stretch(16);
    const std::uint8_t *a = stretch(1), *b = stretch(3), *c = stretch(12);
    for (std::size_t i = 0; i < step; ++i) to[i] = static_cast<std::uint8_t>(to[i] ^ a[i] ^ b[i] ^ c[i]);
  }
  next_ = 0;
}

void FrameScrambler::apply(std::span<std::uint8_t> bits) {
  while (!bits.empty()) {
    if (next_ == length) refill();
    const std::size_t count = std::min(bits.size(), length - next_);
    for (std::size_t i = 0; i < count; ++i) bits[i] ^= sequence_[next_ + i];
    next_ += count;
    bits = bits.subspan(count);
  }
}

}  // namespace waverack::coherent
