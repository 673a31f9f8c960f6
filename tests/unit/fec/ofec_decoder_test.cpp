#include "waverack/fec/ofec_decoder.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "unit/fec/ofec_reference.hpp"
#include "unit/signal/on_target.hpp"
#include "waverack/base/error.hpp"
#include "waverack/fec/ofec_encoder.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::fec {
namespace {

constexpr std::size_t pair_info = ofec_pair_information;

struct Sent {
  std::vector<std::uint8_t> information, coded;
};

Sent sent(std::size_t pairs, std::uint64_t seed) {
  Sent s;
  s.information.resize(pairs * pair_info);
  signal::fill_symbols({.seed = seed, .source = 1}, 2, s.information);
  OfecEncoder().encode(s.information, s.coded);
  return s;
}

// Ratios of two levels ±a in white noise of variance 1: 2·a·y; Q(a) errors.
std::vector<float> ratios_of(const std::vector<std::uint8_t>& coded, double a, std::uint64_t seed) {
  std::vector<float> ratios(coded.size());
  signal::fill_normal_fast({.seed = seed, .source = 2}, ratios);
  const auto level = static_cast<float>(a);
  for (std::size_t i = 0; i < ratios.size(); ++i)
    ratios[i] = 2.0f * level * (ratios[i] + (coded[i] != 0 ? -level : level));
  return ratios;
}

std::vector<std::uint8_t> decoded(OfecDecoder& decoder, const std::vector<float>& ratios) {
  std::vector<std::uint8_t> information;
  decoder.decode(ratios, information);
  decoder.finish(information);
  return information;
}

// All patterns of up to two wrong bits, and the parity bit with one more; three are noticed.
TEST(OfecHardDecoder, CorrectsTwoAndNoticesThree) {
  std::size_t checked = 0;
  std::vector<std::pair<unsigned, unsigned>> pairs;
  for (unsigned a = 0; a < 256; ++a)
    for (unsigned b = a; b < 256; ++b) pairs.emplace_back(a, b);  // a = b: one wrong bit
  for (std::size_t first = 0; first < pairs.size(); first += ofec_lanes) {
    OfecBitWords words{}, three{};
    const std::size_t lanes = std::min(ofec_lanes, pairs.size() - first);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const auto [a, b] = pairs[first + lane];
      for (OfecBitWords* w : {&words, &three}) w->row[a][lane] = w->row[b][lane] = 1;
      if (a == b) continue;
      unsigned c = (a + b + 1) % 256;
      while (c == a || c == b) c = (c + 1) % 256;
      three.row[c][lane] = 1;
    }
    const OfecBitWords before = three;
    std::uint32_t changed = 0;
    EXPECT_EQ(ofec_hard_decode(words, changed), 0u);
    for (const auto& row : words.row)
      for (const std::uint8_t bit : row) ASSERT_EQ(bit, 0);
    const std::uint32_t wrong = ofec_hard_decode(three, changed);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      if (pairs[first + lane].first == pairs[first + lane].second) continue;
      EXPECT_TRUE(wrong >> lane & 1U);
      for (std::size_t k = 0; k < 256; ++k) ASSERT_EQ(three.row[k][lane], before.row[k][lane]);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 256u * 255u / 2u);
}

// Random words of a noisy codeword: every instruction set gives the bits of the decision written out.
TEST(OfecSoftDecoder, IsTheReference) {
  OfecWords words;
  for (const int test_bits : {5, 6, 7})
    for (std::uint32_t block = 0; block < 3; ++block) {
      const OfecSoftRule rule{test_bits, 20 + 17 * static_cast<int>(block), 5 + 9 * static_cast<int>(block),
                              block == 2};
      std::vector<float> noise(ofec_word_bits * ofec_lanes);
      signal::fill_normal_fast({.seed = 5, .block = block}, noise);
      const float level = block == 2 ? 3.0f : 1.9f;  // about one wrong bit in three words, and seven in each
      for (std::size_t i = 0; i < noise.size(); ++i)
        words.row[i / ofec_lanes][i % ofec_lanes] =
            static_cast<std::int8_t>(std::clamp(std::lround(8.0f * (noise[i] + level)), -127L, 127L));
      OfecWords expected, result;
      for (std::size_t lane = 0; lane < ofec_lanes; ++lane) {
        OfecValues x;
        for (std::size_t k = 0; k < ofec_word_bits; ++k) x[k] = words.row[k][lane];
        const OfecValues w = soft_decision(x, rule);
        for (std::size_t k = 0; k < ofec_word_bits; ++k)
          expected.row[k][lane] = static_cast<std::int8_t>(w[k]);
      }
      for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
        const signal::OnTarget only(target);
        ofec_soft_decode(words, rule, result);
        EXPECT_EQ(std::memcmp(&expected, &result, sizeof expected), 0)
            << hwy::TargetName(target) << ' ' << test_bits << ' ' << block;
      }
    }
}

