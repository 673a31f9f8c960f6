#pragma once
// Symbols to light and back for records that are one period of a periodic waveform: root-raised-cosine pulses
// in the frequency domain, without an error at the ends.
//
// A record of `size` samples holds M = size·symbol_rate/sample_rate symbols; M divides size, so there are a
// whole number q = sample_rate/symbol_rate ≥ 2 of samples for each symbol, a power of two. Symbol m stands at
// sample q·m. Sequences on the way from another rate: signal/resampling.hpp.

#include <array>
#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "waverack/coherent/dual_batch.hpp"
#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

// Symbols of a batch: of record r in x, y, shape (M).
struct DualSymbols {
  std::array<std::vector<std::complex<float>>, batch_records> x, y;
};

// Writes all records: a[n] = √(power/2)·Σ_m s[m]·h(n/q − m), h of unit energy for each symbol period, so that
// symbols of unit power in each polarisation become light of the mean `power` [W] in both.
// `roll_off`: 0 … 1, else Error; so is a number of symbols that does not fit the batch.
void shape_pulses(DualBatch&, const DualSymbols&, double roll_off, double power);

// Filters a batch by the matched filter times `correction` and takes a sample for each symbol, q = samples
// per symbol; a record shaped by shape_pulses() returns its symbols times √(power/2). The batch is left
// filtered.
DualSymbols matched_symbols(DualBatch&, int samples_per_symbol, double roll_off,
                            const JonesResponse& correction = {});

// Independent symbols of unit mean power from the streams (seed, source), (seed, source + 1): equally
// probable points of the format, or complex normal where `gaussian`. For studies without frames.
DualSymbols random_symbols(int count, Format format, bool gaussian, std::uint64_t seed, std::uint32_t source);

}  // namespace waverack::coherent
