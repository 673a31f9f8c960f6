#include "waverack/compliance/captured_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "waverack/base/line_reader.hpp"
#include "waverack/base/units.hpp"
#include "waverack/compliance/capture_header.hpp"

namespace waverack::compliance {
namespace {

constexpr std::string_view one_waveform =
    "time and value on a line, or a value alone: one waveform in a file";
constexpr double largest_value = 1e30;  // scopes write 9.9e37 where they have no sample

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }
bool ends_line(char c) { return c == '\n' || c == '\r'; }

// The next line off the text, without its end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end);
  if (text.starts_with("\r\n"))
    text.remove_prefix(2);
  else if (!text.empty())
    text.remove_prefix(1);
  return line;
}

bool is_number(std::string_view cell, bool decimal_comma) {
  std::string text(cell);
  if (decimal_comma) std::replace(text.begin(), text.end(), ',', '.');
  const char* begin = text.c_str() + (text.starts_with('+') ? 1 : 0);
  double value = 0.0;
  const auto [rest, error] = std::from_chars(begin, text.c_str() + text.size(), value);
  return error == std::errc{} && rest == text.c_str() + text.size();
}

// How the lines of numbers are written.
struct Layout {
  char separator = ' ';  // ' ' stands for any blanks
  bool decimal_comma = false;
  int keys = 0;    // cells before the numbers
  int values = 0;  // numbers on a line: 1, or 2 with the time
};

// Blanks beside a number, which a separator other than blanks is not part of.
bool is_padding(char c, char separator) { return is_blank(c) && (separator == ' ' || c != separator); }

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> cells;
  while (true) {
    while (!line.empty() && is_padding(line.front(), separator)) line.remove_prefix(1);
    std::size_t end = 0;
    while (end < line.size() && (separator == ' ' ? !is_blank(line[end]) : line[end] != separator)) ++end;
    std::string_view cell = line.substr(0, end);
    while (!cell.empty() && is_blank(cell.back())) cell.remove_suffix(1);
    const bool last = end == line.size();
    if (!last || !cell.empty()) cells.push_back(cell);
    if (last) break;
    line.remove_prefix(end + 1);
  }
  return cells;
}

// The layout of a line that holds numbers, or nothing for a line of the header. `values` may be any number.
std::optional<Layout> layout_of(std::string_view line) {
  Layout layout;
  const bool commas = line.find(',') != line.npos;
  layout.separator = line.find(';') != line.npos    ? ';'
                     : line.find('\t') != line.npos ? '\t'
                     : commas                       ? ','
                                                    : ' ';
  if (layout.separator == ',' && split(line, ' ').size() > 1) {
    // "1,5 2,5": blanks between numbers with decimal commas, where no comma has a blank beside it.
    const std::vector<std::string_view> words = split(line, ' ');
    if (std::all_of(words.begin(), words.end(), [](std::string_view w) { return is_number(w, true); }))
      layout.separator = ' ';
  }
  layout.decimal_comma = commas && layout.separator != ',';
  std::vector<std::string_view> cells = split(line, layout.separator);
  const auto number = [&](std::size_t i) { return is_number(cells[i], layout.decimal_comma); };
  if (cells.size() == 5 && !number(0) && number(3) && number(4)) layout.keys = 3;
  for (std::size_t i = static_cast<std::size_t>(layout.keys); i < cells.size(); ++i)
    if (!number(i)) return std::nullopt;
  layout.values = static_cast<int>(cells.size()) - layout.keys;
  return layout.values > 0 ? std::optional(layout) : std::nullopt;
}

// The place of the last digit of a number in decimal writing: 1e-12 for "1.25e-10".
double last_digit(std::string_view word) {
  const std::size_t e = std::min(word.find_first_of("eE"), word.size());
  const std::string_view mantissa = word.substr(0, e);
  int exponent = 0;
  if (e < word.size()) {
    std::string_view digits = word.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  }
  const std::size_t point = mantissa.find('.');
  const auto decimals = point == mantissa.npos ? 0 : static_cast<int>(mantissa.size() - point - 1);
  return std::pow(10.0, exponent - decimals);
}

class RecordParser {
 public:
  RecordParser(std::string_view text, const std::string& name, std::optional<double> sample_interval)
      : given_interval_(sample_interval) {
    capture_.name = name;
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    read_header(text);
    if (layout_.decimal_comma) {
      points_.assign(text);
      std::replace(points_.begin(), points_.end(), ',', '.');
      text = points_;
    }
    read_numbers(text);
  }

