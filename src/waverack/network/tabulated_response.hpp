#pragma once
// The response of a measured part at any frequency, from a table of magnitude and, where it was measured,
// phase (docs/theory/network.md, section 8).

#include "waverack/network/channel_response.hpp"
#include "waverack/network/frequency_table.hpp"

namespace waverack::network {

// A real system: an amplifier, a photodiode, the electro-optic response of a modulator.
//
//   within the data   monotone cubic curves through ln|H| and the unwrapped phase, bulk delay taken out
//   below them        |H| of the first point; the phase falls linearly to a multiple of π at 0 Hz
//   above them        |H| falls with the power of f that fits the last octave, or stays if that rises; the
//                     group delay is that of the last octave
//
// Without phase in the table it is the minimum phase of the magnitude (minimum_phase.hpp), so there is no
// bulk delay; a remark says so. Otherwise `latency` is the time to the front of the pulse (pulse_front.hpp),
// which `response` leaves out. Throws Error for fewer than two points, and where the first point transmits
// nothing.
Channel tabulated_response(const FrequencyTable& table);

// An optical field about the carrier `carrier` > 0 [Hz]: H(f) = S(carrier + f)/exp(jφ) with φ the phase at
// the carrier, and without the group delay there, which is `latency`. Monotone cubic curves through magnitude
// and unwrapped phase; outside of the data the magnitude and group delay of the nearest point. A remark says
// where the carrier lies outside, and that a table without phase has no dispersion. first_frequency and
// last_frequency are those of the data. Throws Error for fewer than two points.
Channel passband_response(const FrequencyTable& table, double carrier);

}  // namespace waverack::network
