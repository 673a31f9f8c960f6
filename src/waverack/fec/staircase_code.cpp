#include <algorithm>
#include <bit>

#include "waverack/base/error.hpp"
#include "waverack/fec/galois_field.hpp"
#include "waverack/fec/staircase.hpp"

namespace waverack::fec {

namespace {

constexpr std::uint16_t nowhere = 0xFFFF;

Symbol square(Symbol a) { return field_product(a, a); }

Symbol square_root(Symbol a) {
  if (a == 0) return 0;
  const int e = field_tables.logarithm[a];
  return alpha_power(e % 2 == 0 ? e / 2 : (e + field_period) / 2);
}

Symbol quotient(Symbol a, Symbol b) { return a == 0 ? Symbol{0} : field_product(a, field_inverse(b)); }

// Roots of z² + z = c and of z³ + z = c for every c.
struct RootTables {
  std::array<Symbol, 1024> quadratic{};             // one of the two roots z, z + 1; nowhere
  std::array<std::array<Symbol, 3>, 1024> cubic{};  // three different ones, or the first is nowhere
  RootTables() {
    quadratic.fill(nowhere);
    std::array<int, 1024> found{};
    for (unsigned z = 0; z < 1024; ++z) {
      const auto e = static_cast<Symbol>(z);
      quadratic[square(e) ^ e] = e;
      const unsigned c = field_product(square(e), e) ^ e;
      cubic[c][static_cast<std::size_t>(found[c]++)] = e;
    }
    for (unsigned c = 0; c < 1024; ++c)
      if (found[c] != 3) cubic[c][0] = nowhere;
  }
};

const RootTables& roots() {
  static const RootTables tables;
  return tables;
}

// The inverse of the 32 columns of the parity bits: parity of each unit syndrome.
std::array<std::uint32_t, 32> invert(const std::uint32_t* columns) {
  // Rows of [columns | identity]: bit c of row r is bit r of column c.
  std::array<std::uint64_t, 32> rows{};
  for (unsigned r = 0; r < 32; ++r) {
    rows[r] = std::uint64_t{1} << (32 + r);
    for (unsigned c = 0; c < 32; ++c) rows[r] |= static_cast<std::uint64_t>(columns[c] >> r & 1U) << c;
  }
  for (unsigned c = 0; c < 32; ++c) {
    const auto pivot =
        std::find_if(rows.begin() + c, rows.end(), [&](std::uint64_t row) { return row >> c & 1U; });
    if (pivot == rows.end())
      throw Error("the parity of the staircase code does not exist for this permutation");
    std::swap(*pivot, rows[c]);
    for (unsigned r = 0; r < 32; ++r)
      if (r != c && (rows[r] >> c & 1U) != 0) rows[r] ^= rows[c];
  }
  std::array<std::uint32_t, 32> parity{};  // of syndrome bit r: bit c is parity bit c
  for (unsigned c = 0; c < 32; ++c)
    for (unsigned r = 0; r < 32; ++r) parity[r] |= static_cast<std::uint32_t>(rows[c] >> (32 + r) & 1U) << c;
  return parity;
}

}  // namespace

StaircasePermutation assumed_permutation() {
  std::array<std::uint32_t, 32> reduced{};  // by their highest bit
  std::array<bool, staircase_columns> is_parity{};
  for (std::size_t i = staircase_columns; i-- > 0;) {
    std::uint32_t column = staircase_column(static_cast<unsigned>(511 + i));
    while (column != 0) {
      std::uint32_t& with = reduced[static_cast<std::size_t>(std::bit_width(column) - 1)];
      if (with == 0) {
        with = column;
        is_parity[i] = true;
        break;
      }
      column ^= with;
    }
  }
  StaircasePermutation permutation{};
  std::uint16_t information = 0, parity = staircase_information_columns;
  for (std::size_t i = 0; i < staircase_columns; ++i)
    permutation[i] = is_parity[i] ? parity++ : information++;
  return permutation;
}

std::uint32_t staircase_column(unsigned beta) {
  const auto b = static_cast<Symbol>(beta);
  const Symbol b3 = field_product(square(b), b), b5 = field_product(b3, square(b));
  const unsigned low = beta & 7U;
  const std::uint32_t f = low >= 1 && low <= 4 ? 1U : 0U;
  return beta | static_cast<std::uint32_t>(b3) << 10 | static_cast<std::uint32_t>(b5) << 20 | f << 30 |
         (1U - f) << 31;
}

StaircaseErrors staircase_correct(std::uint32_t syndrome) {
  if (syndrome == 0) return {};
  StaircaseErrors errors{-1, {}};
  const auto s1 = static_cast<Symbol>(syndrome & 1023U), s3 = static_cast<Symbol>(syndrome >> 10 & 1023U),
             s5 = static_cast<Symbol>(syndrome >> 20 & 1023U);
  const bool odd = ((syndrome >> 30 ^ syndrome >> 31) & 1U) != 0;
  const Symbol s1_cubed = field_product(square(s1), s1), d = s1_cubed ^ s3;
  int count = 0;
  std::array<Symbol, 3> found{};
  if (d == 0) {
    if (!odd || s1 == 0) return errors;
    found[0] = s1;
    count = 1;
  } else if (!odd) {
    if (s1 == 0) return errors;
    const Symbol product = quotient(d, s1);  // of the two elements, whose sum is s1
    const Symbol z = roots().quadratic[quotient(product, square(s1))];
    if (z == nowhere) return errors;
    found[0] = field_product(s1, z);
    found[1] = found[0] ^ s1;
    count = 2;
  } else {
    const Symbol sigma2 = quotient(field_product(square(s1), s3) ^ s5, d);
    const Symbol sigma3 = d ^ field_product(s1, sigma2);
    // With x = y + s1 the locator polynomial is y^3 + a·y + b.
    const Symbol a = square(s1) ^ sigma2, b = field_product(s1, sigma2) ^ sigma3;
    if (b == 0) return errors;
    if (a == 0) {
      const int e = field_tables.logarithm[b];
      if (e % 3 != 0) return errors;
      for (int i = 0; i < 3; ++i)
        found[static_cast<std::size_t>(i)] = alpha_power(e / 3 + i * field_period / 3) ^ s1;
    } else {
      const Symbol root = square_root(a);
      const auto& z = roots().cubic[quotient(b, field_product(a, root))];
      if (z[0] == nowhere) return errors;
      for (std::size_t i = 0; i < 3; ++i) found[i] = field_product(root, z[i]) ^ s1;
    }
    count = 3;
  }
  // The fifth powers and F are checked by adding up the columns.
  for (int i = 0; i < count; ++i) {
    const Symbol beta = found[static_cast<std::size_t>(i)];
    if (beta == 0) return errors;
    syndrome ^= staircase_column(beta);
    errors.beta[static_cast<std::size_t>(i)] = beta;
  }
  if (syndrome == 0) errors.count = count;
  return errors;
}

StaircaseCode::StaircaseCode(const StaircasePermutation& order) : permutation(order) {
  inverse.fill(nowhere);
  for (std::size_t i = 0; i < staircase_columns; ++i) {
    if (order[i] >= staircase_columns || inverse[order[i]] != nowhere)
      throw Error("the permutation of the staircase code is one of 0 to 509");
    inverse[order[i]] = static_cast<std::uint16_t>(i);
  }
  place.fill(nowhere);
  for (std::size_t t = 0; t < staircase_rows; ++t) {
    const std::size_t beta = t < 2 ? 1021 + t : t - 1;
    left[t] = staircase_column(static_cast<unsigned>(beta));
    place[beta] = static_cast<std::uint16_t>(t);
  }
  for (std::size_t m = 0; m < staircase_columns; ++m) {
    const std::size_t beta = 511U + inverse[m];
    right[m] = staircase_column(static_cast<unsigned>(beta));
    place[beta] = static_cast<std::uint16_t>(staircase_rows + m);
  }
  const auto units = invert(right.data() + staircase_information_columns);
  for (unsigned byte = 0; byte < 4; ++byte)
    for (unsigned value = 0; value < 256; ++value)
      for (unsigned bit = 0; bit < 8; ++bit)
        if (value >> bit & 1U) parity[byte][value] ^= units[8 * byte + bit];
}

}  // namespace waverack::fec
