#pragma once
// Coupling of two Gaussian modes in closed form: facts photonics 7.1. Mode field diameters 2w are at 1/e² of
// the intensity; all lengths in m, angles in rad. Results are power efficiencies, 0 … 1.
// Valid for aligned circular modes and small errors (paraxial); different kinds of error multiply.

namespace waverack::parts {

// Perfect alignment: (2·w1·w2/(w1² + w2²))².
double mismatch_efficiency(double mode_field_diameter_1, double mode_field_diameter_2);

// Factor by a lateral offset d: exp(−2d²/(w1² + w2²)).
double offset_efficiency(double mode_field_diameter_1, double mode_field_diameter_2, double offset);

// Factor by a tilt θ: exp(−(π·w·θ·n/λ)²), w² = (w1² + w2²)/2, in a medium of index n.
double tilt_efficiency(double mode_field_diameter_1, double mode_field_diameter_2, double tilt,
                       double wavelength, double index = 1.0);

// Factor by an axial gap z between equal modes: 1/(1 + (z/(2·z_R))²), z_R = π·w²·n/λ.
double gap_efficiency(double mode_field_diameter, double gap, double wavelength, double index = 1.0);

// The offset of two equal modes that loses `loss` (power ratio ≥ 1), and the tilt that does.
double offset_for_loss(double mode_field_diameter, double loss);
double tilt_for_loss(double mode_field_diameter, double loss, double wavelength, double index = 1.0);

}  // namespace waverack::parts
