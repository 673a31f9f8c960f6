#pragma once
// Networks on other frequencies (docs/theory/network.md, section 11).

#include <optional>
#include <span>
#include <vector>

#include "waverack/network/network.hpp"

namespace waverack::network {

// Multiples of `step` > 0 [Hz] that the data cover, up to `stop` or to the last of them. Throws Error unless
// there are two to a million, and where the data end below `stop`.
std::vector<double> even_grid(const Network&, double step, std::optional<double> stop);

// The network on `frequencies`, rising: each S-parameter by the cubic curve through its samples with its mean
// delay taken out (TransmissionCurve). On its own frequencies it is returned as it is. Throws Error for fewer
// than two points, and where a frequency lies outside of the data. Cost: points · ports².
Network resample(const Network&, std::span<const double> frequencies);

// The network with points from 0 Hz to its first one, in steps of about its own first step. Transmissions
// above −10 dB at low frequency by the law of a line with skin effect (TransmissionCurve); all other
// S-parameters by a constant and f² in the real part and by f in the imaginary part, through the first two
// points with the delay taken out, as a real response has no other powers. A remark says so. A network that
// starts at 0 Hz is returned as it is. Throws Error for fewer than two points, and where the first point is
// above 100 times the first step.
Network extend_to_dc(const Network&);

}  // namespace waverack::network
