#include "waverack/coherent/frame_builder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <vector>

#include "waverack/coherent/constellation.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::coherent {
namespace {

using Symbols = std::vector<std::complex<float>>;

TEST(FrameBuilder, BitsToSuperFrameAndBack) {
  for (const char* name : {"400ZR", "800ZR", "OpenZR+ 300G", "OpenZR+ 200G"}) {
    const Frame frame = make_frame(name);
    const auto size = static_cast<std::size_t>(frame.layout.symbols());
    const auto payload = static_cast<std::size_t>(frame.payload_symbols);
    std::vector<std::uint8_t> bits(payload_bits(frame)), back(bits.size());
    signal::fill_symbols({.seed = 3}, 2, bits);
    Symbols x(size), y(size), payload_x(payload), payload_y(payload);
    build_super_frame(frame, bits, x, y);
    for (std::size_t n = 0; n < size; ++n) {
      if (frame.roles[n] == Role::payload) continue;
      ASSERT_EQ(x[n], frame.known_x[n]);
      ASSERT_EQ(y[n], frame.known_y[n]);
    }
    extract_payload(frame, x, payload_x);
    extract_payload(frame, y, payload_y);
    std::vector<std::uint8_t> labels_x(payload), labels_y(payload);
    decide(frame.layout.format, payload_x, labels_x);
    decide(frame.layout.format, payload_y, labels_y);
    payload_bits_of(frame, labels_x, labels_y, back);
    EXPECT_EQ(back, bits) << name;
    // The first bits are those of x, in-phase first.
    if (frame.layout.format != Format::qam8) {
      EXPECT_EQ(payload_x[0].real() > 0.0F, bits[0] == 1);
      EXPECT_EQ(payload_y[0].real() > 0.0F,
                bits[static_cast<std::size_t>(bits_per_symbol(frame.layout.format))] == 1);
    }
  }
}

TEST(FrameBuilder, RandomSymbolsDoNotDependOnTheReading) {
  for (const char* name : {"400ZR", "OpenZR+ 300G", "OpenZR+ 200G"}) {
    const Frame frame = make_frame(name);
    const std::int64_t first = -2 * frame.layout.symbols() - 777;
    Symbols x(200000), y(200000);
    frame_symbols(frame, 11, first, x, y);
    for (const std::size_t offset :
         {std::size_t{0}, std::size_t{1}, std::size_t{4095}, std::size_t{77777}, std::size_t{199000}}) {
      Symbols part_x(999), part_y(999);
      frame_symbols(frame, 11, first + static_cast<std::int64_t>(offset), part_x, part_y);
      EXPECT_TRUE(std::equal(part_x.begin(), part_x.end(), x.begin() + static_cast<std::ptrdiff_t>(offset)));
      EXPECT_TRUE(std::equal(part_y.begin(), part_y.end(), y.begin() + static_cast<std::ptrdiff_t>(offset)));
    }
    // Known symbols at their places, labels elsewhere.
    std::vector<std::uint8_t> labels_x(x.size()), labels_y(y.size());
    frame_labels(frame, 11, first, labels_x, labels_y);
    const auto& points = constellation(frame.layout.format).points;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto place =
          static_cast<std::size_t>(place_in_frame(frame.layout, first + static_cast<std::int64_t>(i)));
      if (frame.roles[place] == Role::payload) {
        ASSERT_EQ(x[i], std::complex<float>(points[labels_x[i]]));
        ASSERT_EQ(y[i], std::complex<float>(points[labels_y[i]]));
      } else {
        ASSERT_EQ(x[i], frame.known_x[place]);
        ASSERT_EQ(y[i], frame.known_y[place]);
        ASSERT_EQ(labels_x[i], no_label);
      }
    }
  }
}

// 175 616 payload symbols of two super-frames: every label comes as often as a uniform draw lets it (4.5
// standard deviations), and polarisations, super-frames and seeds have nothing to do with one another.
TEST(FrameBuilder, RandomPayloadIsUniformAndIndependent) {
  const Frame frame = make_frame("400ZR");
  const auto size = static_cast<std::size_t>(frame.layout.symbols());
  Symbols x(2 * size), y(2 * size), other_x(size), other_y(size);
  frame_symbols(frame, 1, 0, x, y);
  frame_symbols(frame, 2, 0, other_x, other_y);
  std::vector<std::uint8_t> labels_x(size), labels_y(size);
  frame_labels(frame, 1, 0, labels_x, labels_y);
  std::array<int, 16> count{};
  for (const std::uint8_t label : labels_x)
    if (label != no_label) ++count[label];
  const double mean = frame.payload_symbols / 16.0;
  for (const int c : count) EXPECT_NEAR(c, mean, 4.5 * std::sqrt(mean));
  const auto correlation = [&](const auto& a, const auto& b) {
    std::complex<double> sum{};
    for (std::size_t n = 0; n < size; ++n)
      if (frame.roles[n] == Role::payload) sum += std::complex<double>(a[n] * std::conj(b[n]));
    return std::abs(sum) / frame.payload_symbols;
  };
  const double bound = 4.0 / std::sqrt(frame.payload_symbols);
  EXPECT_LT(correlation(x, y), bound);
  EXPECT_LT(correlation(x, std::span(x).subspan(size)), bound);
  EXPECT_LT(correlation(x, other_x), bound);
}

}  // namespace
}  // namespace waverack::coherent
