#include "waverack/compliance/symbol_sums.hpp"

#include <algorithm>

namespace waverack::compliance {

SymbolSums::SymbolSums(std::span<const double> pulse, int samples_per_symbol, int lags)
    : samples_(samples_per_symbol),
      sums_(static_cast<std::size_t>(lags) * static_cast<std::size_t>(samples_per_symbol)) {
  const auto m = static_cast<std::size_t>(samples_per_symbol);
  for (std::size_t d = 0; d < static_cast<std::size_t>(lags); ++d) {
    double* sums = sums_.data() + d * m;
    for (std::size_t start = 0; start + d * m < pulse.size(); start += m) {
      const double* a = pulse.data() + start;
      const double* b = a + d * m;
      const std::size_t count = std::min(m, pulse.size() - start - d * m);
      for (std::size_t p = 0; p < count; ++p) sums[p] += a[p] * b[p];
    }
  }
}

void SymbolSums::add(const SymbolSums& other, double weight) {
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += weight * other.sums_[i];
}

int SymbolSums::strongest_phase(std::span<const double> doubled) const {
  int best = 0;
  for (int phase = 1; phase < samples_; ++phase)
    if (power(phase, doubled) > power(best, doubled)) best = phase;
  return best;
}

double SymbolSums::largest_power(std::span<const double> doubled) const {
  const auto m = static_cast<std::size_t>(samples_);
  double largest = 0.0;
  for (std::size_t p = 0; p < m; ++p) {
    double sum = 0.0;
    for (std::size_t d = 0; d < doubled.size(); ++d) sum += doubled[d] * sums_[d * m + p];
    largest = std::max(largest, sum);
  }
  return largest;
}

void doubled_autocorrelation(std::span<const double> taps, std::span<double> doubled) {
  for (std::size_t d = 0; d < taps.size(); ++d) {
    double sum = 0.0;
    for (std::size_t i = 0; i + d < taps.size(); ++i) sum += taps[i] * taps[i + d];
    doubled[d] = d == 0 ? sum : 2.0 * sum;
  }
}

std::vector<double> slope_per_symbol(std::span<const double> pulse, int samples_per_symbol) {
  std::vector<double> slope(pulse.size());
  for (std::size_t i = 0; i < pulse.size(); ++i) {
    const double before = i > 0 ? pulse[i - 1] : 0.0, after = i + 1 < pulse.size() ? pulse[i + 1] : 0.0;
    slope[i] = 0.5 * samples_per_symbol * (after - before);
  }
  return slope;
}

}  // namespace waverack::compliance
