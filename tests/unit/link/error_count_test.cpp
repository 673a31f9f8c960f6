#include "waverack/link/error_count.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "waverack/link/symbol_source.hpp"

namespace waverack::link {
namespace {

// PAM4, five symbols in a code symbol of 10 bits. Gray: 0 → 00, 1 → 01, 2 → 11, 3 → 10.
TEST(ErrorCount, BitsAndCodeSymbols) {
  RecordCounter counter(4, fec::kp4);
  counter.error(0, 0, 1);   // one bit, code symbol 0
  counter.error(4, 0, 2);   // two bits, code symbol 0
  counter.error(5, 1, 2);   // one bit, code symbol 1
  counter.error(14, 3, 0);  // one bit, code symbol 2
  const ErrorCounts counts = counter.finish(1000);
  EXPECT_EQ(counts.symbols, 1000U);
  EXPECT_EQ(counts.bits, 2000U);
  EXPECT_EQ(counts.symbol_errors, 4U);
  EXPECT_EQ(counts.bit_errors, 5U);
  EXPECT_EQ(counts.code_symbols, 200U);
  EXPECT_EQ(counts.code_symbol_errors, 3U);
}

// Up to two right symbols between wrong ones belong to a burst.
TEST(ErrorCount, Bursts) {
  RecordCounter counter(4, fec::kp4);
  for (const std::uint64_t position : {10U, 11U, 14U, 20U, 24U, 100U}) counter.error(position, 0, 1);
  const ErrorCounts counts = counter.finish(1000);
  EXPECT_EQ(counts.events, 4U);
  EXPECT_EQ(counts.bursts[4], 1U);  // 10 … 14
  EXPECT_EQ(counts.bursts[0], 3U);  // 20, 24 and 100
}

// KP4 and PAM4: a codeword is 2720 symbols. Ten wrong code symbols in a row are ten in one codeword, five
// each in two of two interleaved ones, and three or two each in four.
TEST(ErrorCount, Interleaving) {
  RecordCounter counter(4, fec::kp4);
  for (std::uint64_t i = 0; i < 10; ++i) counter.error(5 * i, 0, 1);
  const ErrorCounts counts = counter.finish(2720 * 4 + 100);
  EXPECT_EQ(counts.codewords[0][10], 1U);
  EXPECT_EQ(counts.codewords[0][0], 3U);
  EXPECT_EQ(counts.codewords[1][5], 2U);
  EXPECT_EQ(counts.codewords[1][0], 2U);
  EXPECT_EQ(counts.codewords[2][3], 2U);
  EXPECT_EQ(counts.codewords[2][2], 2U);
  EXPECT_EQ(counts.codewords[2][0], 0U);
}

TEST(ErrorCount, CodewordsThatAreNotCompleteDoNotCount) {
  RecordCounter counter(4, fec::kp4);
  const ErrorCounts counts = counter.finish(2720 * 3);
  EXPECT_EQ(counts.codewords[0][0], 3U);
  EXPECT_EQ(counts.codewords[1][0], 2U);
  EXPECT_EQ(counts.codewords[2][0], 0U);
}

ErrorCounts with_errors(std::uint64_t errors_in_a_record, int records_with, int records) {
  ErrorCounts total;
  for (int r = 0; r < records; ++r) {
    RecordCounter counter(4, fec::kp4);
    if (r < records_with)
      for (std::uint64_t i = 0; i < errors_in_a_record; ++i) counter.error(100 * i, 0, 1);
    total += counter.finish(10'000);
  }
  return total;
}

// Garwood's table: 10 counts have the 95 % interval 4.795 … 18.39, none 0 … 3.689.
TEST(ErrorCount, IntervalOfIndependentErrors) {
  // One error in ten of 100 000 records: as spread as Poisson's.
  const ErrorCounts counts = with_errors(1, 10, 100'000);
  const Interval interval = ber_interval(counts);
  const auto bits = static_cast<double>(counts.bits);
  EXPECT_NEAR(interval.low * bits, 4.795, 0.01);
  EXPECT_NEAR(interval.high * bits, 18.39, 0.02);

  const Interval none = ber_interval(with_errors(0, 0, 10));
  EXPECT_EQ(none.low, 0.0);
  EXPECT_NEAR(none.high * 200'000.0, 3.6889, 1e-3);
}

// The same errors in bursts of nine: three times as wide.
TEST(ErrorCount, BurstsWidenTheInterval) {
  const Interval alone = ber_interval(with_errors(1, 900, 10'000'0)),
                 bursts = ber_interval(with_errors(9, 100, 10'000'0));
  const double width_alone = alone.high - alone.low, width_bursts = bursts.high - bursts.low;
  EXPECT_NEAR(width_bursts / width_alone, 3.0, 0.1);
}

TEST(SymbolSource, GoesOnWhereItStopped) {
  for (const SymbolPattern pattern : {SymbolPattern::random, SymbolPattern::prbs31q}) {
    SymbolSource whole(pattern, 4, 5, 2, 1000), pieces(pattern, 4, 5, 2, 1000);
    std::vector<std::uint8_t> a(32 * 96), b(32 * 96);
    whole.next(a);
    pieces.next(std::span(b).first(32 * 20));
    pieces.next(std::span(b).subspan(32 * 20));
    EXPECT_EQ(a, b);
  }
}

// Record r of stretch s begins (32·s + r)·length symbols into PRBS31Q.
TEST(SymbolSource, RecordsArePiecesOfPrbs31q) {
  constexpr std::uint64_t length = 50;
  SymbolSource source(SymbolPattern::prbs31q, 4, 1, 1, length);
  std::vector<std::uint8_t> rows(32 * length), expected(64 * length);
  source.next(rows);
  signal::Prbs(31).fill_pam4(expected);
  for (std::size_t r = 0; r < 32; ++r)
    for (std::size_t k = 0; k < length; ++k)
      ASSERT_EQ(rows[32 * k + r], expected[(32 + r) * length + k]) << r << ' ' << k;
}

TEST(SymbolSource, LevelsAreEquallyLikely) {
  for (const int levels : {2, 4, 6, 8}) {
    SymbolSource source(SymbolPattern::random, levels, 3, 0, 1000);
    std::vector<std::uint8_t> rows(32 * 4096);
    source.next(rows);
    std::vector<double> counts(static_cast<std::size_t>(levels), 0.0);
    for (const std::uint8_t symbol : rows) counts.at(symbol) += 1.0;
    const double expected = static_cast<double>(rows.size()) / levels;
    for (const double count : counts) EXPECT_NEAR(count, expected, 5.0 * std::sqrt(expected));
  }
}

// Behind the inverse of a precoder each decision adds its error to that of the one before: +1, −1, +1 in turn
// leaves the first and one behind the last; +1, +1 leaves 1, 2, 1 levels: one, two and one wrong bits.
TEST(ErrorCount, BehindAPrecoder) {
  RecordCounter counter(4, fec::kp4, true);
  counter.error(10, 1, 2);
  counter.error(11, 2, 1);
  counter.error(12, 0, 1);
  counter.error(50, 0, 1);
  counter.error(51, 1, 2);
  counter.error(99, 3, 2);  // the last of the record: what follows it is not there
  const ErrorCounts counts = counter.finish(100);
  EXPECT_EQ(counts.symbol_errors, 6u);
  EXPECT_EQ(counts.events, 3u);
  EXPECT_EQ(counts.bit_errors, 2u + 4u + 1u);
  // Five symbols to a code symbol: 10 and 13 lie in one, 50 to 52 in one, 99 in one.
  EXPECT_EQ(counts.code_symbol_errors, 3u);
}

}  // namespace
}  // namespace waverack::link
