#pragma once
// Eight records of light in two polarisations, side by side in the 16 lanes of the batched FFT.
//
// Lanes 0 … 7 are the x polarisation of records 0 … 7, lanes 8 … 15 their y polarisation; sample n of a lane
// lies where signal/fft.hpp says. Values are envelopes in sqrt(W); in electrical places the real part is the
// voltage (or current) of the in-phase, the imaginary part that of the quadrature branch. Every record is one
// period of a periodic waveform of `size` samples. A long stream is cut into records that overlap
// (overlapped_windows.hpp); each knows the absolute index of its first sample, so that what is drawn at
// random is the same in every record that holds a sample.

#include <array>
#include <complex>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "waverack/signal/fft.hpp"

namespace waverack::coherent {

inline constexpr int batch_records = 8;

struct DualBatch {
  // `size` samples a record: a power of two, 2 … 1 048 576. All samples are 0.
  DualBatch(int size, double sample_rate);

  int size;
  double sample_rate;                               // [Hz]
  std::array<std::int64_t, batch_records> first{};  // absolute index of each record's first sample
  signal::FftPlan plan;
  signal::BatchBuffer buffer;

  float* data() { return buffer.data(); }
  const float* data() const { return buffer.data(); }
};

// Writes and reads one polarisation (0: x, 1: y) of one record; shape (size).
void set_record(DualBatch&, int record, int polarisation, std::span<const std::complex<float>> samples);
void get_record(const DualBatch&, int record, int polarisation, std::span<std::complex<float>> samples);

// Mean power |x|² + |y|² over all records [W].
double mean_power(const DualBatch&);
// Peak of |x|² + |y|² over all records [W].
double peak_power(const DualBatch&);

void scale(DualBatch&, float factor);

// A Jones matrix that depends on frequency: out_x = xx·x + xy·y, out_y = yx·x + yy·y, `f` relative to the
// carrier [Hz], |f| ≤ sample_rate/2.
struct Jones {
  std::complex<double> xx{1.0}, xy{0.0}, yx{0.0}, yy{1.0};
};
using JonesResponse = std::function<Jones(double f)>;
Jones product(const Jones& later, const Jones& earlier);
// The same response `h` (f in Hz) in both polarisations.
JonesResponse scalar_response(std::function<std::complex<double>(double f)> h);

// Filters all records by a response: two FFTs of the batch; least work where xx = yy and xy = yx = 0 at all
// frequencies. `JonesFilter` keeps its values for many batches; the response is asked for its values from
// −sample_rate/2 on, sample_rate/2 left out.
class JonesFilter {
 public:
  JonesFilter(const signal::FftPlan& plan, double sample_rate, const JonesResponse& response);
  void apply(DualBatch&) const;

 private:
  std::vector<float> values_;  // xx, xy, yx, yy (re, im) for each position of the spectrum
  bool diagonal_ = false, scalar_ = false;
};

// Responses of the four branches, in each polarisation one for the in-phase and one for the quadrature
// branch; they are asked for f ≥ 0 alone, the branches are real: H(−f) = conj H(f), and real at f = 0 and at
// sample_rate/2.
struct BranchResponses {
  std::function<std::complex<double>(double f)> xi, xq, yi, yq;
};
class BranchFilter {
 public:
  BranchFilter(const signal::FftPlan& plan, double sample_rate, const BranchResponses& responses);
  void apply(DualBatch&) const;

 private:
  std::vector<float> values_;  // of each position: sum and difference filters of x and of y
  std::vector<int> mirror_;    // position of −f for each position
};

// Adds normal noise of `variance` per real and imaginary part of each polarisation [W, V² …], drawn from the
// streams (seed, source + 0 … 3), real and imaginary part of x, then of y, by absolute sample index:
// independent over polarisations and parts, the same where records overlap. source … source + 3 belong to the
// caller alone. Sample i of a stream is value i mod 2^32 of its block floor(i/2^32), so that i may be below 0
// and has no end. Cost: about 20 cycles for each sample of a record.
void add_noise(DualBatch&, double variance, std::uint64_t seed, std::uint32_t source);

}  // namespace waverack::coherent
