#pragma once
// The detectors of mlse.hpp for 32 records side by side.
//
// Rows of samples are 32 floats, one of each record, aligned to 64 bytes: sample k of record r is y[32·k +
// r], the layout of a batch of transforms (signal/fft.hpp). Rows of decisions are 32 bytes. Arithmetic is in
// single precision, chosen for the CPU at run time; the same bit for bit with AVX2 and AVX-512
// (docs/decisions/highway.md). Paths whose sums of squares differ by less than rounding may be exchanged
// against the reference.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/dsp/trellis.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::dsp {

// Memory for detecting `rows` samples of each record, kept from call to call; each thread needs its own.
// Only trellises with 2, 4, 6 or 8 levels and a memory of 1 to 3 symbols are possible; others throw Error.
class SequenceDetector {
 public:
  SequenceDetector(const Trellis& trellis, int rows);

  // The symbols of the path that is closest to each record; start and end are free, as in detect_sequence().
  // y: `rows` rows; decisions: `rows` rows. Memory: states/4 bytes for each sample with 2 and 4 levels,
  // states/1.5 or states/2 with 6 and 8.
  void detect(const float* y, std::uint8_t* decisions);

 private:
  std::vector<float> expected_;
  int levels_, memory_, rows_;
  signal::BatchBuffer metrics_, survivors_;
};

// The same for bit_reliabilities(): 2, 4 or 8 levels.
class ReliabilityDetector {
 public:
  ReliabilityDetector(const Trellis& trellis, int rows);

  // y: `rows` rows; reliabilities: log2(levels) rows of 32 floats for each of them, the most significant bit
  // first. Memory: 4·states bytes for each sample.
  void detect(const float* y, double noise_variance, float* reliabilities);

 private:
  std::vector<float> expected_;
  int levels_, memory_, rows_;
  signal::BatchBuffer metrics_, before_;
};

}  // namespace waverack::dsp
