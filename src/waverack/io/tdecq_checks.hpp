#pragma once
// A captured waveform against the limits of a PMD.

#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/compliance/capture_measure.hpp"
#include "waverack/compliance/pmd.hpp"
#include "waverack/design/result.hpp"

namespace waverack::io {

// Everything that the capture tells of a transmitter, in the units in which people state it: "tdecq.tecq_db",
// …; where the reference filter is not known, once for each assumption: "applied.tecq_db", "needed.tecq_db".
// Without a dark level the average power and the extinction ratio are told but not judged. Volts are not
// judged: a PMD limits light.
std::vector<Check> tdecq_checks(const compliance::CaptureMeasurement&, const compliance::Pmd&,
                                const Provenance&);

}  // namespace waverack::io
