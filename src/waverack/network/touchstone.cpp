#include "waverack/network/touchstone.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "waverack/base/units.hpp"
#include "waverack/network/limits.hpp"
#include "waverack/network/touchstone_header.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using Header = TouchstoneHeader;

constexpr std::size_t usual_length = 64;  // of a number; 17 digits, sign and exponent need 24
constexpr double usual_reference = 50.0;  // [ohm]
// From here on, an impedance in a comment is another than the reference.
constexpr double different_impedance = 1e-3;

const char* letter_of(Parameters parameters) {
  switch (parameters) {
    case Parameters::impedance:
      return "Z";
    case Parameters::admittance:
      return "Y";
    case Parameters::hybrid:
      return "H";
    case Parameters::inverse_hybrid:
      return "G";
    case Parameters::scattering:
      break;
  }
  return "S";
}

// Takes a number off the text, and the blanks in front of it.
std::optional<double> take_number(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  double value = 0.0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return value;
}

// The first impedance in a comment such as "! Port Impedance50 0 …" that differs from `reference`, as a
// remark, or nothing. Field solvers write those to which their data refer where these are not the reference
// of the option line.
std::string foreign_impedance(std::string_view text, double reference) {
  constexpr std::string_view phrase = "Port Impedance";
  for (std::size_t at = text.find(phrase); at != text.npos; at = text.find(phrase, at)) {
    const std::size_t before = at == 0 ? text.npos : text.find_last_not_of(" \t", at - 1);
    at += phrase.size();
    if (before == text.npos || text[before] != '!') continue;
    std::string_view line = text.substr(at, text.find_first_of("\r\n", at) - at);
    while (const std::optional<double> resistance = take_number(line)) {
      const double reactance = take_number(line).value_or(0.0);
      if (std::abs(Complex(*resistance - reference, reactance)) > different_impedance * reference)
        return fmt::format(
            "a comment states the port impedance {:g} {} {:g}j ohm, which is not applied: the data are taken "
            "as they "
            "are, with the reference {:g} ohm",
            *resistance, reactance < 0.0 ? '-' : '+', std::abs(reactance), reference);
    }
  }
  return {};
}

class TouchstoneParser {
 public:
  TouchstoneParser(std::string_view text, const std::string& name)
      : text_(text),
        lines_(text, name, "!"),
        blank_(text.find_first_not_of("\xef\xbb\xbf \t\v\f\r\n") == text.npos) {
    network_.name = name;
  }

  Network run() {
    if (blank_) lines_.fail_at(0, "the file is empty");
    header_.ports = ports_of_name(network_.name);
    while (header_.section != Header::Section::end && lines_.next_line()) {
      const char first = lines_.line().front();
      if (first == '[') {
        require_early();
        read_keyword(lines_, header_);
        continue;
      }
      if (header_.section == Header::Section::noise || header_.section == Header::Section::end) continue;
      if (header_.ports == 0 && !header_.version_2) require_complete(lines_, header_);
      if (first == '#') {
        read_option_line(lines_, header_);
      } else {
        if (numbers_ == 0) start_data();
        read_data();
      }
    }
    if (!point_.empty())
      lines_.fail(fmt::format("the file ends inside the matrix at {}, after {} numbers", frequency_text(),
                              point_.size()),
                  expected_numbers());
    if (network_.frequencies.empty())
      lines_.fail_at(0, "the file holds no network data", "an option line and data lines");
    if (header_.frequencies.value_or(network_.points()) != network_.points())
      lines_.fail_at(0,
                     fmt::format("the file holds {} frequencies, and [Number of Frequencies] says {}",
                                 network_.points(), *header_.frequencies),
                     "as many as it says");
    if (long_lines_ > 1)
      network_.remarks.push_back(
          fmt::format("{} lines have numbers of more than {} characters", long_lines_, usual_length));
    const std::string impedance = foreign_impedance(text_, header_.references.front());
    if (!impedance.empty()) network_.remarks.push_back(impedance);
    return std::move(network_);
  }

 private:
  std::string expected_numbers() const {
    return fmt::format("{} numbers for each frequency, as {}", numbers_,
                       header_.version_2 ? "the number of ports and the matrix format say"
                                         : fmt::format("the ending .s{}p says", header_.ports));
  }
  std::string frequency_text() const { return format_engineering(point_.front() * header_.unit, "Hz"); }

  // Behind the first data, only what ends them.
  void require_early() {
    const std::string keyword = lower(lines_.line().substr(0, lines_.line().find(']') + 1));
    if (numbers_ != 0 && keyword != "[noise data]" && keyword != "[end]")
      lines_.fail("the keyword '" + shown(lines_.line()) + "' stands behind the data",
                  "[Noise Data] or [End]");
  }

  void start_data() {
    require_complete(lines_, header_);
    const auto ports = static_cast<std::size_t>(header_.ports);
    network_.ports = header_.ports;
    numbers_ = 1 + (header_.shape == Header::Shape::full ? 2 * ports * ports : ports * (ports + 1));
    std::vector<double>& references = header_.references;
    references.resize(ports, references.front());
    const bool one = std::equal(references.begin() + 1, references.end(), references.begin());
    network_.reference_resistance = one ? references.front() : usual_reference;
    if (!header_.modes.empty())
      network_.remarks.emplace_back(
          "the mixed-mode parameters of the file are converted to single-ended ports");
    if (header_.parameters != Parameters::scattering)
      network_.remarks.push_back(fmt::format("the {}-parameters of the file are converted to S-parameters",
                                             letter_of(header_.parameters)));
    // Version 1 states Z, Y, H and G in units of the reference.
    if (header_.parameters != Parameters::scattering)
      conversion_references_ = header_.version_2 ? references : std::vector<double>(ports, 1.0);
    if (!one) {
      common_references_.assign(ports, usual_reference);
      network_.remarks.push_back(
          fmt::format("the references of the ports, {} ohm, are replaced by {:g} ohm at all of them",
                      ports <= 8 ? fmt::format("{:g}", fmt::join(references, ", "))
                                 : fmt::format("{:g}, {:g}, …", references[0], references[1]),
                      usual_reference));
    }
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
    if (!header_.version_2 && !fits_version_1(starts, point_.size() - before)) return;
    if (point_.size() == numbers_) finish_point();
  }

