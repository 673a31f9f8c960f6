#pragma once
// The ideal receiver of studies on periodic records: everything linear undone exactly, matched filter, the
// best complex factor for each polarisation. What is left is noise and nonlinear interference.

#include <array>

#include "waverack/coherent/pulse.hpp"

namespace waverack::coherent {

// Signal-to-noise ratio of received against sent symbols, all records together: ⟨|c·s|²⟩/⟨|r − c·s|²⟩ with
// the factor c that fits best in each polarisation of each record. Power ratio, of x and y.
std::array<double, 2> symbol_snr(const DualSymbols& received, const DualSymbols& sent);

// The same for a batch at the end of a line: filtered by the inverse of `line`, the response from end to end,
// and matched to pulses of `roll_off` (pulse.hpp). The batch is left filtered.
std::array<double, 2> received_snr(DualBatch&, const DualSymbols& sent, double roll_off,
                                   const JonesResponse& line);

Jones inverse(const Jones&);

}  // namespace waverack::coherent
