#pragma once
// The demands of an optical standard as checks of a result.

#include <string_view>
#include <vector>

#include "waverack/compliance/pmd.hpp"
#include "waverack/design/result.hpp"

namespace waverack {

// A demand in the units in which results state it: dBm, dB, ps, nm. Its name is `place`, a point, and the key
// that the number has in results: "lane.test_points.TP2.oma_outer_dbm".
Check check_of(const compliance::PmdCheck&, std::string_view place);

// What one waveform tells of a transmitter: everything but wavelength, TECQ, TDECQ and intensity noise.
compliance::TransmitterMeasures measures_of(const compliance::TdecqResult&);

// The demands of the lane's PMD. On its transmitter: of the light at the last test point in front of the
// fibre. On its receiver: its reflectance, that it works with the OMA_outer of the standard under its stress,
// and that it works with the OMA_outer that the PMD's budget leaves a transmitter of this
// TECQ; its sensitivity is that of the first test point of light behind the fibre, less the lane's margin.
// None without a PMD, for a lane solved without charts, and for a PMD of another symbol rate than the lane's,
// which a warning tells.
std::vector<Check> pmd_checks(const Result&, const Provenance&);

}  // namespace waverack
