// The coupled-mode equation in time.

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "waverack/parts/coupled_mode.hpp"
#include "waverack/parts/memoryless.hpp"

namespace waverack::parts {
namespace {

using Complex = std::complex<double>;

// (e^z − 1)/z and 6·∫ e^(zu)·u·(1 − u) du over 0 … 1; both are 1 at z = 0.
struct Inflow {
  Complex steady, changing;
};
Inflow inflow(Complex z) {
  if (std::abs(z) > 1.0) {
    const Complex e = std::exp(z);
    return {(e - 1.0) / z, 6.0 * (e * (z - 2.0) + z + 2.0) / (z * z * z)};
  }
  Inflow sum{0.0, 0.0};
  Complex term = 1.0;  // z^k/k!
  for (int k = 0; k < 20; ++k) {
    sum.steady += term / (k + 1.0);
    sum.changing += 6.0 * term / ((k + 2.0) * (k + 3.0));
    term *= z / (k + 1.0);
  }
  return sum;
}

// What one step does under the mean drive of the knot, b → decay·b + steady + change·changing. b is the light
// out of the resonator over the light in, change the rise of g in the step.
struct Knot {
  std::array<double, 4> value, rise;  // decay and steady, real and imaginary parts; rise to the next knot
  std::array<double, 2> changing;     // a small term, which takes the nearest knot below
};

class Steps {
 public:
  Steps(const CoupledMode& mode, double dt, float low, float high) : low_(low) {
    // The error of a straight line between knots is an eighth of the square of its phase.
    constexpr double phase = 2.5e-4, most = 16384.0;
    const double range = static_cast<double>(high) - low;
    const Complex per_volt = Complex(-mode.loss_slope, mode.tuning) * dt;
    const int count = static_cast<int>(std::clamp(range * std::abs(per_volt) / phase, 1.0, most)) + 1;
    const double step = range / count;
    per_step_ = step > 0.0 ? 1.0 / step : 0.0;
    last_ = static_cast<double>(count) - 1e-9;
    knots_.resize(static_cast<std::size_t>(count) + 1);
    for (std::size_t k = 0; k < knots_.size(); ++k) {
      const Complex z = mode.exponent(low_ + step * static_cast<double>(k)) * dt;
      const Inflow in = inflow(z);
      const Complex decay = std::exp(z), steady = -2.0 * mode.external * dt * in.steady,
                    changing = -2.0 * mode.external * dt * in.changing * per_volt / 12.0;
      knots_[k].value = {decay.real(), decay.imag(), steady.real(), steady.imag()};
      knots_[k].changing = {changing.real(), changing.imag()};
    }
    for (std::size_t k = 0; k < knots_.size(); ++k)
      for (std::size_t i = 0; i < 4; ++i)
        knots_[k].rise[i] = k + 1 < knots_.size() ? knots_[k + 1].value[i] - knots_[k].value[i] : 0.0;
  }

  // One step under the mean drive g.
  void advance(double& re, double& im, double g, double change) const {
    const double position = std::clamp((g - low_) * per_step_, 0.0, last_);
    const auto k = static_cast<std::size_t>(position);
    const double share = position - static_cast<double>(k);
    const Knot& knot = knots_[k];
    const auto at = [&](std::size_t i) { return knot.value[i] + share * knot.rise[i]; };
    // Written out: the product of std::complex looks for infinities.
    const double real = at(0) * re - at(1) * im + (at(2) + change * knot.changing[0]);
    im = at(0) * im + at(1) * re + (at(3) + change * knot.changing[1]);
    re = real;
  }

 private:
  std::vector<Knot> knots_;
  double low_, per_step_, last_;
};

// Mean of a cyclic record over the step from sample i to i + 1: the integral of the polynomial through six
// samples, the weights of its Lagrange polynomials.
class StepMeans {
 public:
  static constexpr float inner = 802.0f / 1440.0f, middle = -93.0f / 1440.0f, outer = 11.0f / 1440.0f;
  // How far a mean can lie outside of the range of the samples, over that range.
  static constexpr float overshoot = -2.0f * middle;

  explicit StepMeans(std::span<const float> g) : g_(g) {}
  float operator()(std::size_t i) const {
    if (i < 2 || i + 3 >= g_.size()) return across_the_end(i);
    return inner * (g_[i] + g_[i + 1]) + middle * (g_[i - 1] + g_[i + 2]) + outer * (g_[i - 2] + g_[i + 3]);
  }

 private:
  float across_the_end(std::size_t i) const {
    const auto at = [&](std::size_t ahead) { return g_[(i + 2 * g_.size() + ahead - 2) % g_.size()]; };
    return inner * (at(2) + at(3)) + middle * (at(1) + at(4)) + outer * (at(0) + at(5));
  }
  std::span<const float> g_;
};

}  // namespace

void follow(const CoupledMode& mode, std::span<const float> g, double sample_rate, double amplitude,
            std::span<std::complex<float>> out) {
  const std::size_t n = g.size();
  if (n == 0) return;
  const double dt = 1.0 / sample_rate;
  const StepMeans mean(g);
  const Extent extent = extent_of(g);
  const float beyond = StepMeans::overshoot * (extent.high - extent.low);
  const Steps steps(mode, dt, extent.low - beyond, extent.high + beyond);

  constexpr double run_up = 24.0;  // in τ: what the start gets wrong falls to e^−24
  const auto before = static_cast<std::size_t>(std::ceil(run_up / (mode.half_width() * dt)));
  std::size_t at = (n - before % n) % n;
  const Complex start = mode.transmission(g[at]) - 1.0;
  double re = start.real(), im = start.imag();
  const auto step = [&] {
    const std::size_t next = at + 1 < n ? at + 1 : 0;
    steps.advance(re, im, mean(at), static_cast<double>(g[next]) - g[at]);
    at = next;
  };
  for (std::size_t i = 0; i < before; ++i) step();
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = {static_cast<float>(amplitude * (1.0 + re)), static_cast<float>(amplitude * im)};
    step();
  }
}

}  // namespace waverack::parts
