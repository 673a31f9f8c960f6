#include "waverack/base/line_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

namespace waverack {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number of few digits, or nothing: what it leaves to std::from_chars is long, far from 1, or no number.
// Up to 2^53 the digits, and up to 10^22 the power of ten, are exact in a double, so that their product or
// quotient is rounded once, and is what from_chars gives (Clinger, "How to read floating point numbers
// accurately", PLDI 1990).
std::optional<double> short_number(std::string_view word) {
  constexpr std::uint64_t exact_digits = std::uint64_t{1} << 53;
  constexpr std::array<double, 23> powers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                          1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                          1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  constexpr int largest_power = static_cast<int>(powers.size()) - 1, most_digits = 18;
  const char *at = word.data(), *const end = at + word.size();
  const bool negative = at < end && *at == '-';
  if (negative) ++at;
  std::uint64_t digits = 0;
  const auto take_digits = [&] {
    const char* const first = at;
    for (; at < end && is_digit(*at); ++at) digits = 10 * digits + static_cast<std::uint64_t>(*at - '0');
    return static_cast<int>(at - first);
  };
  if (word.size() > 32) return std::nullopt;
  const int whole = take_digits();
  int fraction = 0;
  if (at < end && *at == '.') {
    ++at;
    fraction = take_digits();
  }
  if (whole + fraction == 0 || whole + fraction > most_digits || digits > exact_digits) return std::nullopt;
  int power = -fraction;
  if (at < end && (*at == 'e' || *at == 'E')) {
    ++at;
    const bool divides = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) ++at;
    const char* const first = at;
    int exponent = 0;
    for (; at < end && is_digit(*at) && exponent <= largest_power; ++at)
      exponent = 10 * exponent + (*at - '0');
    if (at == first) return std::nullopt;
    power += divides ? -exponent : exponent;
  }
  if (at != end || power < -largest_power || power > largest_power) return std::nullopt;
  const double value = power < 0 ? static_cast<double>(digits) / powers[static_cast<std::size_t>(-power)]
                                 : static_cast<double>(digits) * powers[static_cast<std::size_t>(power)];
  return negative ? -value : value;
}

}  // namespace

LineReader::LineReader(std::string_view text, std::string name, std::string_view comments)
    : text_(text), name_(std::move(name)), comments_(comments) {
  if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
}

bool LineReader::next_line() {
  while (!text_.empty()) {
    ++line_number_;
    line_start_ = text_.data();
    if (feed_ < text_.data()) feed_ = text_.data() + std::min(text_.find('\n'), text_.size());
    line_ = text_.substr(0, static_cast<std::size_t>(feed_ - text_.data()));
    line_ = line_.substr(0, line_.find('\r'));
    text_.remove_prefix(line_.size());
    if (text_.starts_with("\r\n"))
      text_.remove_prefix(2);
    else if (!text_.empty())
      text_.remove_prefix(1);
    for (const char comment : comments_) line_ = line_.substr(0, line_.find(comment));
    while (!line_.empty() && is_blank(line_.front())) line_.remove_prefix(1);
    while (!line_.empty() && is_blank(line_.back())) line_.remove_suffix(1);
    if (!line_.empty()) return true;
  }
  return false;
}

void LineReader::skip(std::size_t count) {
  while (count < line_.size() && is_blank(line_[count])) ++count;
  line_.remove_prefix(count);
}

std::string_view LineReader::next_word() {
  std::size_t end = 0;
  while (end < line_.size() && !is_blank(line_[end])) ++end;
  const std::string_view word = line_.substr(0, end);
  skip(end);
  return word;
}

double LineReader::number(std::string_view word) const {
  std::string_view digits = word;
  if (digits.size() > 1 && digits.front() == '+' && digits[1] != '-') digits.remove_prefix(1);
  if (const std::optional<double> value = short_number(digits)) return *value;
  double value = 0.0;
  const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range)
    fail("'" + shown(word) + "' is too large or too small for a number");
  if (error != std::errc{} || rest != digits.data() + digits.size())
    fail("'" + shown(word) + "' is not a number");
  if (!std::isfinite(value)) fail("'" + shown(word) + "' is not a finite number");
  return value;
}

void LineReader::fail_at(int line, std::string message, std::string allowed) const {
  throw Error(ErrorInfo{{name_, line, 0}, {}, std::move(message), std::move(allowed), {}});
}

void LineReader::fail(std::string message, std::string allowed) const {
  fail_at(line_number_, std::move(message), std::move(allowed));
}

void LineReader::fail_word(std::string_view word, std::string message, std::string allowed,
                           std::string nearest) const {
  const int column = static_cast<int>(word.data() - line_start_) + 1;
  throw Error(ErrorInfo{
      {name_, line_number_, column}, {}, std::move(message), std::move(allowed), std::move(nearest)});
}

std::vector<std::string_view> cells_of(std::string_view line) {
  const char separator = line.find(',') != line.npos ? ',' : line.find(';') != line.npos ? ';' : ' ';
  constexpr std::string_view blanks = " \t\v\f";
  std::vector<std::string_view> cells;
  while (true) {
    const std::size_t end = separator == ' ' ? line.find_first_of(blanks) : line.find(separator);
    std::string_view cell = line.substr(0, end);
    cell.remove_prefix(std::min(cell.find_first_not_of(blanks), cell.size()));
    cell = cell.substr(0, cell.find_last_not_of(blanks) + 1);
    cells.push_back(cell);
    if (end == line.npos) return cells;
    line.remove_prefix(end + 1);
    if (separator == ' ') line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  }
}

std::string shown(std::string_view word) {
  std::string text;
  for (const char c : word.substr(0, 24)) text += c >= ' ' && c <= '~' ? c : '?';
  return word.size() > 24 ? text + "…" : text;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

}  // namespace waverack
