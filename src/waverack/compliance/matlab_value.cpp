#include "waverack/compliance/matlab_value.hpp"

#include <charconv>
#include <cmath>

#include "waverack/base/text.hpp"

namespace waverack::compliance {
namespace {

constexpr std::size_t most_numbers = 100'000;

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<SheetMatrix> run() {
    skip_blanks();
    const bool brackets = take('[');
    SheetMatrix rows(1);
    for (;;) {
      skip_separators();
      if (brackets && take(']')) {
        skip_blanks();
        return text_.empty() && !rows.back().empty() ? std::optional(rows) : std::nullopt;
      }
      if (text_.empty()) return !brackets && !rows.front().empty() ? std::optional(rows) : std::nullopt;
      if (brackets && take(';')) {
        if (rows.back().empty()) return std::nullopt;
        rows.emplace_back();
        continue;
      }
      if (!element(rows.back()) || rows.back().size() > most_numbers) return std::nullopt;
    }
  }

 private:
  void skip_blanks() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t')) text_.remove_prefix(1);
  }
  void skip_separators() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t' || text_.front() == ','))
      text_.remove_prefix(1);
  }
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  std::optional<double> number() {
    if (text_.starts_with('+')) text_.remove_prefix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return value;
  }
  // The n of ones(1,n), after the word.
  std::optional<int> ones() {
    if (!take('(')) return std::nullopt;
    const auto rows = number();
    skip_separators();
    const auto columns = number();
    if (rows != 1.0 || !columns || !take(')') || !(*columns >= 1.0 && *columns <= double(most_numbers)))
      return std::nullopt;
    return static_cast<int>(*columns);
  }
  // One number, a range a:b:c or a:c, or a number times ones(1,n).
  bool element(std::vector<double>& row) {
    if (take("ones")) {
      const auto count = ones();
      if (!count) return false;
      const auto times = take('*') ? number() : std::optional(1.0);
      if (!times) return false;
      row.insert(row.end(), static_cast<std::size_t>(*count), *times);
      return true;
    }
    const auto first = number();
    if (!first) return false;
    if (take('*')) {
      const auto count = take("ones") ? ones() : std::nullopt;
      if (!count) return false;
      row.insert(row.end(), static_cast<std::size_t>(*count), *first);
      return true;
    }
    if (!take(':')) {
      row.push_back(*first);
      return true;
    }
    const auto second = number();
    if (!second) return false;
    const auto third = take(':') ? number() : std::nullopt;
    const double step = third ? *second : 1.0, last = third ? *third : *second;
    const double steps = (last - *first) / step;
    if (!(steps >= 0.0 && steps < double(most_numbers))) return false;
    for (int i = 0; i <= static_cast<int>(std::floor(steps + 1e-6)); ++i) row.push_back(*first + i * step);
    return true;
  }

  std::string_view text_;
};

}  // namespace

std::optional<SheetMatrix> parse_matlab_value(std::string_view text) { return Parser(text).run(); }

}  // namespace waverack::compliance
