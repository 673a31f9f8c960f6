#include "waverack/compliance/package_model.hpp"

#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "waverack/base/error.hpp"

namespace waverack::compliance {
namespace {

using Complex = std::complex<double>;
using network::Network;

constexpr double half_reference = com_reference_resistance / 2.0;  // R_0 of one line of the pair

Network empty_two_port(std::span<const double> frequencies) {
  Network result;
  result.ports = 2;
  result.reference_resistance = com_reference_resistance;
  result.frequencies.assign(frequencies.begin(), frequencies.end());
  result.s.resize(4 * frequencies.size());
  return result;
}

// A symmetric reciprocal two-port from its two parameters at each frequency.
template <class Parameters>  // frequency → {s11, s21}
Network symmetric_two_port(std::span<const double> frequencies, Parameters parameters) {
  Network result = empty_two_port(frequencies);
  for (std::size_t k = 0; k < frequencies.size(); ++k) {
    const auto [reflected, passed] = parameters(frequencies[k]);
    result.at(k, 1, 1) = result.at(k, 2, 2) = reflected;
    result.at(k, 1, 2) = result.at(k, 2, 1) = passed;
  }
  return result;
}

// 93A-8.
Network shunt_capacitance(double farad, std::span<const double> frequencies) {
  return symmetric_two_port(frequencies, [&](double f) {
    const Complex y(0.0, 2.0 * std::numbers::pi * f * farad * half_reference);
    return std::pair(-y / (2.0 + y), 2.0 / (2.0 + y));
  });
}

Network series_inductance(double henry, std::span<const double> frequencies) {
  return symmetric_two_port(frequencies, [&](double f) {
    const Complex z(0.0, 2.0 * std::numbers::pi * f * henry / half_reference);
    return std::pair(z / (2.0 + z), 2.0 / (2.0 + z));
  });
}

// Puts `next` behind what is there. What has no length or no capacitance is left out by the caller.
void append(std::optional<Network>& chain, const Network& next) {
  chain = chain ? network::cascade(*chain, next) : next;
}

}  // namespace

Network com_line(const ComLine& line, double impedance, double length, std::span<const double> frequencies) {
  const double rho = (impedance - com_reference_resistance) / (impedance + com_reference_resistance);
  const double gigahertz = 1e-9;
  const double a_1 = line.a_1 / std::sqrt(gigahertz), a_2 = line.a_2 / gigahertz,
               tau = line.delay / gigahertz;
  return symmetric_two_port(frequencies, [&](double frequency) {
    const double f = frequency * gigahertz;
    Complex gamma = line.gamma_0;
    if (f > 0.0)
      gamma +=
          a_1 * std::sqrt(f) * Complex(1.0, 1.0) +
          f * Complex(a_2, (2.0 * std::numbers::pi) * tau - a_2 * (2.0 / std::numbers::pi) * std::log(f));
    const Complex once = std::exp(-gamma * length), twice = once * once;
    const Complex scale = 1.0 / (1.0 - rho * rho * twice);
    return std::pair(rho * (1.0 - twice) * scale, (1.0 - rho * rho) * once * scale);
  });
}

Network com_package(const ComDevice& device, const ComLine& line, std::span<const double> lengths,
                    std::span<const double> frequencies) {
  std::optional<Network> chain;
  for (std::size_t i = 0; i < device.die_capacitances.size(); ++i) {
    append(chain, shunt_capacitance(device.die_capacitances[i], frequencies));
    append(chain, series_inductance(device.die_inductances[i], frequencies));
  }
  append(chain, shunt_capacitance(device.bump_capacitance, frequencies));
  for (std::size_t i = 0; i < lengths.size(); ++i)
    if (lengths[i] > 0.0) append(chain, com_line(line, line.impedances[i], lengths[i], frequencies));
  append(chain, shunt_capacitance(device.ball_capacitance, frequencies));
  return *std::move(chain);
}

Network com_board(const ComBoard& board, std::span<const double> frequencies) {
  std::optional<Network> chain;
  append(chain, shunt_capacitance(board.inner_capacitance, frequencies));
  append(chain, com_line(board.line, board.line.impedances.front(), board.length, frequencies));
  append(chain, shunt_capacitance(board.outer_capacitance, frequencies));
  return *std::move(chain);
}

Network com_end(const ComSheet& sheet, const ComDevice& device, std::span<const double> lengths,
                std::span<const double> frequencies) {
  Network chain = com_package(device, sheet.package_line, lengths, frequencies);
  return sheet.board.included ? network::cascade(chain, com_board(sheet.board, frequencies)) : chain;
}

Network turned_round(Network two_port) {
  for (std::size_t k = 0; k < two_port.points(); ++k) {
    std::swap(two_port.at(k, 1, 1), two_port.at(k, 2, 2));
    std::swap(two_port.at(k, 1, 2), two_port.at(k, 2, 1));
  }
  return two_port;
}

std::vector<Complex> voltage_transfer(const Network& die_to_die, double transmitter, double receiver) {
  const double source = (transmitter - half_reference) / (transmitter + half_reference);
  const double load = (receiver - half_reference) / (receiver + half_reference);
  std::vector<Complex> transfer(die_to_die.points());
  for (std::size_t k = 0; k < transfer.size(); ++k) {
    const Complex s11 = die_to_die.at(k, 1, 1), s22 = die_to_die.at(k, 2, 2), s21 = die_to_die.at(k, 2, 1);
    const Complex determinant = s11 * s22 - die_to_die.at(k, 1, 2) * s21;
    // 1 − s11Γ1 − s22Γ2 + Γ1Γ2·ΔS is the determinant of the round trips at both ends.
    transfer[k] =
        s21 * (1.0 - source) * (1.0 + load) / (1.0 - s11 * source - s22 * load + source * load * determinant);
  }
  return transfer;
}

}  // namespace waverack::compliance
