#include "waverack/fec/ofec_code.hpp"

#include <cassert>
#include <vector>

namespace waverack::fec {

namespace {

constexpr std::array<std::uint16_t, ofec_word_bits> check_columns() {
  std::array<std::uint16_t, ofec_word_bits> columns{};
  for (std::size_t k = 0; k < 255; ++k) {
    const std::size_t power = 254 - k;
    columns[k] = static_cast<std::uint16_t>(byte_field.power[power] | byte_field.power[3 * power % 255] << 8);
  }
  return columns;
}

std::vector<std::uint16_t> make_corrections() {
  std::vector<std::uint16_t> table(65536, ofec_uncorrectable);
  const auto& columns = ofec_columns_of_check;
  table[0] = 255 | 255 << 8;
  for (std::size_t a = 0; a < 255; ++a) {
    table[columns[a]] = static_cast<std::uint16_t>(a | 255 << 8);
    for (std::size_t b = a + 1; b < 255; ++b)
      table[columns[a] ^ columns[b]] = static_cast<std::uint16_t>(a | b << 8);
  }
  return table;
}

}  // namespace

constinit const std::array<std::uint16_t, ofec_word_bits> ofec_columns_of_check = check_columns();

std::uint32_t ofec_parity(std::span<const std::uint8_t> message) {
  assert(message.size() == 239);
  std::uint32_t remainder = 0, ones = 0;
  for (const std::uint8_t bit : message) {
    const std::uint32_t carry = (remainder >> 15 ^ bit) & 1U;
    remainder = (remainder << 1 ^ (carry != 0 ? ofec_generator : 0U)) & 0xFFFFU;
    ones ^= bit;
  }
  for (std::uint32_t rest = remainder; rest != 0; rest &= rest - 1) ones ^= 1U;
  return remainder << 1 | (ones & 1U);
}

std::span<const std::uint16_t, 65536> ofec_corrections() {
  static const std::vector<std::uint16_t> table = make_corrections();
  return std::span<const std::uint16_t, 65536>(table);
}

}  // namespace waverack::fec