  CapturedRecord run() {
    capture_.unit = header_.value_unit;
    if (layout_.values == 2)
      take_times();
    else if (given_interval_)
      capture_.sample_interval = *given_interval_;
    else if (header_.sample_interval)
      capture_.sample_interval = *header_.sample_interval;
    else
      fail(0, "the file says no sample interval, and has no column of times",
           "--sample-interval, or a line such as 'Sample Interval,1e-12'");
    return std::move(capture_);
  }

 private:
  [[noreturn]] void fail(int line, std::string message, std::string allowed = {}) const {
    throw Error(ErrorInfo{{capture_.name, line, 0}, {}, std::move(message), std::move(allowed), {}});
  }

  // Leaves `text` at the first line of numbers.
  void read_header(std::string_view& text) {
    while (!text.empty()) {
      std::string_view rest = text;
      const std::string_view line = take_line(rest);
      if (const auto layout = layout_of(line)) {
        if (layout->values > 2)
          fail(line_, fmt::format("{} numbers on a line", layout->values), std::string(one_waveform));
        layout_ = *layout;
        return;
      }
      read_header_line(line, header_);
      text = rest;
      ++line_;
    }
    fail(0, line_ == 1 ? "the file is empty" : "the file holds no samples", std::string(one_waveform));
  }

  void read_numbers(std::string_view text) {
    first_line_ = line_;
    numbers_ = text;
    const char* at = text.data();
    const char* end = at + text.size();
    const std::size_t guess = static_cast<std::size_t>(std::count(at, end, '\n')) + 1;
    capture_.samples.reserve(guess);
    if (layout_.values == 2) times_.reserve(guess);
    bool blank_seen = false;
    while (at < end) {
      const char* line = at;
      while (at < end && is_padding(*at, layout_.separator)) ++at;
      if (at == end || ends_line(*at)) {
        blank_seen = true;
      } else {
        if (blank_seen) fail(line_, "numbers after an empty line", "one block of numbers");
        if (layout_.keys > 0) at = behind_keys(line, at, end);
        if (layout_.values == 2) {
          times_.push_back(number(at, end));
          at = behind_separator(line, at, end);
        }
        capture_.samples.push_back(static_cast<float>(number(at, end)));
        while (at < end && (is_blank(*at) || *at == layout_.separator)) ++at;
        if (at < end && !ends_line(*at)) wrong_line(line, end);
      }
      if (at < end) at += *at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1;
      ++line_;
    }
  }

  // A number off the text; leaves `at` behind it.
  double number(const char*& at, const char* end) const {
    double value = 0.0;
    const char* begin = at < end && *at == '+' ? at + 1 : at;
    const auto [rest, error] = std::from_chars(begin, end, value);
    const char last = rest < end ? *rest : '\n';
    if (error == std::errc::invalid_argument ||
        !(is_blank(last) || ends_line(last) || last == layout_.separator)) {
      const char* stop = at;
      while (stop < end && !ends_line(*stop) && !is_blank(*stop) && *stop != layout_.separator) ++stop;
      fail(line_, fmt::format("'{}' is not a number", shown({at, static_cast<std::size_t>(stop - at)})));
    }
    if (error != std::errc{} || !(std::abs(value) < largest_value))
      fail(line_,
           fmt::format("'{}' is no sample of a waveform", shown({at, static_cast<std::size_t>(rest - at)})));
    at = rest;
    return value;
  }

  const char* behind_separator(const char* line, const char* at, const char* end) const {
    while (at < end && is_padding(*at, layout_.separator)) ++at;
    if (layout_.separator != ' ' && at < end && *at == layout_.separator)
      ++at;
    else if (layout_.separator != ' ')
      wrong_line(line, end);
    while (at < end && is_blank(*at)) ++at;
    if (at == end || ends_line(*at)) wrong_line(line, end);
    return at;
  }

  const char* behind_keys(const char* line, const char* at, const char* end) {
    int left = layout_.keys;
    const char* from = at;
    while (at < end && !ends_line(*at) && left > 0) left -= *at++ == layout_.separator;
    if (left > 0) wrong_line(line, end);
    if (header_lines_ < 64) {
      ++header_lines_;
      read_header_line({from, static_cast<std::size_t>(at - from)}, header_);
    }
    while (at < end && is_blank(*at)) ++at;
    return at;
  }

