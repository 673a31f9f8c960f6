#pragma once
// From other port references, and from other network parameters, to S-parameters with one real reference
// resistance (docs/theory/network.md, section 9).

#include <complex>
#include <span>

#include "waverack/network/network.hpp"

namespace waverack::network {

// The two-port and multi-port parameters that a file may hold.
enum class Parameters { scattering, impedance, admittance, hybrid, inverse_hybrid };

// Turns one matrix, `ports` × `ports` row by row, into S-parameters with the reference resistances
// `references` [ohm] > 0 of its ports: Z in ohm, Y in siemens; H and G of two-ports, V1 = h11·I1 + h12·V2, I2
// = h21·I1 + h22·V2 and I1 = g11·V1 + g12·I2, V2 = g21·V1 + g22·I2. False, and the matrix undefined, where no
// S-parameters exist (Z + R is singular). Cost: ports³.
bool to_scattering(Parameters, std::span<std::complex<double>> matrix, std::span<const double> references);

// Turns one S-matrix with the reference resistances `from` of its ports into that with `to` [ohm], all > 0,
// of the same ports. False where a port would see an oscillator: the matrix that must be inverted is
// singular. Cost: ports³.
bool change_references(std::span<std::complex<double>> s, std::span<const double> from,
                       std::span<const double> to);

// The network with the reference resistance `resistance` [ohm] at all ports. Throws Error unless it is above
// 0 and finite, and where a point has no such S-parameters.
Network renormalise(const Network&, double resistance);

}  // namespace waverack::network
