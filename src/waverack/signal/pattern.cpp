#include "waverack/signal/pattern.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cassert>

#include "waverack/base/error.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::signal {
namespace {

struct Recursion {
  int order;
  std::array<int, 4> delays;  // b[n] is the exclusive or of b[n − delay]; a pair of equal delays cancels
  bool inverted;
};

constexpr std::array<Recursion, 6> recursions{{{7, {6, 7, 1, 1}, false},
                                               {9, {5, 9, 1, 1}, false},
                                               {13, {1, 2, 12, 13}, false},
                                               {15, {14, 15, 1, 1}, true},
                                               {23, {18, 23, 1, 1}, true},
                                               {31, {28, 31, 1, 1}, true}}};

const Recursion& recursion_of(int order) {
  for (const Recursion& recursion : recursions)
    if (recursion.order == order) return recursion;
  throw Error(fmt::format("there is no PRBS{}; the orders are 7, 9, 13, 15, 23 and 31", order));
}

constexpr std::array<std::uint8_t, 4> gray_of_pair{0, 1, 3, 2};  // 00, 01, 10, 11
constexpr std::array<std::uint8_t, 4> pair_of_gray{0, 1, 3, 2};

std::uint32_t last_bits(int order) { return (std::uint32_t{1} << order) - 1; }

}  // namespace

Prbs::Prbs(int order, std::uint32_t seed) : order_(order) {
  const Recursion& recursion = recursion_of(order);
  state_ = seed == 0 ? last_bits(order) : seed;
  if (state_ > last_bits(order))
    throw Error(fmt::format("the seed {:#x} of PRBS{} has more than {} bits", seed, order, order));
  inversion_ = recursion.inverted ? 1 : 0;
  for (std::size_t i = 0; i < 4; ++i) shifts_[i] = recursion.delays[i] - 1;
}

void Prbs::fill_pam4(std::span<std::uint8_t> symbols) {
  for (std::uint8_t& symbol : symbols) {
    const int first = next();
    symbol = gray_of_pair[static_cast<std::size_t>(2 * first + next())];
  }
}

void Prbs::skip(std::uint64_t bits) {
  // One step is a matrix over the field of two elements; column i is where bit i of the state goes.
  using Matrix = std::array<std::uint32_t, 32>;
  const auto apply = [](const Matrix& m, std::uint32_t x) {
    std::uint32_t y = 0;
    for (std::size_t i = 0; x >> i; ++i)
      if (x >> i & 1U) y ^= m[i];
    return y;
  };
  const std::uint32_t mask = last_bits(order_);
  state_ &= mask;
  Matrix power{};
  for (int i = 0; i < order_; ++i) {
    Prbs one = *this;
    one.state_ = std::uint32_t{1} << i;
    one.next();
    power[static_cast<std::size_t>(i)] = one.state_ & mask;
  }
  for (; bits; bits >>= 1) {
    if (bits & 1U) state_ = apply(power, state_);
    Matrix square{};
    for (int i = 0; i < order_; ++i)
      square[static_cast<std::size_t>(i)] = apply(power, power[static_cast<std::size_t>(i)]);
    power = square;
  }
}

std::vector<std::uint8_t> prbs(int order, std::size_t length, std::uint32_t seed) {
  Prbs generator(order, seed);
  std::vector<std::uint8_t> bits(length);
  for (std::uint8_t& bit : bits) bit = generator.next();
  return bits;
}

std::vector<std::uint8_t> gray_encode(std::span<const std::uint8_t> bits) {
  assert(bits.size() % 2 == 0);
  std::vector<std::uint8_t> symbols(bits.size() / 2);
  for (std::size_t k = 0; k < symbols.size(); ++k) {
    assert(bits[2 * k] < 2 && bits[2 * k + 1] < 2);
    symbols[k] = gray_of_pair[static_cast<std::size_t>(2 * bits[2 * k] + bits[2 * k + 1])];
  }
  return symbols;
}

std::vector<std::uint8_t> gray_decode(std::span<const std::uint8_t> symbols) {
  std::vector<std::uint8_t> bits;
  bits.reserve(2 * symbols.size());
  for (const std::uint8_t symbol : symbols) {
    assert(symbol < 4);
    const std::uint8_t pair = pair_of_gray[symbol];
    bits.push_back(static_cast<std::uint8_t>(pair >> 1));
    bits.push_back(static_cast<std::uint8_t>(pair & 1));
  }
  return bits;
}

namespace {

// The rectangle of 8 × 4 points is (x, y) = (gray(b4 b3 b2), gray(b1 b0)); its columns 1 to 6 are the levels
// 0 to 5 of the first symbol, and its rows the levels 1 to 4 of the second. The eight points of the outer
// columns, by column and row, lie at these places; no other way to place them has fewer wrong bits.
struct Pair {
  std::uint8_t first, second;
};
constexpr std::array<std::array<Pair, 4>, 2> moved{
    {{{{1, 0}, {2, 0}, {1, 5}, {2, 5}}}, {{{4, 0}, {3, 0}, {4, 5}, {3, 5}}}}};

std::array<Pair, 32> make_cross() {
  std::array<Pair, 32> cross{};
  for (unsigned x = 0; x < 8; ++x)
    for (unsigned y = 0; y < 4; ++y) {
      const unsigned bits = (x ^ x >> 1) << 2 | (y ^ y >> 1);
      cross[bits] = x == 0   ? moved[0][y]
                    : x == 7 ? moved[1][y]
                             : Pair{static_cast<std::uint8_t>(x - 1), static_cast<std::uint8_t>(y + 1)};
    }
  return cross;
}

// The place of each group of five bits, the first bit most significant.
const std::array<Pair, 32>& cross() {
  static const std::array<Pair, 32> table = make_cross();
  return table;
}

}  // namespace

