#include "waverack/fec/reed_solomon.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "unit/fec/codewords.hpp"

namespace waverack::fec {
namespace {

// Facts: standards 8.1; the column of KP4 is IEEE 802.3 Table 91-2 (g0 = 523, g1 = 834 … g29 = 575).
TEST(ReedSolomon, GeneratorsAreThePublishedOnes) {
  EXPECT_THAT(
      generator_polynomial(kp4),
      testing::ElementsAre(1, 575, 552, 187, 230, 552, 1, 108, 565, 282, 249, 593, 132, 94, 720, 495, 385,
                           942, 503, 883, 361, 788, 610, 193, 392, 127, 185, 158, 128, 834, 523));
  EXPECT_THAT(generator_polynomial(kr4),
              testing::ElementsAre(1, 904, 6, 701, 32, 656, 925, 900, 614, 391, 592, 265, 945, 290, 432));
}

// A message of zeros and a last symbol of 1 is x^(2t): its parity is the generator without its first
// coefficient.
TEST(ReedSolomon, ParityOfOne) {
  std::vector<Symbol> codeword(544, 0);
  codeword[513] = 1;
  encode_reed_solomon(kp4, codeword);
  EXPECT_EQ(codeword[514], 575);
  EXPECT_EQ(codeword[515], 552);
  EXPECT_EQ(codeword[542], 834);
  EXPECT_EQ(codeword[543], 523);
}

// What another encoder makes of the message m_i = 37·i² + 11·i + 5 mod 1024, i = 0 … 513: P. Karn's libfec
// (Debian 1.0-26), init_rs_int(10, 0x409, 0, 1, n − k, 1023 − n).
TEST(ReedSolomon, ParityOfAnotherEncoder) {
  const auto parity = [](const BlockCode& code) {
    std::vector<Symbol> codeword(static_cast<std::size_t>(code.n));
    for (std::size_t i = 0; i < 514; ++i) codeword[i] = static_cast<Symbol>((37 * i * i + 11 * i + 5) % 1024);
    encode_reed_solomon(code, codeword);
    return std::vector<Symbol>(codeword.begin() + 514, codeword.end());
  };
  EXPECT_THAT(parity(kp4), testing::ElementsAre(273, 788, 983, 324, 944, 847, 506, 217, 267, 613, 165, 274,
                                                890, 466, 884, 745, 522, 798, 748, 150, 929, 462, 1021, 113,
                                                1023, 619, 881, 943, 794, 587));
  EXPECT_THAT(parity(kr4),
              testing::ElementsAre(979, 911, 99, 502, 528, 807, 247, 544, 794, 578, 1014, 190, 62, 567));
}

TEST(ReedSolomon, CodewordsHaveNoSyndromes) {
  Random random(1);
  for (const BlockCode& code : {kp4, kr4})
    EXPECT_THAT(syndromes(code, random_codeword(code, random)), testing::Each(0));
}

// Every count of errors up to t, anywhere, in the parity alone, and in one burst.
TEST(ReedSolomon, CorrectsUpToT) {
  Random random(2);
  for (const BlockCode& code : {kp4, kr4, BlockCode{"RS(101,71)", 101, 71, 10, 15}}) {
    const auto k = static_cast<std::size_t>(code.k);
    for (std::size_t count = 0; count <= static_cast<std::size_t>(code.t); ++count)
      for (int round = 0; round < 6; ++round) {
        const std::vector<Symbol> sent = random_codeword(code, random);
        std::vector<Symbol> received = sent;
        const std::span<Symbol> all = received;
        if (round == 0)
          add_errors(all, k, count, random);
        else if (round == 1)
          add_errors(all.first(50 + count), 50, count, random);
        else
          add_errors(all, 0, count, random);
        EXPECT_EQ(decode_reed_solomon(code, received).corrected, static_cast<int>(count)) << code.name;
        ASSERT_EQ(received, sent) << code.name << ", " << count << " errors";
      }
  }
}

// More than t errors: a wrong codeword within t is found with a probability of at most 1/15! = 8e-13 for KP4
// and 1/7! = 2e-4 for KR4 (facts: fec-and-kernels 2), so 0 of 400 and rarely 1 of 400.
TEST(ReedSolomon, ReportsMoreThanT) {
  Random random(3);
  for (const BlockCode& code : {kp4, kr4}) {
    int accepted = 0;
    for (int round = 0; round < 400; ++round) {
      std::vector<Symbol> received = random_codeword(code, random);
      add_errors(received, 0, static_cast<std::size_t>(code.t + 1 + round % 4), random);
      const std::vector<Symbol> before = received;
      if (!decode_reed_solomon(code, received).failed())
        ++accepted;
      else
        ASSERT_EQ(received, before) << "a failure leaves the codeword as it was";
    }
    EXPECT_LE(accepted, code.t == 15 ? 0 : 2) << code.name;
  }
}

// A uniformly random word lies within t symbols of a codeword with the probability Σ_{i≤t}
// C(n,i)·1023^i/1024^(2t), as the balls around codewords do not overlap: 0.1409 for t = 2. Four standard
// deviations of the count.
TEST(ReedSolomon, MiscorrectsAsOftenAsItsBallsFillTheSpace) {
  const BlockCode code{"RS(544,540)", 544, 540, 10, 2};
  const double share = (1 + 544 * 1023.0 + 544 * 543 / 2 * 1023.0 * 1023.0) / std::pow(1024.0, 4);
  Random random(4);
  const int words = 3000;
  int accepted = 0;
  for (int i = 0; i < words; ++i) {
    std::vector<Symbol> word(544);
    for (Symbol& symbol : word) symbol = random_symbol(random);
    if (decode_reed_solomon(code, word).failed()) continue;
    ++accepted;
    ASSERT_THAT(syndromes(code, word), testing::Each(0)) << "what it accepts is a codeword";
  }
  EXPECT_NEAR(accepted, words * share, 4 * std::sqrt(words * share * (1 - share)));
}

TEST(ReedSolomon, RefusesOtherCodes) {
  EXPECT_THROW(check_reed_solomon({"8 bits", 255, 239, 8, 8}), std::invalid_argument);
  EXPECT_THROW(check_reed_solomon({"odd", 544, 514, 10, 14}), std::invalid_argument);
  EXPECT_THROW(check_reed_solomon({"long", 1024, 994, 10, 15}), std::invalid_argument);
}

}  // namespace
}  // namespace waverack::fec
