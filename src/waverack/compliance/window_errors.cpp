#include "waverack/compliance/window_errors.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "waverack/compliance/window_kernels.hpp"
#include "waverack/signal/normal_quadrature.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::compliance {
namespace {

constexpr long chunk = 512;  // symbols worked on together
constexpr std::size_t padding = 8;
constexpr double coarse_step =
    0.125;  // between bins, in rms of the noise: more is too much for the quadrature

using Window = EqualisedWindow;

constexpr AmplitudeGrid window_grid{static_cast<float>(Window::start),
                                    1.0f / static_cast<float>(Window::step), Window::bins};

double bin_amplitude(int bin) { return Window::start + bin * Window::step; }

// Of class c against threshold n: +1 where it lies above, −1 below, 0 where the amplitude decides (folded).
int side_of(const Window& window, int c, int n) {
  if (window.classes == 1) return 0;
  return c > n ? 1 : -1;
}

// +1 where the distance to the threshold counts upwards.
double sign_at(int side, double distance) {
  if (side != 0) return side;
  return distance < 0.0 ? -1.0 : 1.0;
}

// visit(bin, sign, u, {tail, density}) for all bins of a class near threshold n that hold any.
template <class Visit>
void visit_bins(const Window& window, int c, int n, const ThresholdPlaces& thresholds, double noise,
                const NormalTable& normal, Visit&& visit) {
  const double place = thresholds[static_cast<std::size_t>(n)];
  const int side = side_of(window, c, n);
  const double width = NormalTable::reach * noise;
  const auto bin_at = [](double y) {
    return static_cast<int>(std::clamp((y - Window::start) / Window::step, 0.0, Window::bins - 1.0));
  };
  const int first = window.first[static_cast<std::size_t>(c)],
            last = window.last[static_cast<std::size_t>(c)];
  // Beyond the threshold by more than the reach every sample is an error.
  const int from = side == 1 ? first : std::max(first, bin_at(place - width));
  const int to = side == -1 ? last : std::min(last, bin_at(place + width) + 1);
  for (int b = from; b <= to; ++b) {
    const double distance = bin_amplitude(b) - place, sign = sign_at(side, distance),
                 u = sign * distance / noise;
    NormalTable::Value value = normal(std::abs(u));
    if (u < 0.0) value.tail = 1.0 - value.tail;
    visit(b, sign, u, value);
  }
}

// The bins of a class on one side of a threshold: `sign` is +1 above and −1 below. Folded, those that lie
// there; else those that belong there, of which the ones beyond the threshold by more than the reach are
// errors.
void add_side(const Window& window, int c, double place, double sign, double noise, ErrorRatio& sum) {
  const auto at = static_cast<std::size_t>(c);
  const long first = window.first[at], last = window.last[at];
  const double width = NormalTable::reach * noise;
  // The first bin at an amplitude or above it.
  const auto bin_from = [](double y) {
    return static_cast<long>(
        std::ceil(std::clamp((y - Window::start) / Window::step, -1.0, Window::bins + 1.0)));
  };
  const bool folded = window.classes == 1;
  long lo = sign > 0.0 && folded ? bin_from(place) : bin_from(place - width);
  long hi = (sign < 0.0 && folded ? bin_from(place) : bin_from(place + width)) - 1;
  lo = std::max(lo, first);
  hi = std::min(hi, last);
  const double* below = window.below.data() + at * Window::bins;
  if (!folded)
    sum.value += sign > 0.0 ? below[std::clamp(lo, first, last + 1)] - below[first]
                            : below[last + 1] - below[std::clamp(hi, first - 1, last) + 1];
  if (lo > hi) return;
  const auto distance = [&](long bin) {
    return sign * (bin_amplitude(static_cast<int>(bin)) - place) / noise;
  };
  const auto density = [](double z) { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * M_PI); };
  const double h = Window::step / noise, near = distance(lo), all = below[hi + 1] - below[lo],
               far = distance(sign > 0.0 ? hi : lo);
  const float* mass = window.mass.data() + at * Window::bins + lo;
  const auto count = static_cast<std::size_t>(hi - lo + 1);
  const BinSums sums =
      sign > 0.0 ? sum_bins(mass, below + lo, below[lo], 1.0, count, near, h, density(near))
                 : sum_bins(mass, below + lo + 1, below[hi + 1], -1.0, count, near, -h, density(near));
  // There is no step beyond the farthest bin.
  const signal::NormalQuadrature step(h);
  sum.value += all * (signal::q_function(far) - density(far) * (step.even(far) - step.odd(far))) + sums.tail;
  sum.slope += sums.slope;
}

}  // namespace

NormalTable::NormalTable() : values_(static_cast<std::size_t>(reach * per_unit) + 2) {
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const double u = static_cast<double>(i) / per_unit;
    values_[i] = {signal::q_function(u), std::exp(-0.5 * u * u) / std::sqrt(2.0 * M_PI)};
  }
}

