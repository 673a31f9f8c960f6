#pragma once
// Fourth stage: the 2×2 complex equaliser at two samples per symbol, its taps, and ways of adapting them.
//
//   y_a[k] = Σ_b Σ_i w_ab[i]·s_b[2k + i],  a, b ∈ {x, y}
// (docs/theory/coherent-receiver.md, eq. 17 to 22).

#include <array>
#include <complex>
#include <span>
#include <vector>

#include "waverack/coherent/dual_samples.hpp"
#include "waverack/coherent/equaliser_kernels.hpp"
#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

// w_ab[i]; for each i the pairs (re, im) of xx, xy, yx, yy.
struct ButterflyTaps {
  explicit ButterflyTaps(int taps) : count(taps), values(8 * static_cast<std::size_t>(taps)) {}
  int count;  // 1 … 63
  std::vector<float> values;

  std::complex<float> get(int output, int input, int i) const {
    const std::size_t at = 8 * static_cast<std::size_t>(i) + static_cast<std::size_t>(4 * output + 2 * input);
    return {values[at], values[at + 1]};
  }
  void set(int output, int input, int i, std::complex<float> value) {
    const std::size_t at = 8 * static_cast<std::size_t>(i) + static_cast<std::size_t>(4 * output + 2 * input);
    values[at] = value.real();
    values[at + 1] = value.imag();
  }
};

// A stream of samples as the planes of equaliser_kernels.hpp. Symbol k has samples 2k and 2k + 1.
class SymbolPlanes {
 public:
  // An even number of samples.
  void push(std::span<const Sample> x, std::span<const Sample> y);
  void drop_front(std::size_t symbols);
  std::size_t symbols() const { return symbols_; }
  Planes from(std::size_t symbol) const;  // readable for `slack` elements beyond the last symbol

  static constexpr std::size_t slack = 96;

 private:
  std::array<std::vector<float>, equaliser_planes> planes_;
  std::size_t symbols_ = 0;
};

// Output of the equaliser: re x, im x, re y, im y.
using SymbolParts = std::array<std::vector<float>, 4>;

// Appends symbols first … first + count − 1 to `out`; they need symbols up to first + count + taps/2 in `in`
// to be whole. Cost: about 10 ns per symbol instant with 17 taps.
void equalise(const ButterflyTaps& taps, const SymbolPlanes& in, std::size_t first, std::size_t count,
              SymbolParts& out);

// One step of steepest descent for symbols first … first + count − 1, count a multiple of 16:
// w_ab[i] += step/(count·power)·Σ_k error_a[k]·conj s_b[2k + i]. `error` as in `SymbolParts`, `power` the
// mean power of a sample of one polarisation. Stable for `step` below about 0.5.
void descend(ButterflyTaps& taps, const SymbolPlanes& in, std::size_t first, std::size_t count,
             const std::array<const float*, 4>& error, double step, double power);

// Adapts without a known symbol: to constant modulus E|a|⁴/E|a|² (Godard 1980), or to the nearest of the
// rings of the format. Steps of 32 symbols over first … first + count − 1. Returns the mean of the squared
// error of the modulus.
enum class BlindRule { constant_modulus, radius_directed };
double adapt_blind(ButterflyTaps& taps, const SymbolPlanes& in, std::size_t first, std::size_t count,
                   Format format, BlindRule rule, double step, double power);

// How far the outputs are from showing the same polarisation: the mean over frequencies within ± Rs/4 of
// 2·|det W(f)|/‖W(f)‖², 1 for any unitary W, 0 if both outputs show one polarisation, whatever their delays.
double independence(const ButterflyTaps& taps);
// Sets w_y from w_x so that W is unitary at every frequency: w_yx[i] = −conj w_xy[n − 1 − i], w_yy[i] =
// conj w_xx[n − 1 − i] (L. Liu et al., OFC 2009, OMT2).
void repair_singularity(ButterflyTaps& taps);

}  // namespace waverack::coherent
