#pragma once
// The scattering parameters of a linear network over frequency.

#include <complex>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace waverack::network {

// S-parameters with one real reference resistance at all ports. S_ij is the wave that leaves port i when a
// wave of 1 enters port j and all other ports are matched.
struct Network {
  std::string name;                     // of the file, for messages
  int ports = 0;                        // ≥ 1
  double reference_resistance = 50.0;   // [ohm]
  std::vector<double> frequencies;      // [Hz] ≥ 0, rising
  std::vector<std::complex<double>> s;  // shape (points, ports, ports): S_11, S_12, … row by row
  std::vector<std::string> remarks;     // what the reader noticed and did not refuse

  std::size_t points() const { return frequencies.size(); }
  // S_{to,from} at one point; ports are counted from 1, as in the name S21.
  const std::complex<double>& at(std::size_t point, int to, int from) const {
    const auto n = static_cast<std::size_t>(ports);
    return s[(point * n + static_cast<std::size_t>(to - 1)) * n + static_cast<std::size_t>(from - 1)];
  }
  std::complex<double>& at(std::size_t point, int to, int from) {
    return const_cast<std::complex<double>&>(static_cast<const Network&>(*this).at(point, to, from));
  }
};

// Throws the Error of a network that does not suit; its place is the network's name.
[[noreturn]] void refuse_network(const Network&, std::string message, std::string allowed);

// The largest value of something over all frequencies, and where.
struct Extreme {
  double value = 0.0;
  double frequency = 0.0;  // [Hz]
};

// The largest singular value of S, an amplitude ratio; a passive network has at most 1. Cost: points ·
// ports³.
Extreme largest_singular_value(const Network&);

// The largest |S_ij − S_ji|; 0 for a reciprocal network.
Extreme largest_asymmetry(const Network&);

// What the reader noticed, and whether the network is passive (largest singular value at most 1.001) and
// reciprocal (asymmetry at most 0.01), one sentence each: files are printed with a few digits, and measured
// ones carry noise.
std::vector<std::string> doubts(const Network&);
// The same where the largest singular value and asymmetry are at hand.
std::vector<std::string> doubts(const Network&, const Extreme& singular_value, const Extreme& asymmetry);

// Whether frequencies [Hz] are the same to 1e-9 of each: files state them in Hz or in GHz.
bool same_frequencies(std::span<const double>, std::span<const double>);

// Throws Error unless both have an even number of ports, and the same number, the same frequencies and the
// same reference resistance.
void require_in_a_row(const Network& first, const Network& second);

// Two networks of 2N ports in a row: ports 1 to N are the left ones, N+1 to 2N the right ones, and port N+i
// of `first` is connected to port i of `second`. Errors as require_in_a_row. Cost: points · N³.
Network cascade(const Network& first, const Network& second);

}  // namespace waverack::network
