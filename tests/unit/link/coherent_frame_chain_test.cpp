// A client's bits through all of an 800ZR frame and back: scrambler, oFEC, interleaver, frame, noise,
// demapper, decoder, scrambler again.

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "waverack/coherent/frame_builder.hpp"
#include "waverack/coherent/scrambler.hpp"
#include "waverack/coherent/soft_demapper.hpp"
#include "waverack/fec/ofec_decoder.hpp"
#include "waverack/fec/ofec_encoder.hpp"
#include "waverack/fec/ofec_interleaver.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack {
namespace {

using Bits = std::vector<std::uint8_t>;

constexpr std::size_t frames = 2;
constexpr std::size_t symbol_bits = 8;  // DP-16QAM

// Ratios of one polarisation of all super-frames, behind noise of `variance`.
std::vector<float> receive(const coherent::Frame& frame, std::vector<std::complex<float>> symbols,
                           float variance, std::uint32_t source) {
  std::vector<float> noise(2 * symbols.size());
  signal::fill_normal_fast({.seed = 3, .source = source}, noise);
  const float sigma = std::sqrt(0.5f * variance);
  for (std::size_t i = 0; i < symbols.size(); ++i)
    symbols[i] += sigma * std::complex<float>(noise[2 * i], noise[2 * i + 1]);
  const auto length = static_cast<std::size_t>(frame.layout.symbols());
  const auto payload = static_cast<std::size_t>(frame.payload_symbols);
  std::vector<std::complex<float>> taken(frames * payload);
  for (std::size_t f = 0; f < frames; ++f)
    coherent::extract_payload(frame, std::span(symbols).subspan(f * length, length),
                              std::span(taken).subspan(f * payload, payload));
  std::vector<float> ratios(4 * taken.size());
  coherent::demap(frame.layout.format, coherent::Demapping::exact, taken, variance, ratios);
  return ratios;
}

// Facts: coherent 9.2: 13.903 dB is a BER of 1.0e-2, half the limit of oFEC: every bit comes back.
TEST(CoherentFrameChain, BitsComeBackThroughA800ZrFrame) {
  const coherent::Frame frame = coherent::make_frame("800ZR");
  const std::size_t of_frame = coherent::payload_bits(frame);
  const std::size_t pairs = frames * of_frame / fec::ofec_pair_bits / fec::ofec_encoders;
  Bits client(fec::ofec_encoders * pairs * fec::ofec_pair_information);
  signal::fill_symbols({.seed = 3, .source = 1}, 2, client);

  Bits scrambled = client;
  coherent::FrameScrambler().apply(scrambled);
  std::vector<Bits> coded(fec::ofec_encoders);
  const std::vector<Bits> streams = fec::ofec_distribute(scrambled);
  for (std::size_t s = 0; s < coded.size(); ++s) fec::OfecEncoder().encode(streams[s], coded[s]);
  const Bits line = fec::ofec_interleave(coded, symbol_bits);
  ASSERT_EQ(line.size(), frames * of_frame);
  const auto length = static_cast<std::size_t>(frame.layout.symbols());
  std::vector<std::complex<float>> x(frames * length), y(x.size());
  for (std::size_t f = 0; f < frames; ++f)
    coherent::build_super_frame(frame, std::span(line).subspan(f * of_frame, of_frame),
                                std::span(x).subspan(f * length, length),
                                std::span(y).subspan(f * length, length));

  const auto variance = static_cast<float>(std::pow(10.0, -1.3903));
  const std::vector<float> of_x = receive(frame, x, variance, 4), of_y = receive(frame, y, variance, 5);
  std::vector<float> ratios;
  ratios.reserve(of_x.size() + of_y.size());
  for (std::size_t k = 0; k < of_x.size(); k += symbol_bits / 2)
    for (const std::vector<float>* polarisation : {&of_x, &of_y})
      for (std::size_t b = 0; b < symbol_bits / 2; ++b) ratios.push_back((*polarisation)[k + b]);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < line.size(); ++i) wrong += (ratios[i] < 0.0f) != (line[i] != 0);
  // Four standard deviations of 2.75e6 bits are 2.4e-4.
  EXPECT_NEAR(static_cast<double>(wrong) / static_cast<double>(line.size()), 1.0e-2, 2.4e-4);

  std::vector<std::vector<float>> received(fec::ofec_encoders);
  fec::ofec_deinterleave(ratios, symbol_bits, received);
  std::vector<Bits> decoded(fec::ofec_encoders);
  for (std::size_t s = 0; s < decoded.size(); ++s) {
    fec::OfecDecoder decoder;
    decoder.decode(received[s], decoded[s]);
    decoder.finish(decoded[s]);
  }
  Bits back = fec::ofec_collect(decoded);
  ASSERT_EQ(back.size(), client.size());
  coherent::FrameScrambler().apply(back);
  // The ends of the streams are protected by one codeword alone (ofec_decoder.hpp).
  const std::size_t pair = fec::ofec_encoders * fec::ofec_pair_information;
  std::size_t left = 0;
  for (std::size_t i = 8 * pair; i < (pairs - 22) * pair; ++i) left += back[i] != client[i];
  EXPECT_EQ(left, 0u);
}

}  // namespace
}  // namespace waverack
