#include "waverack/signal/density.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::signal {
namespace {

// A place on the grid in steps: whole part and the share of the mass that goes to the next point.
struct Place {
  long index;
  double share;
};

Place place_of(double steps) {
  const double whole = std::floor(steps);
  double share = steps - whole;
  // A value meant to lie on the grid should not smear over rounding.
  if (share < 1e-9) return {static_cast<long>(whole), 0.0};
  if (share > 1.0 - 1e-9) return {static_cast<long>(whole) + 1, 0.0};
  return {static_cast<long>(whole), share};
}

Density reversed(const Density& density) {
  Density out = density;
  out.origin = -density.value(density.probability.size() - 1);
  std::reverse(out.probability.begin(), out.probability.end());
  return out;
}

struct Tail {
  double probability = 0.0;
  double slope = 0.0;  // its derivative by the threshold
};

// Masses more than `farthest` sigma below the threshold are left out; those far above it count whole.
Tail upper_tail_and_slope(const Density& density, double threshold, double sigma, double farthest) {
  constexpr double sure = 8.5;  // 1 − Q(−8.5) is below the rounding of 1
  const auto size = static_cast<double>(density.probability.size());
  const auto index_of = [&](double value) {
    return static_cast<std::size_t>(
        std::clamp(std::ceil((value - density.origin) / density.step), 0.0, size));
  };
  const std::size_t first = index_of(threshold - farthest * sigma),
                    whole = index_of(threshold + sure * sigma);
  Tail tail;
  for (std::size_t i = first; i < whole; ++i) {
    const double p = density.probability[i];
    if (p == 0.0) continue;
    const double z = (threshold - density.value(i)) / sigma;
    tail.probability += p * q_function(z);
    tail.slope -= p * std::exp(-0.5 * z * z);
  }
  for (std::size_t i = whole; i < density.probability.size(); ++i) tail.probability += density.probability[i];
  tail.slope /= sigma * std::sqrt(2.0 * std::numbers::pi);
  return tail;
}

void check_quantile(const Density& density, double probability) {
  if (!(probability > 0.0 && probability < total(density)))
    throw Error(fmt::format("a quantile needs a probability above 0 and below {}, not {}", total(density),
                            probability));
}

}  // namespace

Density delta(double value, double step) { return points(std::array{value}, step); }

Density points(std::span<const double> values, double step) {
  assert(step > 0.0);
  return convolve_points(Density{0.0, step, {1.0}}, values);
}

Density dual_dirac(double half_distance, double step) { return pam_points(half_distance, 2, step); }

Density pam_points(double amplitude, int levels, double step) {
  return convolve_pam(Density{0.0, step, {1.0}}, amplitude, levels);
}

Density gaussian(double sigma, double step, double reach) {
  assert(sigma >= 0.0 && step > 0.0 && reach > 0.0);
  if (sigma == 0.0) return delta(0.0, step);
  const long half = static_cast<long>(std::ceil(reach * sigma / step));
  Density out{-static_cast<double>(half) * step, step,
              std::vector<double>(static_cast<std::size_t>(2 * half + 1))};
  for (long i = 0; i <= half; ++i) {
    // On the side x ≥ 0, where Q is small and differences keep their relative precision.
    const double low = (static_cast<double>(i) - 0.5) * step / sigma,
                 high = (static_cast<double>(i) + 0.5) * step / sigma;
    const double mass = q_function(low) - q_function(high);
    out.probability[static_cast<std::size_t>(half + i)] = mass;
    out.probability[static_cast<std::size_t>(half - i)] = mass;
  }
  return out;
}

Density convolve(const Density& a, const Density& b) {
  assert(!a.probability.empty() && !b.probability.empty());
  assert(std::abs(a.step - b.step) <= 1e-9 * a.step);
  const auto& longer = a.probability.size() >= b.probability.size() ? a.probability : b.probability;
  const auto& shorter = a.probability.size() >= b.probability.size() ? b.probability : a.probability;
  Density out{a.origin + b.origin, a.step,
              std::vector<double>(a.probability.size() + b.probability.size() - 1)};
  for (std::size_t j = 0; j < shorter.size(); ++j) {
    const double mass = shorter[j];
    if (mass == 0.0) continue;
    double* to = out.probability.data() + j;
    for (std::size_t i = 0; i < longer.size(); ++i) to[i] += mass * longer[i];
  }
  return out;
}

Density convolve_points(const Density& density, std::span<const double> values) {
  assert(!values.empty() && !density.probability.empty());
  std::vector<Place> places;
  for (const double value : values) places.push_back(place_of(value / density.step));
  long lowest = places.front().index, highest = lowest;
  for (const Place& place : places) {
    lowest = std::min(lowest, place.index);
    highest = std::max(highest, place.index + (place.share > 0.0 ? 1 : 0));
  }
  const std::size_t size = density.probability.size();
  Density out{density.origin + static_cast<double>(lowest) * density.step, density.step,
              std::vector<double>(size + static_cast<std::size_t>(highest - lowest))};
  const double weight = 1.0 / static_cast<double>(values.size());
  const auto add = [&](long index, double mass) {
    if (mass == 0.0) return;
    double* to = out.probability.data() + (index - lowest);
    for (std::size_t i = 0; i < size; ++i) to[i] += mass * density.probability[i];
  };
  for (const Place& place : places) {
    add(place.index, weight * (1.0 - place.share));
    add(place.index + 1, weight * place.share);
  }
  return out;
}

