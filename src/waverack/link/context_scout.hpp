#pragma once
// Which symbols of a block of random ones are likely to be decided wrong.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "waverack/link/block_runner.hpp"
#include "waverack/link/noise_gradient.hpp"

namespace waverack::link {

// Without noise a block shows how far each decision is from its thresholds, and the gradient tells the rms of
// its noise. From both follows a forecast of every symbol's error probability. A forecast need not be right:
// what is chosen by it is weighed by the chance of the choice.
class ContextScout {
 public:
  // Both must outlive the scout. One gradient for each level.
  ContextScout(const BlockProgram& program, std::span<const NoiseGradient> gradients);

  // Draws symbols: block `name` of the run.
  void look(const Stream& name);

  // A symbol drawn by the forecast from `uniform`, 0 … 1; and its chance over that of an even choice.
  struct Choice {
    std::size_t row = 0, record = 0;
    double chance = 1.0;
  };
  Choice choose(double uniform) const;

  std::span<const std::uint8_t> sent() const { return sent_; }

 private:
  // The noise of a scaled source: weights of the square of its scale about the aimed row.
  struct Weights {
    std::uint32_t source = 0;
    long first = 0;  // row of the first weight, seen from that of the symbol
    long rows_per_symbol = 1;
    std::vector<float> weights;
  };
  void forecast();

  BlockProgram program_;
  double dual_dirac_;  // [UI]
  std::span<const NoiseGradient> gradients_;
  std::vector<Weights> weights_;
  BlockRunner runner_;
  std::vector<std::uint8_t> sent_, decided_;
  std::map<std::uint32_t, std::vector<float>> scales_;
  std::vector<double> cumulative_;  // of the forecast
};

}  // namespace waverack::link
