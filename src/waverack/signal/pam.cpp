#include "waverack/signal/pam.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "waverack/base/error.hpp"

namespace waverack::signal {

std::vector<double> pam_levels(int count) {
  if (count < 2) throw Error(fmt::format("PAM needs at least 2 levels, not {}", count));
  std::vector<double> levels;
  for (int k = 0; k < count; ++k) levels.push_back(2.0 * k / (count - 1) - 1.0);
  return levels;
}

std::vector<double> pam4_levels(double r_lm) {
  if (!(r_lm > 0.0 && r_lm <= 1.0))
    throw Error(fmt::format("R_LM must be above 0 and at most 1, not {}", r_lm));
  const double inner = (2.0 - r_lm) / 3.0;
  return {-1.0, -inner, inner, 1.0};
}

double r_lm(std::span<const double> levels) {
  if (levels.size() != 4) return std::numeric_limits<double>::quiet_NaN();
  const double mid = 0.5 * (levels[0] + levels[3]);
  const double es1 = (levels[1] - mid) / (levels[0] - mid);
  const double es2 = (levels[2] - mid) / (levels[3] - mid);
  return std::min({3.0 * es1, 3.0 * es2, 2.0 - 3.0 * es1, 2.0 - 3.0 * es2});
}

int wrong_bits_modulo(int levels, int difference) {
  if (levels != 2 && levels != 4)
    throw Error(fmt::format("differences modulo {} levels have no fixed number of wrong bits", levels));
  return gray_distance(static_cast<unsigned>(difference & (levels - 1)), 0);
}

BitGroup bit_group(int levels) {
  switch (levels) {
    case 2:
      return {1, 1};
    case 4:
      return {2, 1};
    case 6:
      return {5, 2};
    case 8:
      return {3, 1};
    default:
      throw Error(
          fmt::format("there is no bit mapping for {} levels; there is one for 2, 4, 6 and 8", levels));
  }
}

std::vector<std::uint8_t> inverted_symbols(std::span<const std::uint8_t> symbols, int levels) {
  std::vector<std::uint8_t> inverted(symbols.begin(), symbols.end());
  for (std::uint8_t& symbol : inverted) symbol = static_cast<std::uint8_t>(levels - 1 - symbol);
  return inverted;
}

double bits_per_symbol(int levels) {
  const BitGroup group = bit_group(levels);
  return static_cast<double>(group.bits) / group.symbols;
}

}  // namespace waverack::signal
