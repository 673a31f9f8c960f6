#pragma once
// The receiver of a lane behind the stressed source of its PMD (theory: tdecq, section 8).

#include <cstdint>
#include <span>
#include <string>

#include "waverack/link/lane.hpp"
#include "waverack/link/stress.hpp"

namespace waverack::link {

// A PAM4 transmitter of equal levels with the least extinction ratio that the PMD allows (3.5 dB or more), no
// jitter and no laser noise, behind a second-order low-pass and with Gaussian noise, one value for each
// symbol.
struct StressedSource {
  std::vector<parts::Instance> light, chain;  // the chain ends with the modulator
  Stress stress;                              // secq and ceq as far as they were measured
};

// The one of a given bandwidth [Hz] and SNDR (a power ratio: the outer level over the rms of the noise), at
// an OMA_outer [W] and a wavelength [m].
StressedSource source_of(const compliance::Pmd&, double bandwidth, double sndr, double oma_outer,
                         double wavelength);

// The one whose SECQ by the PMD's reference receiver is `secq` within 0.02 dB: the low-pass makes half of the
// decibels within 0.1 dB, as 802.3 121.8.9 asks at least, the noise makes the rest. Throws Error where no
// bandwidth or noise gives that SECQ. Cost: about five measurements of PRBS13Q.
StressedSource stressed_source(const compliance::Pmd&, double secq, double oma_outer, double wavelength);

// The least OMA_outer [W] of `source` at the lane's test point `test_point` with which the parts behind it,
// up to the first decision, keep the PMD's limit of the bit error ratio: by the semi-analytic solver, the
// light attenuated, for one period of `symbols`. Aggressors that couple in there stay. NaN where no light is
// enough. Throws Error where what is behind the test point cannot be solved alone.
double stressed_sensitivity(const Lane&, const compliance::Pmd&, const StressedSource& source,
                            const std::string& test_point, std::span<const std::uint8_t> symbols);

}  // namespace waverack::link