// The positions that a pair's words are gathered from are those of equations (1) and (2).
TEST(OfecDecoder, GathersCodewords) {
  const Sent s = sent(13, 3);
  const OfecMatrix matrix(s.coded);
  std::vector<OfecSoftPair> pairs(13);
  for (std::size_t p = 0; p < 13; ++p) {
    std::vector<float> ratios(ofec_pair_bits);
    for (std::size_t i = 0; i < ofec_pair_bits; ++i)
      ratios[i] = s.coded[p * ofec_pair_bits + i] != 0 ? -3.0f : 3.0f;
    ofec_quantise(ratios.data(), 1.0f, pairs[p]);
  }
  const OfecSoftPair zero{};
  const OfecSoftPair *old[8], *old_extrinsic[8];
  for (std::size_t c = 0; c < 8; ++c) {
    old[c] = &pairs[2 + c];
    old_extrinsic[c] = &zero;
  }
  OfecWords words;
  ofec_gather(old, old_extrinsic, pairs[12], zero, words);
  for (std::size_t lane = 0; lane < ofec_lanes; ++lane)
    for (std::size_t k = 0; k < ofec_word_bits; ++k) {
      const std::size_t row = 24 + lane / 16;
      const std::uint8_t bit = matrix.bit(OfecMatrix::place(row, lane % 16, k), row, k);
      ASSERT_EQ(words.row[k][lane], bit != 0 ? -3 : 3) << lane << ' ' << k;
    }
}

TEST(OfecDecoder, DecodesWithoutNoiseAndLate) {
  const Sent s = sent(70, 4);
  OfecDecoder decoder;
  EXPECT_EQ(decoder.delay_pairs(), 54u);
  std::vector<std::uint8_t> information;
  const auto ratios = ratios_of(s.coded, 30.0, 4);
  decoder.decode(std::span(ratios).first(54 * ofec_pair_bits), information);
  EXPECT_TRUE(information.empty());
  decoder.decode(std::span(ratios).subspan(54 * ofec_pair_bits), information);
  EXPECT_EQ(information.size(), 16 * pair_info);
  decoder.finish(information);
  EXPECT_EQ(information, s.information);
  EXPECT_EQ(decoder.counts().coded_bits, s.coded.size());
  EXPECT_EQ(decoder.counts().corrected_bits, 0u);
  EXPECT_THROW(decoder.decode(std::vector<float>(100), information), Error);
}

// Hard decoding alone corrects what it should at a low ratio of errors, and tells how many there were.
TEST(OfecDecoder, HardSweepsAlone) {
  const Sent s = sent(60, 5);
  const auto ratios = ratios_of(s.coded, 3.6, 5);  // 1.6e-4: hardly ever three in a word
  std::size_t wrong = 0;                           // ratios are rounded to quarters first
  for (std::size_t i = 0; i < ratios.size(); ++i)
    wrong += (std::nearbyint(4.0f * ratios[i]) < 0.0f) != (s.coded[i] != 0);
  OfecDecoderSettings settings;
  settings.hard_sweeps = 5;
  OfecDecoder decoder(settings);
  EXPECT_EQ(decoded(decoder, ratios), s.information);
  EXPECT_EQ(decoder.counts().corrected_bits, wrong);
  EXPECT_EQ(decoder.counts().failed_codewords, 0u);
}

// Facts: coherent A20 ask for 1.95e-2 and 2.0e-2; this is a short run at 1.8e-2. Bits of the first 8 and of
// the last 11 pairs of a stream may lie in one codeword alone, and the 11 pairs before those feel it.
TEST(OfecDecoder, Waterfall) {
  const Sent s = sent(300, 6);
  const auto good = ratios_of(s.coded, 2.0969, 6);  // Q(2.0969) = 1.8e-2
  OfecDecoder decoder;
  auto result = decoded(decoder, good);
  const std::size_t from = 8 * pair_info, whole = (300 - 22) * pair_info;
  EXPECT_TRUE(std::equal(result.begin() + from, result.begin() + whole, s.information.begin() + from));
  // Beyond the capacity of a rate of 111/128 with hard decisions nothing helps.
  const auto bad = ratios_of(s.coded, 1.8808, 6);  // 3.0e-2
  result = decoded(decoder, bad);
  std::size_t wrong = 0;
  for (std::size_t i = from; i < whole; ++i) wrong += result[i] != s.information[i];
  EXPECT_GT(static_cast<double>(wrong) / static_cast<double>(whole), 1e-3);
}

TEST(OfecDecoder, JoinsARunningStream) {
  const Sent s = sent(160, 7);
  const auto ratios = ratios_of(s.coded, 2.3, 7);
  OfecDecoderSettings settings = ofec_default_settings();
  settings.from_start = false;
  OfecDecoder decoder(settings);
  std::vector<std::uint8_t> information;
  decoder.decode(std::span(ratios).subspan(20 * ofec_pair_bits), information);
  decoder.finish(information);
  ASSERT_EQ(information.size(), 140 * pair_info);
  EXPECT_TRUE(std::equal(information.begin() + 40 * pair_info, information.begin() + 128 * pair_info,
                         s.information.begin() + 60 * pair_info));
}

TEST(OfecDecoder, RejectsSettings) {
  const auto with = [](auto change) {
    OfecDecoderSettings settings = ofec_default_settings();
    change(settings);
    OfecDecoder decoder(settings);
  };
  EXPECT_THROW(with([](auto& s) { s.test_bits = 8; }), Error);
  EXPECT_THROW(with([](auto& s) { s.hard_sweeps = -1; }), Error);
  EXPECT_THROW(with([](auto& s) { s.ratio_step = 0.0; }), Error);
  EXPECT_THROW(with([](auto& s) { s.soft_sweeps[0].weight = 2.0; }), Error);
  EXPECT_THROW(with([](auto& s) { s.soft_sweeps[0].certainty = 1000.0; }), Error);
  EXPECT_THROW(with([](auto& s) { s.soft_sweeps.clear(), s.hard_sweeps = 0; }), Error);
}

}  // namespace
}  // namespace waverack::fec
