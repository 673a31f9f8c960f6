#pragma once
// The spectra that a block program multiplies by: of periodic records of one block.

#include <complex>
#include <cstdint>
#include <functional>
#include <vector>

#include "waverack/link/block_program.hpp"

namespace waverack::link {

// The bins of a block's waveform.
struct BlockBins {
  int samples = 0;           // of the waveform, even
  double sample_rate = 0.0;  // [Hz]

  // The uppermost bin counts as positive.
  int signed_bin(int bin) const { return bin <= samples / 2 ? bin : bin - samples; }
  double frequency(int bin) const { return signed_bin(bin) * sample_rate / samples; }
  // `value` as it may stand at a bin: a record is real only if its uppermost bin is.
  std::complex<double> at(int bin, std::complex<double> value) const {
    return bin == samples / 2 ? std::complex<double>(value.real()) : value;
  }
};

// Appends a value as a pair (re, im).
void push(std::vector<float>& spectrum, std::complex<double> value);

// 0, 1 … count − 1.
std::vector<std::int32_t> all_rows(int count);

// The position of each bin in a plan's order.
std::vector<int> places(const signal::FftPlan& plan);

// Noise of a two-sided density [unit²/Hz] at each bin of `plan`, aliases added up by the caller, in a
// spectrum that the inverse transform takes back to samples of the waveform's unit. Bins that hold less than
// 1e-5 of its power together are left out; no power gives no rows. The stream is left to the caller.
BinNoise bin_noise(const BlockBins& bins, const signal::FftPlan& plan,
                   const std::function<double(int)>& density);

}  // namespace waverack::link
