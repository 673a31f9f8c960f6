#pragma once
// The field GF(2^10) of the Ethernet Reed–Solomon codes: polynomials over GF(2) modulo
// p(x) = x^10 + x^3 + 1 (IEEE 802.3, 91.5.2.7), and its element alpha, the polynomial x.
//
// An element is a number below 1024; its bit i is the coefficient of x^i. A sum is an exclusive or. Every
// element but zero is a power of alpha, so products are sums of logarithms. Everything is constexpr.

#include <array>
#include <cstddef>
#include <cstdint>

namespace waverack::fec {

using Symbol = std::uint16_t;

inline constexpr int field_bits = 10;
inline constexpr unsigned field_polynomial = 0x409;
inline constexpr int field_period = 1023;  // alpha^1023 = 1

struct FieldTables {
  std::array<Symbol, 2 * field_period> power{};             // power[e] = alpha^e; a sum of logarithms fits
  std::array<std::uint16_t, field_period + 1> logarithm{};  // of 1 … 1023; that of 0 is without meaning

  constexpr FieldTables() {
    unsigned element = 1;
    for (std::size_t e = 0; e < field_period; ++e) {
      power[e] = power[e + field_period] = static_cast<Symbol>(element);
      logarithm[element] = static_cast<std::uint16_t>(e);
      element <<= 1;
      if (element & (1u << field_bits)) element ^= field_polynomial;
    }
  }
};
inline constexpr FieldTables field_tables;

// alpha^exponent, for any exponent, negative ones too.
constexpr Symbol alpha_power(int exponent) {
  const int rest = exponent % field_period;
  return field_tables.power[static_cast<std::size_t>(rest < 0 ? rest + field_period : rest)];
}

constexpr Symbol field_product(Symbol a, Symbol b) {
  if (a == 0 || b == 0) return 0;
  return field_tables.power[static_cast<std::size_t>(field_tables.logarithm[a]) + field_tables.logarithm[b]];
}

// 1/a; a is not 0.
constexpr Symbol field_inverse(Symbol a) {
  return field_tables.power[static_cast<std::size_t>(field_period) - field_tables.logarithm[a]];
}

}  // namespace waverack::fec
