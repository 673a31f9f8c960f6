#pragma once
// Levels of pulse-amplitude modulation.

#include <cstdint>
#include <span>
#include <vector>

namespace waverack::signal {

// `count` equally spaced levels, lowest first, from −1 to 1. count ≥ 2, otherwise throws Error.
std::vector<double> pam_levels(int count);

// Four levels −1, −e, e, 1 with the level separation mismatch ratio r_lm (IEEE 802.3 Annex 120D).
// The law is symmetric compression of the outer eyes, as a saturating driver gives it: e = (2 − r_lm)/3, so
// the outer eyes shrink to (1 + r_lm)/2 of the ideal and the middle one grows to 2 − r_lm of it.
// 0 < r_lm ≤ 1, otherwise throws Error. (COM takes the smallest eye as r_lm of the ideal, which is stricter.)
std::vector<double> pam4_levels(double r_lm);

// Level separation mismatch ratio of four levels, lowest first, in any unit and with any offset (Annex 120D):
// mid = (V0 + V3)/2, ES1 = (V1 − mid)/(V0 − mid), ES2 = (V2 − mid)/(V3 − mid),
// R_LM = min(3·ES1, 3·ES2, 2 − 3·ES1, 2 − 3·ES2). 1 for equal spacing. NaN for any other number of levels.
double r_lm(std::span<const double> levels);

// Symbols 0 … levels − 1 upside down, as a modulator on its falling flank sends them.
std::vector<std::uint8_t> inverted_symbols(std::span<const std::uint8_t> symbols, int levels);

// Bits that a symbol carries: log2 of 2, 4 or 8 levels, each symbol Gray-coded; 2.5 for 6 levels, where five
// bits go on two symbols (pattern.hpp, symbols_of_bits). Throws Error for another number.
double bits_per_symbol(int levels);

// The bits of a Gray-coded symbol of 2, 4 or 8 levels as a number, the first one the most significant.
constexpr unsigned gray_code(unsigned symbol) { return symbol ^ symbol >> 1; }

// In how many bits two such symbols differ. (No popcount: CPUs of long ago have no instruction for it.)
constexpr int gray_distance(unsigned a, unsigned b) {
  const unsigned bits = gray_code(a) ^ gray_code(b);
  return static_cast<int>((bits & 1U) + (bits >> 1 & 1U) + (bits >> 2));
}

// Wrong bits of a Gray-coded symbol that is off by `difference` modulo 2 or 4 levels, as behind the inverse
// of a precoder: 1 for an odd difference, 2 for half of four levels. Throws Error for other levels.
int wrong_bits_modulo(int levels, int difference);

// How many bits go onto how many symbols: {1, 1}, {2, 1}, {5, 2} and {3, 1} for 2, 4, 6 and 8 levels. Throws
// Error for another number.
struct BitGroup {
  int bits = 0;
  int symbols = 0;
};
BitGroup bit_group(int levels);

}  // namespace waverack::signal