  // Whether the line belongs to the matrix, and not to the noise section of a two-port. Numbers come in
  // pairs; only the line that starts a matrix has its frequency besides.
  bool fits_version_1(bool starts, std::size_t count) {
    if (starts && is_noise(count)) {
      noise_ = true;
      point_.clear();
      return false;
    }
    if (noise_) lines_.fail(fmt::format("a line of the noise section has {} numbers", count), "5 numbers");
    if (starts && count % 2 == 0)
      lines_.fail(
          fmt::format("{} numbers cannot start a matrix: a frequency and pairs are an odd count", count),
          expected_numbers());
    if (!starts && count % 2 != 0)
      lines_.fail(fmt::format("{} numbers cannot continue the matrix at {}: pairs are an even count", count,
                              frequency_text()),
                  expected_numbers());
    return true;
  }

  // The noise section of a two-port has lines of five numbers and starts where the frequency falls.
  bool is_noise(std::size_t count) const {
    if (network_.ports != 2 || count != 5 || network_.frequencies.empty()) return false;
    return noise_ || point_.front() * header_.unit <= network_.frequencies.back();
  }

  void finish_point() {
    const double f = point_.front() * header_.unit;
    if (f < 0.0 || f > largest_frequency || (f > 0.0 && f < smallest_frequency))
      lines_.fail(fmt::format("the frequency {:g} Hz is out of range", f), "0 Hz, or 1 µHz to 1e18 Hz");
    if (!network_.frequencies.empty() && f <= network_.frequencies.back())
      lines_.fail(fmt::format("the frequency {} follows {}", format_engineering(f, "Hz", 9),
                              format_engineering(network_.frequencies.back(), "Hz", 9)),
                  "frequencies that rise");
    network_.frequencies.push_back(f);
    add_matrix();
    convert(f);
    point_.clear();
  }

  void add_matrix() {
    const auto n = static_cast<std::size_t>(network_.ports);
    const std::size_t first = network_.s.size();
    if (header_.shape == Header::Shape::full) {
      for (std::size_t i = 1; i < point_.size(); i += 2)
        network_.s.push_back(value(point_[i], point_[i + 1]));
      if (n == 2 && header_.by_columns.value_or(!header_.version_2))
        std::swap(network_.s[first + 1], network_.s[first + 2]);
      return;
    }
    network_.s.resize(first + n * n);
    const double* pair = &point_[1];
    for (std::size_t row = 0; row < n; ++row) {
      const bool lower = header_.shape == Header::Shape::lower;
      for (std::size_t column = lower ? 0 : row; column < (lower ? row + 1 : n); ++column, pair += 2)
        network_.s[first + row * n + column] = network_.s[first + column * n + row] = value(pair[0], pair[1]);
    }
  }

  // The matrix at `f`, the last one, to S-parameters of single-ended ports with one reference.
  void convert(double f) {
    const auto n = static_cast<std::size_t>(network_.ports);
    const std::span<Complex> matrix = std::span(network_.s).last(n * n);
    if (!header_.modes.empty()) to_single_ended(header_.parameters, matrix, header_.modes);
    const bool good =
        (conversion_references_.empty() ||
         to_scattering(header_.parameters, matrix, conversion_references_)) &&
        (common_references_.empty() || change_references(matrix, header_.references, common_references_));
    if (!good)
      lines_.fail(fmt::format("the parameters at {} have no S-parameters with a real reference",
                              format_engineering(f, "Hz")),
                  "values below 1e9");
  }

  Complex value(double a, double b) const {
    Complex s(a, b);
    if (header_.format != Header::Format::real_imaginary) {
      const double magnitude = header_.format == Header::Format::decibel_angle ? std::pow(10.0, a / 20.0) : a;
      const double angle = b * (std::numbers::pi / 180.0);
      s = {magnitude * std::cos(angle), magnitude * std::sin(angle)};
    }
    if (header_.parameters == Parameters::scattering &&
        !(std::norm(s) <= largest_magnitude * largest_magnitude))
      lines_.fail(fmt::format("the S-parameter {:g} {:g} is out of range", a, b),
                  "a magnitude of at most 1e9");
    return s;
  }

  std::string_view text_;
  LineReader lines_;
  bool blank_;  // nothing but blanks
  Header header_;
  std::size_t numbers_ = 0;    // of one point, frequency included; 0 before the first
  std::vector<double> point_;  // numbers of the point that is being read
  // Of the ports, where parameters other than S are converted, and where the ports differ; else empty.
  std::vector<double> conversion_references_, common_references_;
  bool noise_ = false;
  std::size_t long_lines_ = 0;
  Network network_;
};

}  // namespace

int ports_of_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return 0;
  const std::string ending = lower(name.substr(dot + 1));
  if (ending.size() < 3 || ending.size() > 5 || ending.front() != 's' || ending.back() != 'p') return 0;
  int ports = 0;
  const char* const end = ending.data() + ending.size() - 1;
  const auto [rest, error] = std::from_chars(ending.data() + 1, end, ports);
  return error != std::errc{} || rest != end || ports < 1 ? 0 : ports;
}

Network parse_touchstone(std::string_view text, const std::string& name) {
  return TouchstoneParser(text, name).run();
}

}  // namespace waverack::network
