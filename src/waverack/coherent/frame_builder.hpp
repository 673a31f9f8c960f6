#pragma once
// Super-frames: payload bits into symbols of both polarisations and back, and endless random payload.

#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waverack/coherent/frame.hpp"

namespace waverack::coherent {

// Bits of the payload of one super-frame, both polarisations together.
std::size_t payload_bits(const Frame& frame);

// One super-frame of bits that are coded and interleaved, 0 or 1 each, shape (payload_bits). Payload symbol k
// of x takes bits 2mk … 2mk + m − 1, that of y the next m (m bits per symbol), each as constellation.hpp
// says. x and y: shape (symbols of a super-frame).
void build_super_frame(const Frame& frame, std::span<const std::uint8_t> bits,
                       std::span<std::complex<float>> x, std::span<std::complex<float>> y);

// Payload symbols of a super-frame that starts at its first symbol; `out`: shape (payload_symbols).
void extract_payload(const Frame& frame, std::span<const std::complex<float>> super_frame,
                     std::span<std::complex<float>> out);

// The other way round: labels of the payload symbols of x and y into bits, in the order above.
void payload_bits_of(const Frame& frame, std::span<const std::uint8_t> labels_x,
                     std::span<const std::uint8_t> labels_y, std::span<std::uint8_t> bits);

// Symbols first, first + 1, … of endless super-frames with fresh payload in each; super-frame 0 begins with
// symbol 0, −2^32 ≤ first and first + size ≤ 2^33. Symbol n of a polarisation is a pure function of (seed,
// n), however the reading is split: its label is drawn from the streams (seed, payload_source, lane 0 for x
// and 1 for y) and counts where n is payload. x and y: any size, both the same. Cost: about 4 ns a symbol of
// both.
inline constexpr std::uint32_t payload_source = 0x50415900;
void frame_symbols(const Frame& frame, std::uint64_t seed, std::int64_t first,
                   std::span<std::complex<float>> x, std::span<std::complex<float>> y);

// The labels of the same symbols; `no_label` where a symbol is no payload.
inline constexpr std::uint8_t no_label = 0xFF;
void frame_labels(const Frame& frame, std::uint64_t seed, std::int64_t first, std::span<std::uint8_t> x,
                  std::span<std::uint8_t> y);

// Place of symbol n in its super-frame, 0 … symbols − 1, also for n < 0.
inline int place_in_frame(const FrameLayout& layout, std::int64_t n) {
  const std::int64_t length = layout.symbols(), place = n % length;
  return static_cast<int>(place < 0 ? place + length : place);
}

}  // namespace waverack::coherent
