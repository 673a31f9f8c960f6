#pragma once
// First stage of the receiver: makes the four branches simultaneous, centred, orthogonal and equally strong.
//
//   deskew         each branch is advanced by its own known delay with a windowed sinc
//   centring       the mean of each branch is removed
//   orthogonality  the quadrature branch loses what it has in common with the in-phase branch (Gram–Schmidt),
//                  or both give way by the same amount (Löwdin); every branch gets the power 1/2
// The moments are means over a running window (docs/theory/coherent-receiver.md, eq. 1 to 4).

#include <array>
#include <span>
#include <vector>

#include "waverack/coherent/dual_samples.hpp"

namespace waverack::coherent {

enum class Orthogonalisation { none, gram_schmidt, lowdin };

struct FrontEndSettings {
  double sample_rate = 0.0;        // > 0 [Hz]
  std::array<double, 4> delays{};  // of XI, XQ, YI, YQ, at most 64 samples either way [s]
  Orthogonalisation orthogonalisation = Orthogonalisation::gram_schmidt;
  int window = 65536;  // time constant of the means, ≥ 4096 [samples]
};

// What was found in one polarisation.
struct BranchErrors {
  double mean_i = 0.0, mean_q = 0.0;  // in units of the input
  double imbalance_db = 0.0;          // power of in-phase over quadrature branch
  double phase_error = 0.0;           // angle by which the branches miss 90° [rad], positive: correlated
};

class FrontEndCorrection {
 public:
  // Settings out of range throw Error.
  explicit FrontEndCorrection(const FrontEndSettings& settings);

  // Takes samples and appends to `out` what is finished: blocks of 4096 samples, without delay in time, as
  // soon as the filter has seen enough. With Orthogonalisation::none only the deskew acts. Cost: about 3 ns
  // per pair of samples; 10 with deskew.
  void push(std::span<const Sample> x, std::span<const Sample> y, DualSamples& out);

  BranchErrors errors(int polarisation) const;  // 0: x, 1: y

 private:
  void correct(std::vector<Sample>& block, int polarisation);

  FrontEndSettings settings_;
  DualSamples queue_;
  std::size_t half_ = 0;  // taps on either side
  std::array<std::vector<float>, 2> taps_;
  std::array<std::array<double, 5>, 2> moments_{};
  double weight_ = 0.0;  // of all that the moments have seen, up to 1
  std::vector<Sample> block_x_, block_y_;
};

}  // namespace waverack::coherent
