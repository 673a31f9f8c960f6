#include "waverack/network/touchstone_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace waverack::network {
namespace {

using Header = TouchstoneHeader;

constexpr int most_ports = 999;
constexpr std::string_view supported_options =
    "Hz, kHz, MHz, GHz; S, Y, Z, H, G; RI, MA, DB; R and a resistance in ohms";

// A word of a list, or nullptr.
template <class Value, std::size_t size>
const Value* find(const std::array<std::pair<std::string_view, Value>, size>& list, std::string_view word) {
  const auto* found =
      std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.first == word; });
  return found == list.end() ? nullptr : &found->second;
}

double read_resistance(const LineReader& lines, std::string_view word) {
  if (word.front() == '(')
    lines.fail("the reference '" + shown(word) + "' is not real", "R and a resistance in ohms");
  const double resistance = lines.number(word);
  if (!(resistance > 0.0))
    lines.fail("the reference resistance is '" + shown(word) + "'", "a resistance above 0 ohm");
  return resistance;
}

bool starts_number(std::string_view word) {
  return word.find_first_of("0123456789") != word.npos || word.front() == '(';
}

int read_count(const LineReader& lines, std::string_view keyword, std::string_view word, int largest) {
  int count = 0;
  const auto [rest, error] = std::from_chars(word.data(), word.data() + word.size(), count);
  if (error != std::errc{} || rest != word.data() + word.size() || count < 1 || count > largest)
    lines.fail(fmt::format("{} is '{}'", keyword, shown(word)), fmt::format("1 to {}", largest));
  return count;
}

// The next word of a keyword's values, from a following line where this one has no more.
std::string_view next_value(LineReader& lines, std::string_view keyword, int expected) {
  if (lines.line().empty() && (!lines.next_line() || lines.line().front() == '['))
    lines.fail(fmt::format("{} has too few values", keyword), fmt::format("{}, one for each port", expected));
  return lines.next_word();
}

void require_ports(const LineReader& lines, const Header& header, std::string_view keyword) {
  if (header.ports == 0)
    lines.fail(fmt::format("{} comes before the number of ports", keyword), "[Number of Ports] first");
}

Mode read_mode(const LineReader& lines, std::string_view word) {
  const char kind = lower(word.substr(0, 1)).front();
  Mode mode;
  const char* at = word.data() + 1;
  const char* const end = word.data() + word.size();
  auto result = std::from_chars(at, end, mode.plus);
  bool good = result.ec == std::errc{} && (kind == 's' || kind == 'd' || kind == 'c');
  if (kind != 's') {
    mode.kind = kind == 'c' ? Mode::Kind::common : Mode::Kind::differential;
    good = good && result.ptr != end && *result.ptr == ',';
    if (good) result = std::from_chars(result.ptr + 1, end, mode.minus);
    good = good && result.ec == std::errc{};
  }
  if (!good || result.ptr != end)
    lines.fail("[Mixed-Mode Order] has '" + shown(word) + "'", "S and a port, D or C and two: S1 D2,3 C2,3");
  return mode;
}

}  // namespace

void read_option_line(LineReader& lines, Header& header) {
  if (std::exchange(header.options_read, true)) return;
  constexpr std::array<std::pair<std::string_view, double>, 4> units{
      {{"hz", 1.0}, {"khz", 1e3}, {"mhz", 1e6}, {"ghz", 1e9}}};
  constexpr std::array<std::pair<std::string_view, Parameters>, 5> parameters{
      {{"s", Parameters::scattering},
       {"z", Parameters::impedance},
       {"y", Parameters::admittance},
       {"h", Parameters::hybrid},
       {"g", Parameters::inverse_hybrid}}};
  constexpr std::array<std::pair<std::string_view, Header::Format>, 3> formats{
      {{"ri", Header::Format::real_imaginary},
       {"ma", Header::Format::magnitude_angle},
       {"db", Header::Format::decibel_angle}}};
  lines.skip(1);
  while (!lines.line().empty()) {
    const std::string_view word = lines.next_word();
    const std::string option = lower(word);
    if (const double* unit = find(units, option)) {
      header.unit = *unit;
    } else if (const Parameters* kind = find(parameters, option)) {
      header.parameters = *kind;
    } else if (const Header::Format* format = find(formats, option)) {
      header.format = *format;
    } else if (option == "r") {
      if (lines.line().empty()) lines.fail("the option line ends after R", "R and a resistance in ohms");
      header.references = {read_resistance(lines, lines.next_word())};
      // Version 1.1 of the specification of 2024 allows one resistance for each port.
      while (!lines.line().empty() &&
             starts_number(lines.line().substr(0, lines.line().find_first_of(" \t"))))
        header.references.push_back(read_resistance(lines, lines.next_word()));
    } else {
      lines.fail("the option line has an unknown word '" + shown(word) + "'", std::string(supported_options));
    }
  }
}

