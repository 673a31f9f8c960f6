#pragma once
// Mixed-mode waves of any number of ports: differential and common modes of pairs, and single-ended ports.
//
// With the conductors + and − of a pair the differential wave is (a₊ − a₋)/√2, the common one (a₊ + a₋)/√2
// (Bockelman and Eisenstadt, IEEE Trans. MTT 43, 1530 (1995); docs/theory/network.md, section 2). Both have
// their own reference, 2·R differential and R/2 common.

#include <complex>
#include <span>
#include <string>
#include <vector>

#include "waverack/network/network.hpp"
#include "waverack/network/reference.hpp"

namespace waverack::network {

// One row and column of a mixed-mode matrix, as Touchstone 2 names them: S4, D2,3 or C2,3 with the conductor
// + first. Ports are counted from 1.
struct Mode {
  enum class Kind { single_ended, differential, common };
  Kind kind = Kind::single_ended;
  int plus = 0;
  int minus = 0;  // 0 for a single-ended port

  bool operator==(const Mode&) const = default;
};

// "D2,3"
std::string name_of(const Mode&);

// Modes of `ports` ports in pairs, differential ones first and in the order of `pairs`: {+, −, +, −, …}.
// Throws Error unless every port of `ports` is named once.
std::vector<Mode> paired_modes(int ports, std::span<const int> pairs);

// What is missing or doubled if `modes` are not a complete set for `ports` ports: each port single-ended, or
// in the differential and the common mode of one pair; "" if they are.
std::string incomplete(std::span<const Mode> modes, int ports);

// The mixed-mode matrix of all points in the order of `modes`, row by row as Network::s. The modes are
// complete.
std::vector<std::complex<double>> to_mixed_mode(const Network&, std::span<const Mode> modes);

// Turns one matrix in the order of `modes`, row by row, into that of single-ended ports in ascending order.
// S, Z and Y; for Z and Y the voltages and currents are V_d = V₊ − V₋, I_d = (I₊ − I₋)/2, V_c = (V₊ + V₋)/2
// and I_c = I₊ + I₋ (Touchstone 2.0, appendix A). The modes are complete, and of S-parameters both ports of a
// pair have one reference.
void to_single_ended(Parameters, std::span<std::complex<double>> matrix, std::span<const Mode> modes);

}  // namespace waverack::network
