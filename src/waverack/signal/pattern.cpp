#include "waverack/signal/pattern.hpp"

#include <fmt/format.h>

#include <cassert>

#include "waverack/base/error.hpp"

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
