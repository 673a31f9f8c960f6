#include "waverack/network/touchstone_writer.hpp"

#include <fmt/format.h>

#include <iterator>

#include "waverack/base/error.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

// Version 1 allows four pairs in a line.
constexpr std::size_t pairs_of_line = 4;

// A line of a comment; what would end it or confuse a terminal is left out.
void add_comment(std::string& text, std::string_view comment) {
  text += "! ";
  for (const char c : comment)
    if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f') text += c;
  text += '\n';
}

void add_comments(std::string& text, const Network& network) {
  add_comment(text, network.name);
  for (const std::string& remark : network.remarks) add_comment(text, remark);
}

// All points; `s` row by row. A two-port goes by columns.
void add_data(std::string& text, const Network& network, std::span<const Complex> s) {
  const auto n = static_cast<std::size_t>(network.ports);
  for (std::size_t k = 0; k < network.points(); ++k) {
    fmt::format_to(std::back_inserter(text), "{}", network.frequencies[k]);
    for (std::size_t row = 0; row < n; ++row)
      for (std::size_t column = 0; column < n; ++column) {
        const bool breaks = n > 2 && column % pairs_of_line == 0 && row + column > 0;
        const std::size_t at = n == 2 ? 2 * column + row : n * row + column;
        const Complex& value = s[k * n * n + at];
        fmt::format_to(std::back_inserter(text), "{}{} {}", breaks ? "\n " : " ", value.real(), value.imag());
      }
    text += '\n';
  }
}

}  // namespace

std::string touchstone_text(const Network& network, std::span<const Mode> modes) {
  if (!modes.empty()) return touchstone_2_text(network, modes);
  std::string text;
  add_comments(text, network);
  fmt::format_to(std::back_inserter(text), "# Hz S RI R {}\n", network.reference_resistance);
  add_data(text, network, network.s);
  return text;
}

std::string touchstone_2_text(const Network& network, std::span<const Mode> modes) {
  if (!modes.empty()) {
    const std::string missing = incomplete(modes, network.ports);
    if (!missing.empty())
      throw Error(
          ErrorInfo{{network.name, 0, 0}, {}, missing, "every port as S, or in D and C of one pair", {}});
  }
  std::string text = "[Version] 2.0\n";
  add_comments(text, network);
  fmt::format_to(std::back_inserter(text), "# Hz S RI R {}\n[Number of Ports] {}\n",
                 network.reference_resistance, network.ports);
  if (network.ports == 2) text += "[Two-Port Data Order] 21_12\n";
  fmt::format_to(std::back_inserter(text), "[Number of Frequencies] {}\n", network.points());
  if (!modes.empty()) {
    text += "[Mixed-Mode Order]";
    for (const Mode& mode : modes) fmt::format_to(std::back_inserter(text), " {}", name_of(mode));
    text += '\n';
  }
  text += "[Network Data]\n";
  add_data(text, network, modes.empty() ? network.s : to_mixed_mode(network, modes));
  return text + "[End]\n";
}

}  // namespace waverack::network