Density convolve_pam(const Density& density, double amplitude, int levels) {
  std::vector<double> values = pam_levels(levels);
  for (double& value : values) value *= amplitude;
  return convolve_points(density, values);
}

Density scaled(const Density& density, double factor) {
  assert(factor != 0.0);
  if (factor < 0.0) return scaled(reversed(density), -factor);
  return {density.origin * factor, density.step * factor, density.probability};
}

Density shifted(const Density& density, double offset) {
  return {density.origin + offset, density.step, density.probability};
}

Density regridded(const Density& density, double step) {
  assert(step > 0.0 && !density.probability.empty());
  const long first = place_of(density.origin / step).index;
  const long last = place_of(density.value(density.probability.size() - 1) / step).index + 1;
  Density out{static_cast<double>(first) * step, step,
              std::vector<double>(static_cast<std::size_t>(last - first + 1))};
  for (std::size_t i = 0; i < density.probability.size(); ++i) {
    const Place place = place_of(density.value(i) / step);
    const auto at = static_cast<std::size_t>(place.index - first);
    out.probability[at] += (1.0 - place.share) * density.probability[i];
    if (place.share > 0.0) out.probability[at + 1] += place.share * density.probability[i];
  }
  return out;
}

Density trimmed(const Density& density, double mass) {
  const auto& p = density.probability;
  std::size_t first = 0, end = p.size();
  for (double cut = 0.0; first + 1 < end && cut + p[first] <= mass; ++first) cut += p[first];
  for (double cut = 0.0; end - 1 > first && cut + p[end - 1] <= mass; --end) cut += p[end - 1];
  return {density.value(first), density.step,
          std::vector<double>(p.begin() + static_cast<long>(first), p.begin() + static_cast<long>(end))};
}

double total(const Density& density) {
  double sum = 0.0;
  for (const double p : density.probability) sum += p;
  return sum;
}

double mean(const Density& density) {
  double sum = 0.0;
  for (std::size_t i = 0; i < density.probability.size(); ++i)
    sum += density.probability[i] * static_cast<double>(i);
  return density.origin + density.step * sum / total(density);
}

double variance(const Density& density) {
  const double centre = mean(density);
  double sum = 0.0;
  for (std::size_t i = 0; i < density.probability.size(); ++i) {
    const double distance = density.value(i) - centre;
    sum += density.probability[i] * distance * distance;
  }
  return sum / total(density);
}

double upper_tail(const Density& density, double threshold, double sigma) {
  assert(sigma >= 0.0);
  double sum = 0.0;
  for (std::size_t i = 0; i < density.probability.size(); ++i) {
    const double p = density.probability[i];
    if (p == 0.0) continue;
    const double distance = threshold - density.value(i);
    if (sigma > 0.0) {
      if (distance < 38.0 * sigma) sum += p * q_function(distance / sigma);  // else below the smallest double
    } else if (std::abs(distance) <= 1e-9 * density.step) {
      sum += 0.5 * p;
    } else if (distance < 0.0) {
      sum += p;
    }
  }
  return sum;
}

double lower_tail(const Density& density, double threshold, double sigma) {
  return upper_tail(reversed(density), -threshold, sigma);
}

double upper_quantile(const Density& density, double probability, double sigma) {
  check_quantile(density, probability);
  if (sigma == 0.0) {
    double above = 0.0;
    for (std::size_t i = density.probability.size(); i-- > 0;) {
      above += density.probability[i];
      if (above > probability) return density.value(i);
    }
    return density.origin;
  }
  // Newton's method on the logarithm of the tail. It starts where all mass at the largest value would put the
  // root, so to its right; the logarithm falls and is nearly concave, so the iterates come from there without
  // crossing. Bisection takes over where a step leaves the bracket.
  const double reach = inverse_q(probability / total(density));
  const double farthest = inverse_q(std::max(1e-20 * probability, 1e-300));
  double low = density.origin - (std::abs(reach) + 1.0) * sigma;
  double high = density.value(density.probability.size() - 1) + (std::abs(reach) + 1.0) * sigma;
  double x = density.value(density.probability.size() - 1) + reach * sigma;
  for (int i = 0; i < 200; ++i) {
    const Tail tail = upper_tail_and_slope(density, x, sigma, farthest);
    (tail.probability > probability ? low : high) = x;
    double next = x - tail.probability / tail.slope * std::log(tail.probability / probability);
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const double change = std::abs(next - x);
    x = next;
    if (change <= 1e-7 * sigma || high - low <= 1e-12 * sigma) break;  // the steps shrink quadratically
  }
  return x;
}

double lower_quantile(const Density& density, double probability, double sigma) {
  return -upper_quantile(reversed(density), probability, sigma);
}

}  // namespace waverack::signal