  [[noreturn]] void wrong_line(const char* line, const char* end) const {
    std::string_view text(line, static_cast<std::size_t>(end - line));
    fail(line_, fmt::format("a line unlike the first one with numbers: '{}'", shown(take_line(text))),
         fmt::format("{} on every line", layout_.values == 2 ? "time and value" : "one value"));
  }

  void take_times() {
    const std::size_t count = times_.size();
    if (count < 2) fail(0, "the file holds one sample", "two or more");
    const double unit = header_.time_unit.value_or(1.0), origin = times_.front();
    // Σ of i and of i² about the middle, in closed form.
    const double n = static_cast<double>(count), middle = 0.5 * (n - 1.0);
    double sum = 0.0, moment = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
      const double t = times_[i] - origin;
      sum += t;
      moment += (static_cast<double>(i) - middle) * t;
    }
    const double step = moment / (n * (n * n - 1.0) / 12.0), mean = sum / n;
    if (!(step > 0.0)) fail(0, "the times do not rise", "samples in the order of time");
    double worst = 0.0;
    for (std::size_t i = 0; i < count; ++i)
      worst = std::max(worst, std::abs(times_[i] - origin - mean - (static_cast<double>(i) - middle) * step));
    if (worst > 0.25 * step) {
      const double rounding = rounding_of_times();
      if (worst > 0.25 * step + 0.51 * rounding) refuse_times(step, rounding, unit);
      capture_.remarks.push_back(
          fmt::format("The times are rounded to {}; a sample interval of {} fits all of them.",
                      format_engineering(rounding * unit, "s"), format_engineering(step * unit, "s")));
    }
    capture_.sample_interval = step * unit;
    if (given_interval_) {
      if (std::abs(*given_interval_ / capture_.sample_interval - 1.0) > 1e-3)
        fail(0,
             fmt::format("the times are {} apart, but the sample interval given is {}",
                         format_engineering(capture_.sample_interval, "s", 6),
                         format_engineering(*given_interval_, "s", 6)),
             "one of them, or two that agree within 0.1 %");
      capture_.sample_interval = *given_interval_;
    }
  }

  // The last digit that the times have at either end of the record, where they are largest. Some may be round
  // by chance, so the finest of a few counts.
  double rounding_of_times() const {
    constexpr int looked_at = 16;
    const auto last_digit_in = [&](std::string_view line) {
      const auto cells = split(line, layout_.separator);
      const auto time = static_cast<std::size_t>(layout_.keys);
      return cells.size() > time ? last_digit(cells[time]) : HUGE_VAL;
    };
    double first = HUGE_VAL, last = HUGE_VAL;
    std::string_view rest = numbers_;
    for (int i = 0; i < looked_at && !rest.empty(); ++i)
      first = std::min(first, last_digit_in(take_line(rest)));
    rest = numbers_;
    for (int i = 0; i < looked_at && !rest.empty(); ++i) {
      while (!rest.empty() && (ends_line(rest.back()) || is_blank(rest.back()))) rest.remove_suffix(1);
      const std::size_t end = rest.find_last_of("\r\n");
      last = std::min(last, last_digit_in(rest.substr(end == rest.npos ? 0 : end + 1)));
      rest = rest.substr(0, end == rest.npos ? 0 : end);
    }
    return std::max(first, last);
  }

  [[noreturn]] void refuse_times(double step, double rounding, double unit) const {
    std::size_t at = 1;
    double largest = 0.0;
    for (std::size_t i = 1; i < times_.size(); ++i) {
      const double off = std::abs(times_[i] - times_[i - 1] - step);
      if (off > largest) largest = off, at = i;
      if (off > 0.5 * step + 1.02 * rounding) break;
    }
    fail(first_line_ + static_cast<int>(at),
         fmt::format("the times are not even: a step of {} where the mean step is {}",
                     format_engineering((times_[at] - times_[at - 1]) * unit, "s"),
                     format_engineering(step * unit, "s")),
         "samples evenly spaced in time, none missing");
  }

  std::optional<double> given_interval_;
  CapturedRecord capture_;
  CaptureHeader header_;
  Layout layout_;
  std::string points_;  // the numbers with decimal points, where the file has commas
  std::vector<double> times_;
  std::string_view numbers_;  // the text from the first line of numbers on
  int line_ = 1, first_line_ = 1, header_lines_ = 0;
};

}  // namespace

CapturedRecord parse_capture_csv(std::string_view text, const std::string& name,
                                 std::optional<double> sample_interval) {
  return RecordParser(text, name, sample_interval).run();
}

}  // namespace waverack::compliance
