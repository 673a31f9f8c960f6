#include "waverack/io/number_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/units.hpp"

namespace waverack::io {
namespace {

// fmt writes 4.1e-09; one digit of exponent is enough.
std::string short_exponent(std::string text) {
  const std::size_t e = text.find('e');
  if (e != std::string::npos && text.size() == e + 4 && text[e + 2] == '0') text.erase(e + 2, 1);
  return text;
}

// `digits` significant digits with the zeros that make columns line up, where the number is not too large for
// it.
std::string padded(double value, int digits) {
  const double size = std::abs(value);
  if (size > 0.0 && size < 0.01) return short_exponent(fmt::format("{:.{}g}", value, digits));
  const int before = size < 1.0 ? 1 : static_cast<int>(std::floor(std::log10(size))) + 1;
  return fmt::format("{:.{}f}", value, std::max(digits - before, 0));
}

}  // namespace

std::string number_text(double value, int digits) {
  if (!std::isfinite(value)) return std::string(no_number);
  const double size = std::abs(value);
  if (size == 0.0) return "0";
  if (size >= 1e-3 && size < 1e6) return fmt::format("{:.{}g}", value, size >= 1000 ? 6 : digits);
  // 2.4e-4 and not 0.00024.
  return short_exponent(fmt::format("{:.{}e}", value, std::max(digits - 2, 0)));
}

std::string decibel_text(double value, std::string_view unit) {
  if (!std::isfinite(value)) return std::string(no_number);
  // No "-0.00".
  return fmt::format("{:.2f} {}", std::abs(value) < 0.005 ? 0.0 : value, unit);
}

std::string quantity_text(double si, std::string_view unit, int digits) {
  if (!std::isfinite(si)) return std::string(no_number);
  const std::string text = format_engineering(si, unit, digits);
  const std::size_t space = text.find(' ');
  // The number again with its trailing zeros.
  const double shown = std::strtod(text.substr(0, space).c_str(), nullptr);
  return padded(shown, digits) + text.substr(space);
}

std::string count_text(double value) {
  if (!std::isfinite(value)) return std::string(no_number);
  std::string text = fmt::format("{:.0f}", value);
  if (text.size() < 5) return text;
  for (std::size_t i = text.size() - 3; i > 0 && text[i - 1] != '-'; i = i > 3 ? i - 3 : 0)
    text.insert(i, " ");
  return text;
}

std::string percent_text(double ratio, int digits) {
  if (!std::isfinite(ratio)) return std::string(no_number);
  const double percent = 100.0 * ratio;
  // Two decimals are all that a saving deserves.
  if (std::abs(percent) < 1.0) return fmt::format("{:.2f} %", percent);
  return padded(percent, digits) + " %";
}

std::string value_text(double value, std::string_view unit) {
  if (unit.empty() || unit == "1") return number_text(value);
  if (unit.starts_with("dB")) return decibel_text(value, unit);
  for (const std::string_view si : {"W", "V", "A", "s", "Hz", "m"})
    if (unit == si) return quantity_text(value, unit);
  if (!std::isfinite(value)) return std::string(no_number);
  return padded(value, 3) + " " + std::string(unit);
}

}  // namespace waverack::io
