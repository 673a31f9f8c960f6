#include "waverack/fec/symbol_errors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "waverack/base/error.hpp"
#include "waverack/base/random.hpp"
#include "waverack/signal/binomial.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::fec {
namespace {

double cer_of_chain(const ErrorChain& chain, int ways, const BlockCode& code = kp4) {
  return codeword_error_ratio(code,
                              symbol_error_distribution(chain, interleaved_layout(code, ways), code.n, 40));
}

// Facts: fec-and-kernels 5.2, at a bit error ratio of 1e-4; two digits printed.
TEST(SymbolErrors, PublishedBursts) {
  const struct {
    double persist;
    int ways;
    double ratio;
  } rows[] = {{0.5, 1, 5.6e-14}, {0.5, 2, 7.2e-21}, {0.5, 4, 4.7e-22}, {0.75, 1, 2.4e-9}, {0.75, 2, 1.2e-15}};
  for (const auto& row : rows)
    EXPECT_NEAR(cer_of_chain(chain_of_ber(1e-4, row.persist), row.ways) / row.ratio, 1.0, 0.025)
        << row.persist << ' ' << row.ways;
}

// Errors that do not depend on one another: facts, standards 8.1. The chain allows one wrong bit for each
// line symbol, so a symbol of ten bits is right with (1 − 2·ber)^5 in place of (1 − ber)^10, which moves it
// by 5·ber².
TEST(SymbolErrors, IndependentErrors) {
  for (const auto& [ber, ratio] : {std::pair{1e-4, 1.360e-18}, std::pair{2.4e-4, 8.152e-13},
                                   std::pair{2.92e-4, 1.448e-11}, std::pair{1e-3, 1.530e-4}}) {
    // One error after another is as likely as any: persist = start.
    const ErrorChain chain{.start = 2 * ber, .persist = 2 * ber};
    for (const int ways : {1, 2, 4})
      EXPECT_NEAR(cer_of_chain(chain, ways) / ratio, 1.0, 16 * 2 * ber + 5e-4) << ber;
  }
  // Exactly the binomial of that ratio, for KR4 and every interleaving.
  const ErrorChain chain{.start = 1e-3, .persist = 1e-3};
  const double symbol = -std::expm1(5 * std::log1p(-1e-3));
  const auto binomial = symbol_error_distribution(kr4, symbol);
  const auto found = symbol_error_distribution(chain, interleaved_layout(kr4, 2), kr4.n, 529);
  for (std::size_t i = 0; i < 100; ++i) EXPECT_NEAR(found[i] / binomial[i], 1.0, 1e-9) << i;
}

// Where the whole distribution is kept its mean is 544 times the chance of a wrong symbol of five line
// symbols in a row, 1 − (right symbol)·(1 − start)^4, whatever the interleaving; precoded, all five decisions
// and the one before are equal: right ones or wrong ones.
TEST(SymbolErrors, MeanOfWrongSymbols) {
  for (const double persist : {0.0, 0.5, 0.75})
    for (const bool precoded : {false, true}) {
      ErrorChain chain = chain_of_decisions(2e-3, persist);
      chain.precoded = precoded;
      const double right = precoded ? 0.998 * std::pow(1 - chain.start, 5) + 0.002 * std::pow(persist, 5)
                                    : 0.998 * std::pow(1 - chain.start, 4);
      for (const int ways : {1, 2, 4}) {
        const auto distribution = symbol_error_distribution(chain, interleaved_layout(kp4, ways), 544, 545);
        double mean = 0.0;
        for (std::size_t i = 0; i < distribution.size(); ++i)
          mean += static_cast<double>(i) * distribution[i];
        EXPECT_NEAR(mean / (544 * (1 - right)), 1.0, 1e-9);
        EXPECT_NEAR(std::accumulate(distribution.begin(), distribution.end(), 0.0), 1.0, 1e-12);
      }
    }
}

// Bits multiplexed from lanes: PAM4 symbols whose two bits belong to two symbols of the codeword. Of an
// isolated error the first bit takes a third. With two symbols in ten line symbols, one has the first bits
// and one the second.
TEST(SymbolErrors, MultiplexedBits) {
  const ErrorChain chain{.start = 1e-6, .persist = 1e-6};
  LaneLayout layout{.bits_per_symbol = 2, .own = 2, .owner = {}};
  for (int i = 0; i < 10; ++i) layout.owner.insert(layout.owner.end(), {0, 1});
  const auto both = symbol_error_distribution(chain, layout, 2, 4);
  EXPECT_NEAR(both[1] / 1e-5, 1.0, 1e-4);
  // Two different symbols out of ten chances each.
  EXPECT_NEAR(both[2] / (90.0 / 2 * 1e-12 * 4 / 9), 1.0, 1e-4);
  // Only the first of them, at the end of a codeword: the symbol of the first bits.
  EXPECT_NEAR(symbol_error_distribution(chain, layout, 1, 4)[1] / (1e-5 / 3), 1.0, 1e-4);
}

// A run of decisions, drawn, through the precoder's real inverse and the real multiplexing, to wrong symbols
// of each codeword; the distribution for one lane of `format`.
class Counter {
 public:
  Counter(const ErrorChain& chain, const PcsFormat& format, const PhysicalLane& lane) {
    const int rows = 544 * format.codewords / format.pcs_lanes;
    const std::size_t group = static_cast<std::size_t>(rows) * lane.pcs_lanes.size() * 5;  // PAM4 symbols
    const std::size_t groups = 1'000'000 / group;
    std::vector<std::uint8_t> sent(groups * group);
    signal::fill_symbols({.seed = 11}, 4, sent);
    std::vector<std::uint8_t> decided = sent;
    std::vector<double> chances(3 * sent.size() / 16 + 1000);
    fill_uniform({.seed = 12}, chances);
    auto chance = chances.begin();
    const auto geometric = [&](double stop) {  // steps until the first stop, at least 1
      return static_cast<std::size_t>(std::log(*chance++) / std::log1p(-stop)) + 1;
    };
    bool wrong = *chance++ < wrong_decisions(chain);
    for (std::size_t i = 0; i < sent.size();) {
      if (!wrong) {
        i += geometric(chain.start) - 1;
        wrong = true;
        continue;
      }
      std::size_t length = geometric(1 - chain.persist);
      int sign = *chance++ < 0.5 ? 1 : -1;
      for (; length > 0 && i < sent.size(); --length, ++i, sign = -sign) {
        // A level that can be missed in this direction.
        sent[i] = static_cast<std::uint8_t>(*chance++ * 3.0 + (sign < 0 ? 1.0 : 0.0));
        decided[i] = static_cast<std::uint8_t>(sent[i] + sign);
      }
      ++i;  // the run's end is a right decision
      wrong = false;
      if (i < sent.size()) {
        i += geometric(chain.start) - 1;
        wrong = true;
      }
    }
    if (chain.precoded) {
      sent = signal::precode_inverse(sent);
      decided = signal::precode_inverse(decided);
    }
    const auto a = signal::gray_decode(sent), b = signal::gray_decode(decided);
    std::set<std::pair<int, int>> symbols;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (a[i] != b[i]) {
        ++wrong_bits;
        const SymbolPlace place = bit_place(format, kp4, lane, i).place;
        symbols.insert({place.codeword, place.symbol});
      }
    bits = a.size();
    std::map<std::pair<int, int>, std::size_t> codewords;
    for (const auto& [codeword, symbol] : symbols) ++codewords[{codeword, symbol / 544}];
    for (int codeword = 0; codeword < format.codewords; ++codeword) {
      if (symbols_on_lane(format, kp4, lane, codeword) == 0) continue;
      for (std::size_t g = 0; g < groups; ++g) {
        const auto found = codewords.find({codeword, static_cast<int>(g)});
        ++counts[found == codewords.end() ? 0 : std::min<std::size_t>(found->second, counts.size() - 1)];
      }
    }
  }