EqualisedWindow equalise_window(const WindowSamples& input, int window, std::span<const double> taps,
                                int main, ErrorCounting counting) {
  EqualisedWindow out;
  const auto& records = input.records[static_cast<std::size_t>(window)];
  const long per_record = input.stretches * input.count;
  out.samples.resize(records.size() * static_cast<std::size_t>(per_record));
  out.classes = counting == ErrorCounting::folded ? 1 : 4;
  const std::size_t entries = static_cast<std::size_t>(out.classes) * Window::bins;
  out.mass.resize(entries + padding);
  const int class_stride = out.classes == 1 ? 0 : Window::bins;

  const std::vector<float> weights(taps.begin(), taps.end());
  std::array<std::int32_t, chunk> bins;
  std::array<float, chunk> beyond;
  float* to = out.samples.data();
  for (const std::vector<float>& record : records) {
    const std::uint8_t* symbol = input.symbols.data();
    for (long s = 0; s < input.stretches; ++s)
      for (long first = 0; first < input.count; first += chunk) {
        const long count = std::min(chunk, input.count - first);
        const float* x = record.data() + s * input.stride() + input.margin + first + main;
        equalise_run(x, weights.data(), weights.size(), static_cast<std::size_t>(count), window_grid, to,
                     bins.data(), beyond.data());
        for (std::size_t k = 0; k < static_cast<std::size_t>(count); ++k) {
          float* mass = out.mass.data() + symbol[k] * class_stride + bins[k];
          mass[0] += 1.0f - beyond[k];
          mass[1] += beyond[k];
        }
        to += count;
        symbol += count;
      }
  }
  const float share = 1.0f / static_cast<float>(out.samples.size());
  for (int c = 0; c < out.classes; ++c) {
    float* mass = out.mass.data() + static_cast<std::size_t>(c) * Window::bins;
    int& first = out.first[static_cast<std::size_t>(c)];
    int& last = out.last[static_cast<std::size_t>(c)];
    first = 0;
    last = Window::bins - 1;
    while (first <= last && mass[first] == 0.0f) ++first;
    while (last > first && mass[last] == 0.0f) --last;
    for (int b = first; b <= last; ++b) mass[b] *= share;
  }
  out.below.resize(entries + padding);
  for (std::size_t b = 0; b + 1 < out.below.size(); ++b)
    out.below[b + 1] = out.below[b] + static_cast<double>(out.mass[b]);
  return out;
}

ErrorRatio error_ratio(const EqualisedWindow& window, const ThresholdPlaces& thresholds, double noise,
                       const NormalTable& normal) {
  ErrorRatio sum;
  const double h = Window::step / noise;
  if (h <= coarse_step) {
    for (int c = 0; c < window.classes; ++c)
      for (int n = 0; n < 3; ++n) {
        const double place = thresholds[static_cast<std::size_t>(n)];
        const int side = side_of(window, c, n);
        if (side >= 0) add_side(window, c, place, 1.0, noise, sum);
        if (side <= 0) add_side(window, c, place, -1.0, noise, sum);
      }
    return sum;
  }
  for (int c = 0; c < window.classes; ++c) {
    const float* mass = window.mass.data() + static_cast<std::size_t>(c) * Window::bins;
    for (int n = 0; n < 3; ++n)
      visit_bins(window, c, n, thresholds, noise, normal,
                 [&](int b, double, double u, const NormalTable::Value& value) {
                   sum.value += static_cast<double>(mass[b]) * value.tail;
                   sum.slope += static_cast<double>(mass[b]) * u * value.density;
                 });
  }
  return sum;
}

double allowed_noise(const EqualisedWindow& window, const ThresholdPlaces& thresholds, double target,
                     double guess, const NormalTable& normal) {
  // Newton's method on the logarithms, within what is known of the place.
  constexpr double infinity = std::numeric_limits<double>::infinity(), longest = 0.5;
  constexpr double smallest = -16.0;  // ln of a noise far below a bin
  double low = -infinity, high = infinity, at = std::log(guess);
  for (int i = 0; i < 100; ++i) {
    const ErrorRatio ratio = error_ratio(window, thresholds, std::exp(at), normal);
    (ratio.value > target ? high : low) = at;
    if (high < smallest) return 0.0;
    double step = std::log(target / ratio.value) * ratio.value / ratio.slope;
    if (!std::isfinite(step) || ratio.slope < 0.0) step = ratio.value > target ? -longest : longest;
    step = std::clamp(step, -longest, longest);
    if (std::abs(step) < 1e-7) break;
    const bool inside = at + step > low && at + step < high;
    at = inside ? at + step : 0.5 * (low + high);
    if (high - low < 1e-9) break;
  }
  return std::exp(at);
}

