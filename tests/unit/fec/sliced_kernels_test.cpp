#include "waverack/fec/sliced_kernels.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "unit/signal/on_target.hpp"

namespace waverack::fec {
namespace {

bool bit_of(const std::uint64_t* words, std::size_t i) { return words[i / 64] >> (i % 64) & 1; }

std::vector<SliceRow> random_rows(std::size_t count, std::mt19937_64& random) {
  std::vector<SliceRow> rows(count);
  for (SliceRow& row : rows)
    for (std::uint64_t& word : row.word) word = random();
  return rows;
}

// Row b of the slices is bit b of every codeword; the way back restores the words asked for and no others.
TEST(SlicedKernels, Transposition) {
  constexpr std::size_t stride = 11;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    const signal::OnTarget on(target);
    std::mt19937_64 random(1);
    std::vector<std::uint64_t> words(512 * stride);
    for (std::uint64_t& word : words) word = random();
    std::vector<SliceRow> slices(64 * stride);
    slice_words_of_codewords(words.data(), stride, 0, stride, slices[0].word);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < 512; ++i)
      for (std::size_t b = 0; b < 64 * stride; ++b)
        wrong += bit_of(&words[i * stride], b) != bit_of(slices[b].word, i);
    EXPECT_EQ(wrong, 0u) << hwy::TargetName(target);

    std::vector<std::uint64_t> back(words.size(), 7);
    unslice_words_of_codewords(slices[0].word, stride, 3, 5, back.data());
    for (std::size_t i = 0; i < back.size(); ++i)
      ASSERT_EQ(back[i], i % stride >= 3 && i % stride < 8 ? words[i] : 7) << hwy::TargetName(target);
  }
}

TEST(SlicedKernels, SymbolsToSlicesAndBack) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    const signal::OnTarget on(target);
    std::mt19937_64 random(2);
    std::vector<Symbol> symbols(512), back(512);
    for (Symbol& symbol : symbols) symbol = random() % 1024;
    std::vector<SliceRow> element(10);
    slice_symbols(symbols.data(), element[0].word);
    for (std::size_t i = 0; i < 512; ++i)
      for (std::size_t b = 0; b < 10; ++b)
        ASSERT_EQ(bit_of(element[b].word, i), symbols[i] >> b & 1) << hwy::TargetName(target);
    unslice_symbols(element[0].word, back.data());
    EXPECT_EQ(back, symbols) << hwy::TargetName(target);
  }
}

// Chosen lanes lie one behind the other, in their order, behind those that were there.
TEST(SlicedKernels, ChosenLanesAreAppended) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    const signal::OnTarget on(target);
    std::mt19937_64 random(3);
    for (const std::uint64_t density : {0, 1, 2, 3}) {  // none, a quarter, three quarters and all lanes
      SliceRow chosen;
      for (std::uint64_t& word : chosen.word) {
        const std::uint64_t a = random(), b = random();
        word = density == 0 ? 0 : density == 1 ? a & b : density == 2 ? a | b : ~std::uint64_t{0};
      }
      const std::size_t fill = random() % 512;
      const std::vector<SliceRow> rows = random_rows(4, random);
      std::vector<SliceRow> wide(4 * wide_words / slice_words);
      append_lanes(LaneAppend(chosen.word, fill), 4, rows[0].word, wide[0].word);
      for (std::size_t r = 0; r < 4; ++r) {
        const std::uint64_t* to = wide[0].word + r * wide_words;
        std::size_t place = fill;
        for (std::size_t i = 0; i < 512; ++i)
          if (bit_of(chosen.word, i)) {
            ASSERT_EQ(bit_of(to, place++), bit_of(rows[r].word, i)) << hwy::TargetName(target);
          }
        for (; place < 1024; ++place) ASSERT_FALSE(bit_of(to, place));
      }
    }
  }
}

TEST(SlicedKernels, RootsAreListed) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    const signal::OnTarget on(target);
    std::mt19937_64 random(4);
    const std::vector<SliceRow> rows = random_rows(20, random), lanes = random_rows(1, random);
    std::vector<std::uint32_t> expected, list(20 * 512 + 64);
    for (std::size_t p = 0; p < 20; ++p)
      for (std::size_t i = 0; i < 512; ++i)
        if (bit_of(rows[p].word, i) && bit_of(lanes[0].word, i))
          expected.push_back(static_cast<std::uint32_t>(512 * p + i));
    list.resize(list_roots(rows[0].word, 20, lanes[0], list.data()));
    EXPECT_EQ(list, expected) << hwy::TargetName(target);
  }
}

}  // namespace
}  // namespace waverack::fec
