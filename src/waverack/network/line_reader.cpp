#include "waverack/network/line_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace waverack::network {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }

}  // namespace

LineReader::LineReader(std::string_view text, std::string name, std::string_view comments)
    : text_(text), name_(std::move(name)), comments_(comments) {
  if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
}

bool LineReader::next_line() {
  while (!text_.empty()) {
    ++line_number_;
    std::size_t end = 0;
    while (end < text_.size() && text_[end] != '\n' && text_[end] != '\r') ++end;
    line_ = text_.substr(0, end);
    text_.remove_prefix(end);
    if (text_.starts_with("\r\n"))
      text_.remove_prefix(2);
    else if (!text_.empty())
      text_.remove_prefix(1);
    line_ = line_.substr(0, line_.find_first_of(comments_));
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

}  // namespace waverack::network
