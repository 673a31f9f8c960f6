#include "waverack/fec/sliced_reed_solomon.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

#include "unit/fec/codewords.hpp"
#include "unit/signal/on_target.hpp"

namespace waverack::fec {
namespace {

const BlockCode shortened{"RS(101,71)", 101, 71, 10, 15};

std::vector<std::uint64_t> packed(const std::vector<std::vector<Symbol>>& codewords) {
  const std::size_t stride = words_of_symbols(static_cast<int>(codewords.front().size()));
  std::vector<std::uint64_t> words(stride * codewords.size());
  for (std::size_t i = 0; i < codewords.size(); ++i)
    pack_symbols(codewords[i], std::span(words).subspan(i * stride, stride));
  return words;
}

TEST(SlicedReedSolomon, EncodesAsTheReadingVersion) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    const signal::OnTarget on(target);
    Random random(1);
    for (const BlockCode& code : {kp4, kr4, shortened}) {
      std::vector<std::vector<Symbol>> codewords(513);
      for (auto& codeword : codewords) codeword = random_codeword(code, random);
      const std::vector<std::uint64_t> expected = packed(codewords);
      for (auto& codeword : codewords)
        for (std::size_t i = static_cast<std::size_t>(code.k); i < codeword.size(); ++i)
          codeword[i] = random_symbol(random);
      std::vector<std::uint64_t> words = packed(codewords);
      SlicedReedSolomon(code).encode(words);
      EXPECT_EQ(words, expected) << code.name << " on " << hwy::TargetName(target);
    }
  }
}

// Errors of every kind in `count` codewords of 0 … 20 errors: anywhere, in the parity alone, in a burst.
std::vector<std::vector<Symbol>> disturbed(const BlockCode& code, std::size_t count, Random& random) {
  std::vector<std::vector<Symbol>> received(count);
  for (auto& word : received) {
    word = random_codeword(code, random);
    const std::span<Symbol> all = word;
    const std::size_t errors = random() % 21;
    const std::size_t k = static_cast<std::size_t>(code.k), burst = random() % (all.size() - errors);
    switch (random() % 4) {
      case 0:
        add_errors(all, k, std::min(errors, all.size() - k), random);
        break;
      case 1:
        add_errors(all.first(burst + errors), burst, errors, random);
        break;
      default:
        add_errors(all, 0, errors, random);
    }
  }
  return received;
}

void compare(const BlockCode& code, std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::vector<Symbol>> received = disturbed(code, count, random);
  const std::vector<std::uint64_t> words = packed(received);
  std::vector<CodewordStatus> expected_statuses(count);
  for (std::size_t i = 0; i < count; ++i) expected_statuses[i] = decode_reed_solomon(code, received[i]);
  const std::vector<std::uint64_t> expected = packed(received);

  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    const signal::OnTarget on(target);
    std::vector<std::uint64_t> decoded = words;
    std::vector<CodewordStatus> statuses(count);
    SlicedReedSolomon(code).decode(decoded, statuses);
    EXPECT_EQ(statuses, expected_statuses) << code.name << " on " << hwy::TargetName(target);
    EXPECT_EQ(decoded, expected) << code.name << " on " << hwy::TargetName(target);
  }
}

// The reading version is the oracle, on every instruction set. WAVERACK_FEC_CODEWORDS asks for a longer run.
TEST(SlicedReedSolomon, DecodesAsTheReadingVersion) {
  const char* wanted = std::getenv("WAVERACK_FEC_CODEWORDS");
  const std::size_t total = wanted ? std::stoul(wanted) : 6000;
  for (std::size_t done = 0; done < total; done += 3000) {
    compare(kp4, 1400, done);
    compare(kr4, 600, done + 1);
    compare(shortened, 1000, done + 2);
  }
}

}  // namespace
}  // namespace waverack::fec
