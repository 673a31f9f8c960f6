#pragma once
// Power that one Gaussian mode hands to another across a joint that is not perfect.

namespace waverack::parts {

struct Joint {
  double mode_field_a = 9.2e-6, mode_field_b = 9.2e-6;  // diameters at 1/e² of the intensity [m], > 0
  double offset = 0.0;                                  // of the axes, sideways [m]
  double tilt = 0.0;                                    // between the axes [rad], small
  double gap = 0.0;                                     // between the facets [m], ≥ 0
  double index = 1.0;                                   // of what fills it
  double wavelength = 1310e-9;                          // in vacuum [m], > 0
};

// η, between 0 and 1, for two circular modes with waists at the facets: W. B. Joyce and B. C. DeLoach,
// "Alignment of Gaussian beams", Appl. Opt. 23 (1984) 4187. Left out: reflections at the facets, modes that
// are not Gaussian or not round, tilts beyond the paraxial range (about 15°). Both tilt and offset across a
// gap are taken in one plane, the tilt away from the offset. (theory: yield, eq. 5)
double mode_overlap(const Joint&);

}  // namespace waverack::parts
