#pragma once
// Phase and intensity noise of a laser on a batch of waveforms.

#include <cstdint>

#include "waverack/parts/dual_action.hpp"

namespace waverack::parts {

// Multiplies both polarisations of every record by exp(j·sign·phase); nothing where `phase` is empty.
void turn(coherent::DualBatch&, const LaserPhase& phase, float sign);

// Multiplies the field by √(1 + n), n normal and white with the one-sided density `rin` [1/Hz], the same in
// both polarisations; drawn from the stream (seed, source) by absolute sample index.
void add_intensity_noise(coherent::DualBatch&, double rin, std::uint64_t seed, std::uint32_t source);

}  // namespace waverack::parts