  std::array<double, 40> counts{};
  std::size_t bits = 0, wrong_bits = 0;
};

TEST(SymbolErrors, AgreeWithCountedCodewords) {
  const struct {
    PcsFormat format;
    PhysicalLane lane;
  } lanes[] = {{pcs_100g, {{0}}},             // one codeword, symbol after symbol
               {pcs_400g, {{0, 1, 2, 3}}},    // bits of four lanes
               {pcs_400g, {{0, 2, 4, 6}}},    // four symbols of one codeword at a time
               {pcs_800g, {{0, 1, 16, 17}}},  // of two flows
               {pcs_1600g, {{0, 1}, 2}}};     // pairs of symbols
  int outside = 0, compared = 0;
  for (const auto& [format, lane] : lanes)
    for (const double persist : {0.0, 0.5, 0.75})
      for (const bool precoded : {false, true}) {
        ErrorChain chain = chain_of_decisions(0.02, persist);
        chain.precoded = precoded;
        const Counter counter(chain, format, lane);
        EXPECT_NEAR(static_cast<double>(counter.wrong_bits) / static_cast<double>(counter.bits) /
                        bit_error_ratio(chain),
                    1.0, 0.05);
        const int symbols = symbols_on_lane(format, kp4, lane, 0);
        const auto expected =
            symbol_error_distribution(chain, lane_layout(format, kp4, lane, 0), symbols, 40);
        const double trials = std::accumulate(counter.counts.begin(), counter.counts.end(), 0.0);
        double above = 0.0, expected_above = 0.0;
        for (std::size_t k = 40; k-- > 1;) {  // k or more wrong symbols
          above += counter.counts[k];
          expected_above += expected[k];
          if (above < 10 || above > 0.9 * trials) continue;
          const auto interval = signal::binomial_interval(above, trials);
          outside += expected_above < interval.low || expected_above > interval.high;
          ++compared;
        }
      }
  // 95 % intervals; neighbouring k are correlated.
  EXPECT_GT(compared, 150);
  EXPECT_LT(outside, compared / 10);
}

TEST(SymbolErrors, LanesOfAnInterfaceConvolve) {
  // 400 Gb/s over four lanes with the same chain, one of them free of errors: three quarters of the symbols.
  std::vector<PhysicalLane> lanes;
  for (const int first : {0, 4, 8, 12}) lanes.push_back({{first, first + 1, first + 2, first + 3}});
  const ErrorChain chain{.start = 1e-3, .persist = 1e-3};
  const std::vector<ErrorChain> chains{chain, chain, ErrorChain{}, chain};
  const auto all = symbol_error_distribution(pcs_400g, kp4, lanes, chains, 0, 40);
  // Each symbol of the codeword meets ten line symbols with one of its bits, of which the first is hit by a
  // third.
  double mean = 0.0;
  for (std::size_t i = 0; i < all.size(); ++i) mean += static_cast<double>(i) * all[i];
  const double first = 1 - std::pow(1 - 1e-3 / 3, 10), second = 1 - std::pow(1 - 2e-3 / 3, 10);
  EXPECT_NEAR(mean, 3 * 68 * (first + second), 1e-9);
}

TEST(ErrorChain, RatiosAndThemselves) {
  for (const bool precoded : {false, true})
    for (const int bits : {1, 2, 3}) {
      const ErrorChain chain = chain_of_ber(1e-4, 0.6, precoded, bits);
      EXPECT_NEAR(bit_error_ratio(chain) / 1e-4, 1.0, 1e-12);
      double sum = 0.0;
      for (int bit = 0; bit < bits; ++bit) sum += bit_share(chain, bit);
      EXPECT_NEAR(sum, 1.0, 1e-15);
    }
  // Standards facts, 8.2: isolated errors double, and a run at persistence 0.75 of 4 errors becomes two.
  ErrorChain chain = chain_of_decisions(1e-3, 0.0);
  chain.precoded = true;
  EXPECT_NEAR(bit_error_ratio(chain), 1e-3, 1e-15);
  EXPECT_THROW(chain_of_ber(0.5, 0.0), Error);
  EXPECT_THROW(chain_of_ber(0.3, 0.0), Error);
  // At most one right decision between runs of two: 2/3 wrong, or with a precoder two changes in every three.
  EXPECT_NEAR(largest_ber(0.5), 1.0 / 3.0, 1e-12);
  EXPECT_NEAR(largest_ber(0.5, true), 1.0 / 3.0, 1e-12);
  EXPECT_NO_THROW(chain_of_ber(0.333, 0.5, true));
  EXPECT_THROW(chain_of_ber(0.334, 0.5, true), Error);
}

// Facts: fec-and-kernels 5.3: 3/8 at a tap of a half, towards 3/4 at 1.
TEST(ErrorChain, FeedbackTap) {
  EXPECT_NEAR(chain_of_feedback_tap(0.5, 3.5).persist, 0.375, 1e-12);
  EXPECT_NEAR(chain_of_feedback_tap(1.0, 3.5).persist, 0.75, 2e-4);
  EXPECT_NEAR(wrong_decisions(chain_of_feedback_tap(0.7, 3.0)), 1.5 * 1.3498980316e-3, 1e-12);  // 3/2·Q(3)
}

TEST(ErrorChain, FittedPersistence) {
  // 600 runs of one, 300 of two, 100 of three or more: 500 chances taken of 1400.
  const std::uint64_t runs[] = {600, 300, 100};
  const FittedPersistence fit = fit_persistence(runs);
  EXPECT_EQ(fit.runs, 1000u);
  EXPECT_NEAR(fit.persist, 500.0 / 1400.0, 1e-12);
  EXPECT_NEAR(fit.high - fit.low, 2 * 1.96 * std::sqrt(500.0 * 900.0 / 1400.0) / 1400.0, 2e-3);  // normal law
  EXPECT_EQ(fit_persistence({}).high, 1.0);
}

}  // namespace
}  // namespace waverack::fec
