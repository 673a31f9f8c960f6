#include "waverack/fec/inner_code.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::fec {

const std::array<std::uint8_t, inner_checked_bits> inner_columns = {
    0x94, 0x4A, 0x25, 0xCB, 0xBC, 0x5E, 0x2F, 0xCE, 0x67, 0xEA, 0x75, 0xE3, 0xA8, 0x54, 0x2A,
    0x15, 0xD3, 0xB0, 0x58, 0x2C, 0x16, 0x0B, 0xDC, 0x6E, 0x37, 0xC2, 0x61, 0xE9, 0xAD, 0x8F,
    0x9E, 0x4F, 0xFE, 0x7F, 0xE6, 0x73, 0xE0, 0x70, 0x38, 0x1C, 0x0E, 0x07, 0xDA, 0x6D, 0xEF,
    0xAE, 0x57, 0xF2, 0x79, 0xE5, 0xAB, 0x8C, 0x46, 0x23, 0xC8, 0x64, 0x32, 0x19, 0xD5, 0xB3,  // Table 177-1
    0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01};

std::uint8_t inner_parity(std::span<const std::uint8_t> message) {
  assert(message.size() == inner_message_bits);
  std::uint8_t parity = 0;
  for (std::size_t k = 0; k < inner_message_symbols; ++k)
    if (message[2 * k] != message[2 * k + 1]) parity ^= inner_columns[k];
  return parity;
}

std::vector<std::uint8_t> inner_encode(std::span<const std::uint8_t> message) {
  if (message.size() % inner_message_bits != 0) throw Error("the inner code encodes multiples of 120 bits");
  std::vector<std::uint8_t> code;
  code.reserve(message.size() / inner_message_bits * inner_bits);
  for (; !message.empty(); message = message.subspan(inner_message_bits)) {
    const auto block = message.first(inner_message_bits);
    code.insert(code.end(), block.begin(), block.end());
    const unsigned parity = inner_parity(block);
    for (unsigned bit = 8; bit-- > 0;) code.push_back(parity >> bit & 1U);
  }
  return code;
}

namespace {

// The nearest of the levels for which `wanted` holds, and its squared distance.
template <class Wanted>
std::pair<std::uint8_t, double> nearest_level(double sample, Wanted wanted) {
  std::pair<std::uint8_t, double> best{0, std::numeric_limits<double>::infinity()};
  for (std::uint8_t level = 0; level < 4; ++level) {
    const double distance = (sample - level) * (sample - level);
    if (wanted(level) && distance < best.second) best = {level, distance};
  }
  return best;
}

}  // namespace

SoftCodeword soft_codeword(std::span<const double> samples) {
  assert(samples.size() == inner_symbols);
  SoftCodeword soft;
  for (std::size_t k = 0; k < inner_message_symbols; ++k) {
    const auto even = nearest_level(samples[k], [](int level) { return level % 2 == 0; });
    const auto odd = nearest_level(samples[k], [](int level) { return level % 2 == 1; });
    const bool is_even = even.second < odd.second;
    soft.decided[k] = is_even ? even.first : odd.first;
    soft.other[k] = is_even ? odd.first : even.first;
    soft.reliability[k] = std::abs(even.second - odd.second);
  }
  for (std::size_t bit = 0; bit < 8; ++bit) {
    const auto is_one = [&](int level) { return bit % 2 == 0 ? level >= 2 : level == 1 || level == 2; };
    const double sample = samples[inner_message_symbols + bit / 2];
    const double one = nearest_level(sample, is_one).second;
    const double zero = nearest_level(sample, [&](int level) { return !is_one(level); }).second;
    soft.parity[bit] = one < zero;
    soft.reliability[inner_message_symbols + bit] = std::abs(one - zero);
  }
  return soft;
}

SoftCodeword soft_codeword_of_bits(std::span<const double> ratios) {
  assert(ratios.size() == inner_bits);
  SoftCodeword soft;
  const auto level = [](bool first, bool second) {
    return signal::gray_encode(std::array<std::uint8_t, 2>{first, second}).front();
  };
  for (std::size_t k = 0; k < inner_message_symbols; ++k) {
    const double first = ratios[2 * k], second = ratios[2 * k + 1];
    const bool first_weaker = std::abs(first) < std::abs(second);
    soft.decided[k] = level(first < 0.0, second < 0.0);
    soft.other[k] = level((first < 0.0) != first_weaker, (second < 0.0) == first_weaker);
    soft.reliability[k] = std::min(std::abs(first), std::abs(second));
  }
  for (std::size_t bit = 0; bit < 8; ++bit) {
    const double ratio = ratios[inner_message_bits + bit];
    soft.parity[bit] = ratio < 0.0;
    soft.reliability[inner_message_symbols + bit] = std::abs(ratio);
  }
  return soft;
}

InnerDecision inner_decode(const SoftCodeword& soft, int test_bits) {
  if (test_bits < 0 || test_bits > 10) throw Error("the inner decoder tests 0 to 10 bits");
  std::uint8_t syndrome = 0;
  for (std::size_t j = 0; j < inner_checked_bits; ++j) {
    const bool one = j < inner_message_symbols ? soft.decided[j] % 2 : soft.parity[j - inner_message_symbols];
    if (one) syndrome ^= inner_columns[j];
  }
  std::array<std::size_t, inner_checked_bits> weakest;
  std::iota(weakest.begin(), weakest.end(), std::size_t{0});
  std::stable_sort(weakest.begin(), weakest.end(),
                   [&](std::size_t a, std::size_t b) { return soft.reliability[a] < soft.reliability[b]; });

  InnerDecision best{.symbols = soft.decided, .distance = std::numeric_limits<double>::infinity()};
  for (unsigned pattern = 0; pattern < 1U << test_bits; ++pattern) {
    std::array<bool, inner_checked_bits> flipped{};
    std::uint8_t left = syndrome;
    for (std::size_t i = 0; i < static_cast<std::size_t>(test_bits); ++i)
      if (pattern >> i & 1U) {
        flipped[weakest[i]] = true;
        left ^= inner_columns[weakest[i]];
      }
    if (left != 0) {
      const auto column = std::find(inner_columns.begin(), inner_columns.end(), left);
      if (column == inner_columns.end()) continue;  // two wrong bits at least
      bool& bit = flipped[static_cast<std::size_t>(column - inner_columns.begin())];
      bit = !bit;
    }
    double distance = 0.0;
    for (std::size_t j = 0; j < inner_checked_bits; ++j)
      if (flipped[j]) distance += soft.reliability[j];
    if (distance >= best.distance) continue;
    best.found = true;
    best.distance = distance;
    for (std::size_t k = 0; k < inner_message_symbols; ++k)
      best.symbols[k] = flipped[k] ? soft.other[k] : soft.decided[k];
  }
  return best;
}

}  // namespace waverack::fec
