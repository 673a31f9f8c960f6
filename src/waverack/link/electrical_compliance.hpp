#pragma once
// The electrical outputs of host and module as a standard sees them: everything behind the test point is
// replaced by a compliance board and a reference receiver. (docs/theory/tdecq.md, section 9)

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "waverack/compliance/electrical_interface.hpp"
#include "waverack/compliance/tdecq.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::link {

struct Lane;
struct Segment;

// The eye behind a reference receiver.
struct ReferenceEye {
  double dc_gain_db = 0.0, dc_gain_low_db = 0.0;  // of the CTLE
  std::vector<double> feedback;                   // DFE taps relative to the cursor
  // From the lowest eye up: height at DER0 over the timing window, and the distance of its two levels [V]
  std::vector<double> heights, amplitudes;
  double veo = 0.0;     // the smallest height [V]; negative for a closed eye
  double vec_db = 0.0;  // largest 20·log10(amplitude/height); infinite for a closed eye
};

// What an interface limits of an output.
struct ElectricalCompliance {
  parts::Place output_of = parts::Place::host;  // or module
  std::optional<compliance::TdecqResult> eecq;  // its tdecq is EECQ and its oma_outer VMA [V]
  std::optional<ReferenceEye> eye;
};

// Whose electrical output the voltage at a test point of the chain is: the host's, in front of the first part
// of a module, or the module's, behind the last. Couplings with capacitors count as neither. None for light
// and inside a module, and without a module.
std::optional<parts::Place> electrical_output(const Lane&, std::string_view test_point);

// The eye of the voltage in front of element `end` of the segment behind board and reference receiver,
// semi-analytically. CTLE and sampling phase are those of the least mean square error, jitter and the sheet's
// timing window counted with the variance that they give the sampling instant; the CTLE is found by climbing
// on the grid that the sheet allows, with a short pattern and without aggressors. FFE and DFE have the least
// mean square error within the limits of the DFE's taps; those of the FFE's are not asked for. The
// probabilities of instants 10 mUI apart in the timing window are averaged with its Gaussian weight
// (docs/theory/com.md, section 11). Throws Error for a receiver with floating taps. Cost: a solution of the
// segment with `symbols`, a density for each instant, and about 1 ms for each setting that is tried.
ReferenceEye reference_eye(const Segment&, const parts::Conditions&, std::span<const std::uint8_t> symbols,
                           const signal::Response& board, const compliance::ComSheet& receiver,
                           std::size_t end);

}  // namespace waverack::link
