#include "waverack/network/transmission_curve.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/network/limits.hpp"
#include "waverack/network/pulse_front.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

// Below the data, the law is fitted as far as this multiple of their first frequency.
constexpr double dc_fit_ratio = 4.0;

Complex delayed(Complex h, double f, double delay) { return h * std::polar(1.0, -2.0 * pi * f * delay); }

// −ln|H|, of samples that are not zero.
LossLaw fit_losses(const Samples& samples, double from, double to, bool with_dielectric) {
  std::vector<double> f, loss;
  for (std::size_t k = 0; k < samples.f.size(); ++k)
    if (samples.f[k] >= from && samples.f[k] <= to && std::norm(samples.h[k]) > 0.0) {
      f.push_back(samples.f[k]);
      loss.push_back(-std::log(std::abs(samples.h[k])));
    }
  return fit_loss_law(f, loss, with_dielectric);
}

}  // namespace

Samples without_delay(const Samples& samples, double delay) {
  Samples result = samples;
  for (std::size_t k = 0; k < result.f.size(); ++k) result.h[k] = delayed(result.h[k], result.f[k], -delay);
  return result;
}

TransmissionCurve::TransmissionCurve(Samples samples) : f_(std::move(samples.f)), h_(std::move(samples.h)) {
  if (f_.front() == 0.0) {
    const Complex given = h_.front();
    dc_phase_ = given == 0.0 ? 0.0 : std::abs(std::arg(given.real() < 0.0 ? -given : given));
    h_.front() = std::copysign(std::abs(given), given.real());
  } else {
    fit_below();
  }
  fit_above();
  make_slopes();
}

Complex TransmissionCurve::at(double f) const {
  if (f >= f_.back()) return above(f);
  if (f < f_.front()) return below(f);
  const auto right = static_cast<std::size_t>(std::upper_bound(f_.begin(), f_.end(), f) - f_.begin());
  const std::size_t left = right - 1;
  const double width = f_[right] - f_[left], x = (f - f_[left]) / width, y = 1.0 - x;
  return y * y * ((1.0 + 2.0 * x) * h_[left] + x * width * slopes_[left]) +
         x * x * ((1.0 + 2.0 * y) * h_[right] - y * width * slopes_[right]);
}

void TransmissionCurve::fit_below() {
  const double first = f_.front(), limit = std::max(dc_fit_ratio * first, f_[1]);
  skin_ = fit_losses(samples(), first, limit, false).skin;
  // A passive channel does not gain below its data either.
  skin_ = std::min(
      skin_, std::max(-std::log(std::max(std::abs(h_.front()), no_transmission)), 0.0) / std::sqrt(first));
  // The unwrapped phase without the skin effect's share is a straight line; it meets 0 Hz at a multiple of
  // π.
  double phase = std::arg(h_.front()), n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
  for (std::size_t k = 0; k < f_.size() && f_[k] <= limit; ++k) {
    if (k > 0) phase += std::arg(h_[k] * std::conj(h_[k - 1]));
    const double u = f_[k] / first, v = phase + skin_ * std::sqrt(f_[k]);
    n += 1.0, x += u, y += v, xx += u * u, xy += u * v;
  }
  const double spread = n * xx - x * x;  // 0 where the frequencies are all but equal
  const double at_dc = spread > 0.0 ? (y * xx - x * xy) / spread : y / n;
  const double half_turns = std::round(at_dc / pi);
  dc_residue_ = std::abs(at_dc - half_turns * pi);
  dc_sign_ = std::fmod(std::abs(half_turns), 2.0) == 1.0 ? -1.0 : 1.0;
  line_at_first_ = std::arg(h_.front()) + skin_ * std::sqrt(first) - half_turns * pi;
}

void TransmissionCurve::fit_above() {
  const double half = 0.5 * f_.back();
  above_ = fit_losses(samples(), half, f_.back(), true);
  const auto first = static_cast<std::size_t>(std::lower_bound(f_.begin(), f_.end(), half) - f_.begin());
  delay_above_ = mean_group_delay(f_, h_, std::min(first + 1, f_.size() - 1));
}

Complex TransmissionCurve::below(double f) const {
  const double skin = skin_ * std::sqrt(f), gain = skin_ * std::sqrt(f_.front()) - skin;
  return dc_sign_ * std::abs(h_.front()) * std::exp(gain) *
         std::polar(1.0, line_at_first_ * (f / f_.front()) - skin);
}

Complex TransmissionCurve::above(double f) const {
  const double loss = above_.at(f) - above_.at(f_.back());
  return delayed(h_.back(), f - f_.back(), delay_above_) * std::exp(-loss);
}

// Of the parabola through each sample and its two neighbours. The neighbour of 0 Hz on the other side is
// the conjugate; at an end without neighbour the slope is that of the chord.
void TransmissionCurve::make_slopes() {
  const std::size_t n = f_.size();
  slopes_.resize(n);
  const auto chord = [&](std::size_t k) { return (h_[k + 1] - h_[k]) / (f_[k + 1] - f_[k]); };
  for (std::size_t k = 1; k + 1 < n; ++k) {
    const double left = f_[k] - f_[k - 1], right = f_[k + 1] - f_[k];
    slopes_[k] = (chord(k - 1) * right + chord(k) * left) / (left + right);
  }
  slopes_[0] = f_[0] == 0.0 ? Complex(0.0, h_[1].imag() / f_[1]) : chord(0);
  slopes_[n - 1] = chord(n - 2);
}

}  // namespace waverack::network
