#pragma once
// Sums over the symbol-spaced samples of a pulse behind a transmit equaliser, without making that pulse.
//
// With h(t) = Σ_i c_i·p(t − iT) the sum Σ_k h(t + kT)·h(t + (k + lag)T) is Σ_d a_d·r_{lag + d}(t), where a_d
// = Σ_i c_i·c_{i+d} and r_d(t) = Σ_k p(t + kT)·p(t + (k + d)T) (docs/theory/com.md, section 6).

#include <cstddef>
#include <span>
#include <vector>

namespace waverack::compliance {

// r_d(t) of one pulse for all phases t and lags d = 0 … lags − 1.
class SymbolSums {
 public:
  SymbolSums() = default;
  // Cost: lags·pulse.size() products.
  SymbolSums(std::span<const double> pulse, int samples_per_symbol, int lags);

  // r_|lag|(phase), 0 ≤ phase < samples_per_symbol.
  double at(int phase, int lag) const {
    const auto d = static_cast<std::size_t>(lag < 0 ? -lag : lag);
    return sums_[d * static_cast<std::size_t>(samples_) + static_cast<std::size_t>(phase)];
  }
  // Adds weight·other; both have the same shape.
  void add(const SymbolSums& other, double weight);
  // Σ_k h(t + kT)·h(t + (k + lag)T) at `phase` for the same a_0, 2·a_1, …; lag + taps must be within the
  // lags.
  double correlation(int phase, int lag, std::span<const double> doubled) const {
    double sum = doubled[0] * at(phase, lag);
    for (std::size_t d = 1; d < doubled.size(); ++d)
      sum += 0.5 * doubled[d] * (at(phase, lag + static_cast<int>(d)) + at(phase, lag - static_cast<int>(d)));
    return sum;
  }
  // Σ_k h(t + kT)² at `phase` for a_0, 2·a_1, 2·a_2, … (autocorrelation of the taps, both signs together).
  double power(int phase, std::span<const double> doubled) const {
    double sum = 0.0;
    for (std::size_t d = 0; d < doubled.size(); ++d)
      sum += doubled[d] * sums_[d * static_cast<std::size_t>(samples_) + static_cast<std::size_t>(phase)];
    return sum;
  }
  // The phase with the largest such sum; the first of several.
  int strongest_phase(std::span<const double> doubled) const;
  // The largest such sum.
  double largest_power(std::span<const double> doubled) const;

 private:
  int samples_ = 0;
  std::vector<double> sums_;  // shape (lags, samples per symbol)
};

// a_0, 2·a_1, 2·a_2, … of `taps`. Shape (n) → (n).
void doubled_autocorrelation(std::span<const double> taps, std::span<double> doubled);

// (p(t + δ) − p(t − δ))/(2δ) with δ one sample, per UI: the slope that jitter sees, on the samples of the
// pulse.
std::vector<double> slope_per_symbol(std::span<const double> pulse, int samples_per_symbol);

}  // namespace waverack::compliance
