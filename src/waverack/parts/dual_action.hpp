#pragma once
// What a part of a coherent lane does to a batch of waveforms.

#include <cstdint>
#include <functional>
#include <span>

#include "waverack/coherent/dual_batch.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::parts {

// In place; records are periodic. An action keeps what it has worked out (filters, gains that were settled on
// its first batch), so it is called by one thread at a time, with batches of one size and sample rate.
using DualAction = std::function<void(coherent::DualBatch&)>;

// Phase of a laser [rad] at the absolute samples first, first + 1, …
using LaserPhase = std::function<void(std::int64_t first, std::span<float> phase)>;

// What an action needs beside the part and its conditions.
struct DualContext {
  const signal::FftPlan* plan = nullptr;
  double sample_rate = 0.0;  // [Hz]
  std::uint64_t seed = 0;
  std::uint32_t source = 0;  // first of this part's own sources of random numbers; it has 16
  signal::Response behind;   // of the branches behind the transmitter, to the light; empty: flat
  LaserPhase transmit_phase, oscillator_phase;  // empty: a laser without phase noise and offset
  // Draws no noise and leaves errors of every kind out: what is left is the part as it is meant to be.
  bool ideal = false;
};

}  // namespace waverack::parts
