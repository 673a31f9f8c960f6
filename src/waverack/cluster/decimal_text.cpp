#include "waverack/cluster/decimal_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace waverack::cluster {

NumberAndRest split_number(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto length = static_cast<std::size_t>(end - text.data());
  return {text.substr(0, length), text.substr(length)};
}

double scaled_decimal(std::string_view number, int power) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (number.size() > 400) return none;
  const std::size_t e = number.find_first_of("eE");
  int exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view digits = number.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (error != std::errc() || end != digits.data() + digits.size() || std::abs(exponent) > 10000)
      return none;
  }
  const std::string text = fmt::format("{}e{}", number.substr(0, e), exponent + power);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value) ? value : none;
}

std::string plain_decimal(double value, int power) {
  // d.ddd…e±x in the fewest digits; then the point is moved.
  char buffer[40];
  const std::string text(
      buffer,
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific).ptr);
  const std::size_t e = text.find('e');
  std::string digits = text.substr(0, 1);
  if (e > 2) digits += text.substr(2, e - 2);
  // Digits in front of the point.
  const int point = 1 + std::atoi(text.c_str() + e + 1) - power, count = static_cast<int>(digits.size());
  if (value == 0.0) return "0";
  const std::string result = value < 0.0 ? "-" : "";
  if (point <= 0) return result + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (point >= count) return result + digits + std::string(static_cast<std::size_t>(point - count), '0');
  return result + digits.substr(0, static_cast<std::size_t>(point)) + '.' +
         digits.substr(static_cast<std::size_t>(point));
}

}  // namespace waverack::cluster
