#include "waverack/base/random.hpp"

#include <cassert>
#include <cmath>
#include <numbers>

#include "waverack/base/joined_words.hpp"

namespace waverack {
namespace {

using Pair = std::array<double, 2>;

// The half keeps the value off both ends; 52 bits and a half are exact in a double.
double open_unit(std::uint64_t bits) { return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52; }

Pair uniform_pair(const Stream& stream, std::uint32_t index) {
  const auto words = random_words(stream, index);
  return {open_unit(joined_words(words[0], words[1])), open_unit(joined_words(words[2], words[3]))};
}

Pair normal_pair(const Stream& stream, std::uint32_t index) {
  const auto words = random_words(stream, index);
  // A small argument of the logarithm is the tail: it keeps all 64 bits.
  const double u = (static_cast<double>(joined_words(words[0], words[1])) + 0.5) * 0x1p-64;
  const double radius = std::sqrt(-2.0 * std::log(u));
  const double angle = 2.0 * std::numbers::pi * open_unit(joined_words(words[2], words[3]));
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

template <class Number>
void fill(const Stream& stream, std::span<Number> out, std::uint64_t first,
          Pair (*pair_at)(const Stream&, std::uint32_t)) {
  assert(first + out.size() <= std::uint64_t{1} << 33);
  for (std::size_t i = 0; i < out.size();) {
    const std::uint64_t n = first + i;
    const Pair pair = pair_at(stream, static_cast<std::uint32_t>(n / 2));
    for (std::size_t half = n % 2; half < 2 && i < out.size(); ++half)
      out[i++] = static_cast<Number>(pair[half]);
  }
}

}  // namespace

std::array<std::uint32_t, 4> philox(const std::array<std::uint32_t, 4>& counter,
                                    const std::array<std::uint32_t, 2>& key) {
  auto [c0, c1, c2, c3] = counter;
  auto [k0, k1] = key;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * c0;
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * c2;
    const auto b_high = static_cast<std::uint32_t>(b >> 32);
    const auto a_high = static_cast<std::uint32_t>(a >> 32);
    c0 = b_high ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(b);
    c2 = a_high ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(a);
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  return {c0, c1, c2, c3};
}

std::array<std::uint32_t, 4> random_words(const Stream& stream, std::uint32_t index) {
  return philox({index, stream.block, stream.lane, stream.source},
                {static_cast<std::uint32_t>(stream.seed), static_cast<std::uint32_t>(stream.seed >> 32)});
}

void fill_uniform(const Stream& stream, std::span<double> out, std::uint64_t first) {
  fill(stream, out, first, &uniform_pair);
}

void fill_normal(const Stream& stream, std::span<double> out, std::uint64_t first) {
  fill(stream, out, first, &normal_pair);
}

void fill_normal(const Stream& stream, std::span<float> out, std::uint64_t first) {
  fill(stream, out, first, &normal_pair);
}

}  // namespace waverack