void read_keyword(LineReader& lines, Header& header) {
  const std::size_t bracket = lines.line().find(']');
  if (bracket == std::string_view::npos)
    lines.fail("the keyword '" + shown(lines.line()) + "' has no closing bracket", "[Keyword]");
  const std::string keyword(lines.line().substr(0, bracket + 1)), key = lower(keyword);
  lines.skip(bracket + 1);
  const auto only_value = [&]() -> std::string_view {
    if (lines.line().empty()) lines.fail(fmt::format("{} has no value", shown(keyword)));
    return lines.next_word();
  };
  if (key == "[version]") {
    const std::string_view version = only_value();
    if (version != "2.0" && version != "2.1")
      lines.fail("this is Touchstone '" + shown(version) + "'", "version 1 without keywords, 2.0 or 2.1");
    header.version_2 = true;
    return;
  }
  if (!header.version_2)
    lines.fail(fmt::format("the keyword '{}' comes before [Version]", shown(keyword)), "[Version] 2.0 first");
  if (key == "[number of ports]") {
    const int ports = read_count(lines, keyword, only_value(), most_ports);
    if (header.ports != 0 && header.ports != ports)
      lines.fail(
          fmt::format("[Number of Ports] is {}, and the ending of the name says {}", ports, header.ports),
          "the same number, or the ending .ts");
    header.ports = ports;
  } else if (key == "[number of frequencies]") {
    header.frequencies = static_cast<std::size_t>(read_count(lines, keyword, only_value(), 1000000000));
  } else if (key == "[two-port data order]" || key == "[two-port order]") {
    const std::string_view order = only_value();
    if (order != "12_21" && order != "21_12")
      lines.fail("[Two-Port Data Order] is '" + shown(order) + "'", "12_21 or 21_12");
    header.by_columns = order == "21_12";
  } else if (key == "[matrix format]") {
    constexpr std::array<std::pair<std::string_view, Header::Shape>, 3> shapes{
        {{"full", Header::Shape::full}, {"lower", Header::Shape::lower}, {"upper", Header::Shape::upper}}};
    const std::string_view word = only_value();
    const Header::Shape* const shape = find(shapes, lower(word));
    if (!shape) lines.fail("[Matrix Format] is '" + shown(word) + "'", "Full, Lower or Upper");
    header.shape = *shape;
  } else if (key == "[reference]") {
    require_ports(lines, header, keyword);
    header.references.clear();
    for (int port = 1; port <= header.ports; ++port)
      header.references.push_back(read_resistance(lines, next_value(lines, keyword, header.ports)));
  } else if (key == "[mixed-mode order]") {
    require_ports(lines, header, keyword);
    header.modes.clear();
    for (int port = 1; port <= header.ports; ++port)
      header.modes.push_back(read_mode(lines, next_value(lines, keyword, header.ports)));
    const std::string missing = incomplete(header.modes, header.ports);
    if (!missing.empty())
      lines.fail("[Mixed-Mode Order]: " + missing, "every port as S, or in D and C of one pair");
  } else if (key == "[network data]") {
    header.section = Header::Section::data;
  } else if (key == "[noise data]") {
    header.section = Header::Section::noise;
  } else if (key == "[end]") {
    header.section = Header::Section::end;
  } else if (key == "[begin information]") {
    const int line = lines.line_number();
    do {
      if (!lines.next_line()) lines.fail_at(line, "[Begin Information] has no end", "[End Information]");
    } while (!lower(lines.line()).starts_with("[end information]"));
  } else if (key != "[number of noise frequencies]") {
    lines.fail(
        "the keyword '" + shown(keyword) + "' is not known",
        "those of Touchstone 2.0: [Version], [Number of Ports], [Two-Port Data Order], [Number of "
        "Frequencies], "
        "[Number of Noise Frequencies], [Reference], [Matrix Format], [Mixed-Mode Order], [Network Data], "
        "[Noise Data], [Begin Information], [End Information], [End]");
  }
}

void require_complete(const LineReader& lines, const Header& header) {
  if (header.ports == 0)
    lines.fail_at(0, "the name does not say how many ports there are",
                  header.version_2 ? "[Number of Ports]" : "an ending from .s1p to .s999p");
  if (!header.options_read)
    lines.fail("there are data before the option line", "a line such as '# GHz S MA R 50' above them");
  const auto ports = static_cast<std::size_t>(header.ports);
  const bool one =
      std::equal(header.references.begin() + 1, header.references.end(), header.references.begin());
  if (header.references.size() != 1 && header.references.size() != ports)
    lines.fail(
        fmt::format("there are {} reference resistances for {} ports", header.references.size(), ports),
        "one for all ports or one for each");
  const bool hybrid =
      header.parameters == Parameters::hybrid || header.parameters == Parameters::inverse_hybrid;
  if (hybrid && (header.ports != 2 || !header.modes.empty()))
    lines.fail(fmt::format("these are H- or G-parameters of {} ports", header.ports), "those of a two-port");
  if (!header.version_2 && header.parameters != Parameters::scattering && !one)
    lines.fail("parameters other than S are normalised, to one of several resistances", "one resistance");
  if (header.version_2 && header.ports == 2 && header.shape == Header::Shape::full && !header.by_columns)
    lines.fail("a two-port of Touchstone 2 does not say in which order its parameters come",
               "[Two-Port Data Order] with 12_21 or 21_12");
  if (header.references.size() > 1 && header.parameters == Parameters::scattering)
    for (const Mode& mode : header.modes)
      if (mode.kind != Mode::Kind::single_ended &&
          header.references[static_cast<std::size_t>(mode.plus - 1)] !=
              header.references[static_cast<std::size_t>(mode.minus - 1)])
        lines.fail(fmt::format("the ports of {} have two references", name_of(mode)), "one for both");
}

}  // namespace waverack::network
