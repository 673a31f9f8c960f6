#include "waverack/link/soft_count.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace waverack::link {
namespace {

// ℓ in the middle of a bin.
double favour_of(std::size_t bin) {
  return (static_cast<double>(bin) + 0.5) / SoftCounts::bins_per_unit - SoftCounts::largest;
}

// The mean of f(ℓ) over all bits.
template <class Function>
double mean(const SoftCounts& counts, Function f) {
  double sum = 0.0, total = 0.0;
  for (std::size_t bin = 0; bin < counts.bits.size(); ++bin) {
    if (counts.bits[bin] == 0) continue;
    const auto n = static_cast<double>(counts.bits[bin]);
    sum += n * f(favour_of(bin));
    total += n;
  }
  return sum / total;
}

// The scale of most information: where ⟨ℓ/(1 + e^(s·ℓ))⟩, which falls with s, passes 0.
double best_scale(const SoftCounts& counts) {
  const auto rises = [&](double scale) {
    return mean(counts, [&](double favour) { return favour / (1.0 + std::exp(scale * favour)); }) > 0.0;
  };
  double low = 1e-3, high = 1e3;
  if (rises(high)) return std::numeric_limits<double>::infinity();
  if (!rises(low)) return 0.0;
  while (high > low * (1.0 + 1e-6)) {
    const double middle = std::sqrt(low * high);
    (rises(middle) ? low : high) = middle;
  }
  return low;
}

}  // namespace

void SoftCounts::add(float favour) {
  if (bits.empty()) bits.assign(bins, 0);
  const double place = (static_cast<double>(favour) + largest) * bins_per_unit;
  ++bits[static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bins - 1)))];
}

SoftCounts& SoftCounts::operator+=(const SoftCounts& other) {
  if (other.bits.empty()) return *this;
  if (bits.empty()) bits.assign(bins, 0);
  for (std::size_t bin = 0; bin < bins; ++bin) bits[bin] += other.bits[bin];
  return *this;
}

SoftResult soft_result(const SoftCounts& counts) {
  SoftResult result;
  result.scale = best_scale(counts);
  result.information = std::isinf(result.scale)
                           ? 1.0
                           : 1.0 - mean(counts, [&](double favour) {
                               return std::log1p(std::exp(-result.scale * favour)) / std::numbers::ln2;
                             });
  for (std::size_t bin = 0; bin < counts.bits.size(); ++bin) {
    if (counts.bits[bin] == 0) continue;
    const double favour = favour_of(bin), size = std::abs(favour);
    const auto from = static_cast<std::size_t>(size);
    while (result.reliability.size() <= from)
      result.reliability.push_back({static_cast<double>(result.reliability.size()), 0, 0, 0.0});
    ReliabilityBin& entry = result.reliability[from];
    entry.bits += counts.bits[bin];
    if (favour < 0.0) entry.wrong_bits += counts.bits[bin];
    entry.stated_ratio += static_cast<double>(counts.bits[bin]) / (1.0 + std::exp(size));
  }
  for (ReliabilityBin& entry : result.reliability)
    if (entry.bits > 0) entry.stated_ratio /= static_cast<double>(entry.bits);
  return result;
}

}  // namespace waverack::link
