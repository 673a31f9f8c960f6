#include "waverack/fec/galois_field.hpp"

#include <gtest/gtest.h>

namespace waverack::fec {
namespace {

// Product of polynomials over GF(2) bit by bit, then the remainder by x^10 + x^3 + 1.
Symbol slow_product(unsigned a, unsigned b) {
  unsigned product = 0;
  for (int i = 0; i < 10; ++i)
    if (b >> i & 1) product ^= a << i;
  for (int i = 18; i >= 10; --i)
    if (product >> i & 1) product ^= 0b10000001001u << (i - 10);
  return static_cast<Symbol>(product);
}

TEST(GaloisField, ProductsAreThoseOfPolynomials) {
  for (unsigned a = 0; a < 1024; ++a)
    for (unsigned b = 0; b < 1024; b += 1 + a % 3)
      ASSERT_EQ(field_product(static_cast<Symbol>(a), static_cast<Symbol>(b)), slow_product(a, b))
          << a << " " << b;
}

TEST(GaloisField, EveryElementButZeroHasAnInverse) {
  for (unsigned a = 1; a < 1024; ++a)
    ASSERT_EQ(slow_product(a, field_inverse(static_cast<Symbol>(a))), 1) << a;
}

TEST(GaloisField, PowersOfAlpha) {
  static_assert(alpha_power(0) == 1 && alpha_power(1) == 2 && alpha_power(10) == 9 && alpha_power(1023) == 1);
  EXPECT_EQ(field_product(alpha_power(-17), alpha_power(17)), 1);
  EXPECT_EQ(alpha_power(-1), alpha_power(1022));
}

}  // namespace
}  // namespace waverack::fec
