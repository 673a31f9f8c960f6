#include "waverack/link/coherent_decoding.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/coherent/constellation.hpp"

namespace waverack::link {
namespace {

struct Decoded {
  double bits = 0.0, errors = 0.0;
  double ratio() const { return errors / bits; }
};

// Two super-frames of random 16QAM in white noise.
Decoded decode_in_noise(const std::string& name, double snr_db) {
  const coherent::Frame frame = coherent::make_frame(name);
  CoherentDecoding decoding(frame, 3, 2);
  const auto count = static_cast<std::size_t>(frame.payload_symbols);
  const auto sigma = static_cast<float>(std::sqrt(0.5 * std::pow(10.0, -snr_db / 10.0)));
  std::vector<std::uint8_t> labels[2];
  std::vector<std::complex<float>> received[2];
  std::vector<float> noise(2 * count), uniform(count);
  std::vector<double> draws(count);
  for (std::uint32_t block = 0; block < 2; ++block) {
    for (std::uint32_t lane = 0; lane < 2; ++lane) {
      labels[lane].resize(count);
      received[lane].resize(count);
      fill_uniform({7, 1, lane, block}, draws);
      for (std::size_t i = 0; i < count; ++i) labels[lane][i] = static_cast<std::uint8_t>(16.0 * draws[i]);
      coherent::map_labels(coherent::Format::qam16, labels[lane], received[lane]);
      fill_normal({7, 2, lane, block}, std::span<float>(noise));
      for (std::size_t i = 0; i < count; ++i)
        received[lane][i] += std::complex<float>(sigma * noise[2 * i], sigma * noise[2 * i + 1]);
    }
    decoding.push(received[0], received[1], labels[0], labels[1]);
  }
  return {static_cast<double>(decoding.bits()), static_cast<double>(decoding.errors())};
}

class CoherentDecodingOf : public testing::TestWithParam<const char*> {};

// Facts: coherent 9.2: BER 1.0e-2 at 13.903 dB: within both codes' limits (2.0e-2 and 1.25e-2).
TEST_P(CoherentDecodingOf, LeavesNoErrorWithinTheLimit) {
  const Decoded decoded = decode_in_noise(GetParam(), 13.903);
  EXPECT_GT(decoded.bits, 4e5);
  EXPECT_EQ(decoded.errors, 0.0);
}

// Facts: coherent 9.2, A1: BER 2.8e-2 at 12 dB; 11.83 dB has 3.0e-2, beyond both limits. The threshold of a
// turbo-like code is steep: most of the errors stay.
TEST_P(CoherentDecodingOf, LeavesErrorsBeyondTheLimit) {
  const Decoded decoded = decode_in_noise(GetParam(), 11.83);
  EXPECT_GT(decoded.ratio(), 5e-3);
  EXPECT_LT(decoded.ratio(), 5e-2);
}

// Noise alone says nothing of any bit: half are wrong, within 1/100, where five standard deviations of 4e5
// bits are 0.004 and what -40 dB tells is 0.0015.
TEST_P(CoherentDecodingOf, KnowsNothingFromNoise) {
  EXPECT_NEAR(decode_in_noise(GetParam(), -40.0).ratio(), 0.5, 0.01);
}

INSTANTIATE_TEST_SUITE_P(Codes, CoherentDecodingOf, testing::Values("800ZR", "400ZR"));

}  // namespace
}  // namespace waverack::link
