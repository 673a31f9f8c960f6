#pragma once
// From the spectrum of a real record to the record, for sizes that are no power of two: a record of tabulated
// frequency responses has the length that their frequency step and the wanted time step ask for.

#include <complex>
#include <cstddef>
#include <vector>

namespace waverack::signal {

// The size ≥ 1 nearest to `wanted` whose prime factors are all at most 61; the lower of two equally near.
std::size_t smooth_size(std::size_t wanted);

// Immutable, so threads may share it.
class RealInversePlan {
 public:
  // For records of 2·half samples. Throws Error unless half = smooth_size(half) ≥ 1. Cost: `half` sines.
  explicit RealInversePlan(std::size_t half);

  std::size_t half() const { return half_; }

  // x[m] = (1/(2·half))·Σ_k X[k]·exp(j2πkm/(2·half)) over all 2·half bins, where `spectrum` holds X[0] …
  // X[half] and the others are conj(X[2·half − k]); of X[0] and X[half] the real part counts. Shape (half +
  // 1) → (2·half). Cost: about 5·half·(sum of the prime factors of half) operations.
  std::vector<double> record(const std::vector<std::complex<double>>& spectrum) const;

 private:
  std::size_t half_;
  std::vector<std::size_t> radices_;
  std::vector<std::complex<double>> root_;  // exp(j2πk/half)
};

}  // namespace waverack::signal
