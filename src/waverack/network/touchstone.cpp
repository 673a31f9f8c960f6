#include "waverack/network/touchstone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

#include "waverack/base/units.hpp"
#include "waverack/network/line_reader.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

constexpr std::size_t usual_length = 64;     // of a number; 17 digits, sign and exponent need 24
constexpr double largest_frequency = 1e18;   // [Hz]
constexpr double smallest_frequency = 1e-6;  // [Hz], apart from 0
constexpr double largest_magnitude = 1e9;
constexpr std::string_view supported_options = "Hz, kHz, MHz, GHz; S; RI, MA, DB; R and a resistance in ohms";

std::optional<int> ports_of_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string ending = lower(name.substr(dot + 1));
  if (ending.size() < 3 || ending.size() > 5 || ending.front() != 's' || ending.back() != 'p')
    return std::nullopt;
  int ports = 0;
  const char* const end = ending.data() + ending.size() - 1;
  const auto [rest, error] = std::from_chars(ending.data() + 1, end, ports);
  if (error != std::errc{} || rest != end || ports < 1) return std::nullopt;
  return ports;
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& name)
      : lines_(text, name, "!"), blank_(text.find_first_not_of("\xef\xbb\xbf \t\v\f\r\n") == text.npos) {
    network_.name = name;
  }

  Network run() {
    if (blank_) lines_.fail_at(0, "the file is empty");
    const std::optional<int> ports = ports_of_name(network_.name);
    network_.ports = ports.value_or(0);
    numbers_ = 1 + 2 * static_cast<std::size_t>(network_.ports) * static_cast<std::size_t>(network_.ports);
    while (lines_.next_line()) {
      if (lines_.line().front() == '[')
        lines_.fail("this is Touchstone 2: '" + shown(lines_.line()) + "'",
                    "Touchstone 1.x, without keywords in brackets");
      if (!ports)
        lines_.fail_at(0, "the name does not say how many ports there are", "an ending from .s1p to .s999p");
      if (lines_.line().front() == '#') {
        if (!options_read_) read_options();
      } else {
        if (!options_read_)
          lines_.fail("there are data before the option line", "a line such as '# GHz S MA R 50' above them");
        read_data();
      }
    }
    if (!point_.empty())
      lines_.fail(fmt::format("the file ends inside the matrix at {}, after {} numbers", frequency_text(),
                              point_.size()),
                  expected_numbers());
    if (network_.frequencies.empty())
      lines_.fail_at(0, "the file holds no network data", "an option line and data lines");
    if (long_lines_ > 1)
      network_.remarks.push_back(
          fmt::format("{} lines have numbers of more than {} characters", long_lines_, usual_length));
    return std::move(network_);
  }

 private:
  std::string expected_numbers() const {
    return fmt::format("{} numbers for each frequency, as the ending .s{}p says", numbers_, network_.ports);
  }
  std::string frequency_text() const { return format_engineering(point_.front() * unit_, "Hz"); }

  void read_options() {
    options_read_ = true;
    lines_.skip(1);
    constexpr std::array<std::pair<std::string_view, double>, 4> units{
        {{"hz", 1.0}, {"khz", 1e3}, {"mhz", 1e6}, {"ghz", 1e9}}};
    while (!lines_.line().empty()) {
      const std::string_view word = lines_.next_word();
      const std::string option = lower(word);
      const auto* unit =
          std::find_if(units.begin(), units.end(), [&](const auto& u) { return u.first == option; });
      if (unit != units.end()) {
        unit_ = unit->second;
      } else if (option == "ri") {
        format_ = Format::real_imaginary;
      } else if (option == "ma") {
        format_ = Format::magnitude_angle;
      } else if (option == "db") {
        format_ = Format::decibel_angle;
      } else if (option == "r") {
        read_resistance();
      } else if (option == "y" || option == "z" || option == "h" || option == "g") {
        lines_.fail("the file holds " + shown(word) + "-parameters", "S-parameters");
      } else if (option != "s") {
        lines_.fail("the option line has an unknown word '" + shown(word) + "'",
                    std::string(supported_options));
      }
    }
  }

  void read_resistance() {
    if (lines_.line().empty()) lines_.fail("the option line ends after R", "R and a resistance in ohms");
    const std::string_view word = lines_.next_word();
    if (word.front() == '(')
      lines_.fail("the reference '" + shown(word) + "' is not real", "R and a resistance in ohms");
    network_.reference_resistance = lines_.number(word);
    if (!(network_.reference_resistance > 0.0))
      lines_.fail("the reference resistance is '" + shown(word) + "'", "a resistance above 0 ohm");
  }

  void read_data() {
    const bool starts = point_.empty();
    const std::size_t before = point_.size();
    std::size_t longest = 0;
    while (!lines_.line().empty()) {
      const std::string_view word = lines_.next_word();
      longest = std::max(longest, word.size());
      point_.push_back(lines_.number(word));
      if (point_.size() > numbers_)
        lines_.fail(fmt::format("there are more numbers at {} than a matrix takes", frequency_text()),
                    expected_numbers());
    }
    if (longest > usual_length && ++long_lines_ == 1)
      network_.remarks.push_back(
          fmt::format("line {}: a number of {} characters makes the data at {} suspect", lines_.line_number(),
                      longest, frequency_text()));
    const std::size_t count = point_.size() - before;
    if (starts && is_noise(count)) {
      noise_ = true;
      point_.clear();
      return;
    }
    if (noise_) lines_.fail(fmt::format("a line of the noise section has {} numbers", count), "5 numbers");
    // Numbers come in pairs; only the line that starts a matrix has its frequency besides.
    if (starts && count % 2 == 0)
      lines_.fail(
          fmt::format("{} numbers cannot start a matrix: a frequency and pairs are an odd count", count),
          expected_numbers());
    if (!starts && count % 2 != 0)
      lines_.fail(fmt::format("{} numbers cannot continue the matrix at {}: pairs are an even count", count,
                              frequency_text()),
                  expected_numbers());
    if (point_.size() == numbers_) finish_point();
  }

  // The noise section of a two-port has lines of five numbers and starts where the frequency falls.
  bool is_noise(std::size_t count) const {
    if (network_.ports != 2 || count != 5 || network_.frequencies.empty()) return false;
    return noise_ || point_.front() * unit_ <= network_.frequencies.back();
  }

  void finish_point() {
    const double f = point_.front() * unit_;
    if (f < 0.0 || f > largest_frequency || (f > 0.0 && f < smallest_frequency))
      lines_.fail(fmt::format("the frequency {:g} Hz is out of range", f), "0 Hz, or 1 µHz to 1e18 Hz");
    if (!network_.frequencies.empty() && f <= network_.frequencies.back())
      lines_.fail(fmt::format("the frequency {} follows {}", format_engineering(f, "Hz", 9),
                              format_engineering(network_.frequencies.back(), "Hz", 9)),
                  "frequencies that rise");
    network_.frequencies.push_back(f);
    const std::size_t first = network_.s.size();
    for (std::size_t i = 1; i < point_.size(); i += 2) network_.s.push_back(value(point_[i], point_[i + 1]));
    if (network_.ports == 2) std::swap(network_.s[first + 1], network_.s[first + 2]);
    point_.clear();
  }

  Complex value(double a, double b) const {
    Complex s(a, b);
    if (format_ != Format::real_imaginary) {
      const double magnitude = format_ == Format::decibel_angle ? std::pow(10.0, a / 20.0) : a;
      const double angle = b * (std::numbers::pi / 180.0);
      s = {magnitude * std::cos(angle), magnitude * std::sin(angle)};
    }
    if (!(std::norm(s) <= largest_magnitude * largest_magnitude))
      lines_.fail(fmt::format("the S-parameter {:g} {:g} is out of range", a, b),
                  "a magnitude of at most 1e9");
    return s;
  }

  enum class Format { real_imaginary, magnitude_angle, decibel_angle };

  LineReader lines_;
  bool blank_;  // nothing but blanks
  bool options_read_ = false;
  double unit_ = 1e9;  // [Hz]
  Format format_ = Format::magnitude_angle;
  std::size_t numbers_ = 0;    // of one point, frequency included
  std::vector<double> point_;  // numbers of the point that is being read
  bool noise_ = false;
  std::size_t long_lines_ = 0;
  Network network_;
};

}  // namespace

Network parse_touchstone(std::string_view text, const std::string& name) { return Parser(text, name).run(); }

}  // namespace waverack::network
