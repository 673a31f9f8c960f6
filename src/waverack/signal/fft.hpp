#pragma once
// Batched complex FFT of power-of-two size in single precision, 16 transforms side by side.
//
// Layout of a batch: sample n of transform `lane` has its real part at data[32·n + lane] and its imaginary
// part at data[32·n + 16 + lane]. The forward transform decimates in frequency and leaves the spectrum in
// digit-reversed order; the inverse decimates in time and takes that order. Filters keep their spectrum in
// the same order, so nothing is reordered and no scratch memory is needed (docs/decisions/own-fft.md).
//
// The code is chosen for the CPU at run time. Results are the same bit for bit with AVX2 and AVX-512; other
// CPUs agree to rounding (docs/decisions/highway.md).

#include <complex>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace waverack::signal {

inline constexpr int fft_lanes = 16;

// Twiddle factors and the order of the spectrum for one size; immutable, so threads may share it.
class FftPlan {
 public:
  // `size`: a power of two, 2 … 1 048 576; anything else throws Error. Cost: `size` sines in double
  // precision.
  explicit FftPlan(int size);

  int size() const { return size_; }

  // Position p of a spectrum holds the frequency bin bin_of_position()[p], 0 … size − 1; shape (size).
  std::span<const int> bin_of_position() const { return bins_; }

  // One pass over a block of `length` samples by butterflies of `radix`. For each j < length/radix the table
  // of twiddles has, from `twiddles` on, the radix − 1 pairs (re, im) of exp(−j2π·j·k/length), k = 1 … radix
  // − 1. The last stage has length = radix and needs none.
  struct Stage {
    int radix = 8;
    int length = 0;
    std::size_t twiddles = 0;
  };
  std::span<const Stage> stages() const { return stages_; }
  const float* twiddles() const { return twiddles_.data(); }

 private:
  int size_;
  std::vector<Stage> stages_;
  std::vector<float> twiddles_;
  std::vector<int> bins_;
};

// Uninitialised memory for one batch of transforms of `size`: 32·size floats, aligned to 64 bytes.
class BatchBuffer {
 public:
  explicit BatchBuffer(int size);
  float* data() { return data_.get(); }
  const float* data() const { return data_.get(); }

 private:
  struct Free {
    void operator()(float* pointer) const;
  };
  std::unique_ptr<float[], Free> data_;
};

// X[k] = Σ_n x[n]·exp(−j2πkn/size) for all 16 lanes, in place. `data`: 32·size floats aligned to 64 bytes,
// natural order in, digit-reversed order out. Cost: 16 · 5·size·log2(size) operations, nothing allocated.
void fft_forward(const FftPlan& plan, float* data);

// x[n] = Σ_k X[k]·exp(+j2πkn/size), not divided by size: digit-reversed order in, natural order out.
void fft_inverse(const FftPlan& plan, float* data);

// Multiplies all 16 spectra of a batch by one. `spectrum`: size pairs (re, im), in the order of the plan.
void multiply_spectrum(const FftPlan& plan, std::span<const float> spectrum, float* data);

// fft_forward(), multiply_spectrum() and fft_inverse() in one, bit for bit; it goes over the memory less
// often.
void fft_filter(const FftPlan& plan, std::span<const float> spectrum, float* data);

// The same transform of one record in double precision and natural order, for designs and tests. The size is
// a power of two ≥ 1, else Error is thrown; the inverse is not divided by size. Cost O(size·log(size)).
void fft(std::vector<std::complex<double>>& data, bool inverse);

}  // namespace waverack::signal