std::vector<std::uint8_t> symbols_of_bits(std::span<const std::uint8_t> bits, int levels) {
  const BitGroup group = bit_group(levels);
  assert(bits.size() % static_cast<std::size_t>(group.bits) == 0);
  std::vector<std::uint8_t> symbols;
  symbols.reserve(bits.size() / static_cast<std::size_t>(group.bits) *
                  static_cast<std::size_t>(group.symbols));
  for (std::size_t at = 0; at < bits.size(); at += static_cast<std::size_t>(group.bits)) {
    unsigned value = 0;
    for (int i = 0; i < group.bits; ++i) value = value << 1 | bits[at + static_cast<std::size_t>(i)];
    if (levels == 6) {
      symbols.push_back(cross()[value].first);
      symbols.push_back(cross()[value].second);
      continue;
    }
    // The level whose Gray code is `value`.
    for (unsigned shift = value >> 1; shift != 0; shift >>= 1) value ^= shift;
    symbols.push_back(static_cast<std::uint8_t>(value));
  }
  return symbols;
}

std::vector<double> bit_errors_by_eye(int levels) {
  const auto eyes = static_cast<std::size_t>(levels - 1);
  if (levels != 6) return std::vector<double>(eyes, 1.0 / (levels * bits_per_symbol(levels)));
  std::array<std::array<int, 6>, 6> bits_at{};  // −1 in the corners
  for (auto& row : bits_at) row.fill(-1);
  for (int value = 0; value < 32; ++value)
    bits_at[cross()[static_cast<std::size_t>(value)].first][cross()[static_cast<std::size_t>(value)].second] =
        value;
  std::vector<double> result(eyes, 0.0);
  const auto differing = [](int a, int b) {
    return a < 0 || b < 0 ? 0 : std::popcount(static_cast<unsigned>(a ^ b));
  };
  for (std::size_t eye = 0; eye < eyes; ++eye) {
    int wrong = 0;
    for (std::size_t other = 0; other < 6; ++other)
      wrong += differing(bits_at[eye][other], bits_at[eye + 1][other]) +
               differing(bits_at[other][eye], bits_at[other][eye + 1]);
    result[eye] = wrong / (32.0 * 5.0);  // each pair comes with 1/32 and carries five bits
  }
  return result;
}

std::vector<std::uint8_t> prbs_symbols(int order, int levels) {
  const auto group = static_cast<std::size_t>(bit_group(levels).bits);
  const std::size_t period = last_bits(order);
  return symbols_of_bits(prbs(order, period * group), levels);  // no period is divisible by 2, 3 or 5 in full
}

std::vector<std::uint8_t> precode(std::span<const std::uint8_t> symbols, std::uint8_t before) {
  std::vector<std::uint8_t> out(symbols.size());
  unsigned previous = before;
  for (std::size_t j = 0; j < symbols.size(); ++j) {
    previous = (symbols[j] - previous) & 3U;
    out[j] = static_cast<std::uint8_t>(previous);
  }
  return out;
}

std::vector<std::uint8_t> precode_inverse(std::span<const std::uint8_t> symbols, std::uint8_t before) {
  std::vector<std::uint8_t> out(symbols.size());
  unsigned previous = before;
  for (std::size_t j = 0; j < symbols.size(); ++j) {
    out[j] = static_cast<std::uint8_t>((symbols[j] + previous) & 3U);
    previous = symbols[j];
  }
  return out;
}

std::vector<std::uint8_t> prbs_pam4(int order) {
  // Two periods, because one has an odd number of bits.
  std::vector<std::uint8_t> symbols(last_bits(order));
  Prbs(order).fill_pam4(symbols);
  return symbols;
}

std::vector<std::uint8_t> ssprq() {
  std::vector<std::uint8_t> a;
  const struct {
    std::uint32_t seed;
    std::size_t bits;
  } pieces[] = {{0x00000002, 10924}, {0x34013FF7, 10922}, {0x0CCCCCCC, 10922}};
  for (const auto& piece : pieces) {
    const std::vector<std::uint8_t> bits = prbs(31, piece.bits, piece.seed);
    a.insert(a.end(), bits.begin(), bits.end());
  }
  std::vector<std::uint8_t> bits;
  bits.reserve(131070);
  for (const int cut : {0, 1, 0, 1}) bits.insert(bits.end(), a.begin(), a.end() - cut);

  std::vector<std::uint8_t> symbols = gray_encode(bits);
  const auto invert = [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) symbols[k] = static_cast<std::uint8_t>(3 - symbols[k]);
  };
  invert(16384, 32768);
  invert(49151, 65535);
  return symbols;
}

std::vector<std::uint8_t> symbols_of(PatternName name) {
  switch (name) {
    case PatternName::prbs7:
      return prbs(7, last_bits(7));
    case PatternName::prbs9:
      return prbs(9, last_bits(9));
    case PatternName::prbs13:
      return prbs(13, last_bits(13));
    case PatternName::prbs15:
      return prbs(15, last_bits(15));
    case PatternName::prbs9q:
      return prbs_pam4(9);
    case PatternName::prbs13q:
      return prbs_pam4(13);
    case PatternName::ssprq:
      return ssprq();
  }
  assert(false);
  return {};
}

int level_count(PatternName name) {
  switch (name) {
    case PatternName::prbs7:
    case PatternName::prbs9:
    case PatternName::prbs13:
    case PatternName::prbs15:
      return 2;
    case PatternName::prbs9q:
    case PatternName::prbs13q:
    case PatternName::ssprq:
      return 4;
  }
  assert(false);
  return 0;
}

}  // namespace waverack::signal
