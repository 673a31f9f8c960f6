#pragma once
// What fibre does to polarisation, drawn at random: orientations, mode dispersion, dependent loss
// (docs/theory/fibre-propagation.md, section 5). A realisation is frozen: the same name draws the same fibre.

#include <cstdint>
#include <vector>

#include "waverack/coherent/line.hpp"
#include "waverack/coherent/split_step.hpp"

namespace waverack::coherent {

// The name of a draw; every element of a line is one of its own.
struct PolarisationDraw {
  std::uint64_t seed = 1;
  std::uint32_t source = 0;       // of this use of random numbers, apart from noise
  std::uint32_t element = 0;      // of the line
  std::uint32_t realisation = 0;  // which fibre of those that could have been laid
};

// A unitary matrix with determinant 1, uniform among all of them (Haar measure).
Jones random_rotation(const PolarisationDraw&, std::uint32_t index);

// The mode dispersion of a span: `sections` ≥ 1 at equal distances, each a random rotation behind a random
// delay between the axes, PlacedJones for the split step, a few sections merged at each of `places` ≥ 1. The
// vector of the delay of a section is normal in each of its three components, so that the differential group
// delay of the span is Maxwellian with the mean pmd·√length whatever the number of sections. Empty where pmd
// is 0.
std::vector<PlacedJones> mode_dispersion(const FibreSpan& span, int sections, int places,
                                         const PolarisationDraw&);

// Rotation, delay and loss between the axes, rotation. The better axis has the power 2ρ/(1 + ρ), the worse
// 2/(1 + ρ), ρ = pdl: unpolarised light keeps its power.
JonesResponse polarisation_element(const PolarisationElement&, const PolarisationDraw&);

// Differential group delay of a linear line at f [s], from its matrices at f ± step/2 [Hz]: the difference of
// the arguments of the eigenvalues of J(f + step/2)·J(f − step/2)⁻¹ over 2π·step (B. L. Heffner, IEEE Photon.
// Technol. Lett. 4 (1992) 1066). Good as long as step times the delay is below ½.
double differential_group_delay(const JonesResponse&, double f, double step);

}  // namespace waverack::coherent