NoiseDerivatives noise_derivatives(const WindowSamples& input, int window_index,
                                   const EqualisedWindow& window, std::span<const double> middle_list,
                                   int main, const ThresholdPlaces& thresholds, double noise, long probes,
                                   const NormalTable& normal) {
  const Eigen::Index taps = static_cast<Eigen::Index>(middle_list.size()) / 3;
  const Eigen::Map<const Eigen::MatrixXd> middles(middle_list.data(), taps, 3);
  const auto& records = input.records[static_cast<std::size_t>(window_index)];

  // Σ_n sign·φ(u) as a function of the amplitude, for each class; and its sum over all samples for each
  // threshold.
  std::vector<float> pull(window.mass.size(), 0.0f);
  Eigen::Vector3d pulls = Eigen::Vector3d::Zero();
  double total = 0.0;  // Σ u·φ(u)
  for (int c = 0; c < window.classes; ++c) {
    const std::size_t offset = static_cast<std::size_t>(c) * Window::bins;
    for (int n = 0; n < 3; ++n)
      visit_bins(window, c, n, thresholds, noise, normal,
                 [&](int b, double sign, double u, const NormalTable::Value& value) {
                   const std::size_t at = offset + static_cast<std::size_t>(b);
                   const double share = static_cast<double>(window.mass[at]);
                   pull[at] += static_cast<float>(sign * value.density);
                   pulls(n) += share * sign * value.density;
                   total += share * u * value.density;
                 });
  }

  Eigen::VectorXd sums = Eigen::VectorXd::Zero(taps);
  std::array<float, chunk> pulled;
  const float* y = window.samples.data();
  for (const std::vector<float>& record : records) {
    const std::uint8_t* symbol = input.symbols.data();
    for (long s = 0; s < input.stretches; ++s)
      for (long first = 0; first < input.count; first += chunk) {
        const long count = std::min(chunk, input.count - first);
        look_up_run(pull.data(), window_grid, y, window.classes == 1 ? nullptr : symbol,
                    static_cast<std::size_t>(count), pulled.data());
        correlate_run(pulled.data(), record.data() + s * input.stride() + input.margin + first + main,
                      static_cast<std::size_t>(count), static_cast<std::size_t>(taps), sums.data());
        y += count;
        symbol += count;
      }
  }
  sums /= static_cast<double>(window.samples.size());

  Eigen::VectorXd derivative(taps + 3);
  derivative << (sums - middles * pulls) / (noise * total), -pulls / (noise * total);

  // Second derivatives: Σ u·φ(u)·z·zᵀ / Σ u·φ(u) + slope·slopeᵀ, z = sign·∂(y − threshold)/noise − u·slope.
  // A sample beyond its threshold would count negative and is left out.
  const long per_record = input.stretches * input.count, all = static_cast<long>(window.samples.size());
  const long stride = std::max(1L, all / probes) | 1;
  constexpr Eigen::Index batch = 256;
  Eigen::MatrixXf z(taps + 3, batch), square = Eigen::MatrixXf::Zero(taps + 3, taps + 3);
  const Eigen::VectorXf slope = derivative.cast<float>();
  const Eigen::MatrixXf moves = middles.cast<float>();
  Eigen::Index filled = 0;
  double weight_sum = 0.0;
  const auto inverse_noise = static_cast<float>(1.0 / noise);
  for (long at = 0; at < all; at += stride) {
    const long in_record = at % per_record, s = in_record / input.count;
    const float* x = records[static_cast<std::size_t>(at / per_record)].data() + s * input.stride() +
                     input.margin + in_record % input.count + main;
    const int c = window.classes == 1 ? 0 : input.symbols[static_cast<std::size_t>(in_record)];
    for (int n = 0; n < 3; ++n) {
      const double distance = static_cast<double>(window.samples[static_cast<std::size_t>(at)]) -
                              thresholds[static_cast<std::size_t>(n)];
      const double sign = sign_at(side_of(window, c, n), distance), u = sign * distance / noise;
      const double weight = u > 0.0 ? u * normal(u).density : 0.0;
      if (weight < 1e-6) continue;
      weight_sum += weight;
      const auto root = static_cast<float>(std::sqrt(weight)),
                 scaled = root * static_cast<float>(sign) * inverse_noise;
      const float back = root * static_cast<float>(u);
      for (Eigen::Index i = 0; i < taps; ++i) z(i, filled) = scaled * (x[-i] - moves(i, n)) - back * slope(i);
      for (Eigen::Index j = 0; j < 3; ++j)
        z(taps + j, filled) = (j == n ? -scaled : 0.0f) - back * slope(taps + j);
      if (++filled == batch) {
        square.noalias() += z * z.transpose();
        filled = 0;
      }
    }
  }
  square.noalias() += z.leftCols(filled) * z.leftCols(filled).transpose();
  const Eigen::MatrixXd curvature = square.cast<double>() / weight_sum + derivative * derivative.transpose();
  return {{derivative.data(), derivative.data() + derivative.size()},
          {curvature.data(), curvature.data() + curvature.size()}};
}

}  // namespace waverack::compliance
