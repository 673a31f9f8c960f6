#include "waverack/network/channel_response.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/network/loss_law.hpp"
#include "waverack/network/pulse_front.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

// −300 dB: no transmission.
constexpr double tiny = 1e-15;
// Below the data, the law is fitted as far as this multiple of their first frequency.
constexpr double dc_fit_ratio = 4.0;
// Doubts worth a remark: phase of H(0), given or extrapolated; phase from sample to sample; energy before the
// front.
constexpr double doubtful_dc_phase = pi / 180.0, doubtful_dc_residue = pi / 4.0, doubtful_step = pi / 2.0,
                 doubtful_early_energy = 1e-3;

Complex delayed(Complex h, double f, double delay) { return h * std::polar(1.0, -2.0 * pi * f * delay); }

// Samples of H at rising frequencies.
struct Samples {
  std::vector<double> f;
  std::vector<Complex> h;
};

Samples without_delay(const Samples& samples, double delay) {
  Samples result = samples;
  for (std::size_t k = 0; k < result.f.size(); ++k) result.h[k] = delayed(result.h[k], result.f[k], -delay);
  return result;
}

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

// H(f) for f ≥ 0 by the three laws of the header.
class Curve {
 public:
  explicit Curve(Samples samples) : f_(std::move(samples.f)), h_(std::move(samples.h)) {
    if (f_.front() == 0.0) {
      const Complex given = h_.front();
      dc_phase = given == 0.0 ? 0.0 : std::abs(std::arg(given.real() < 0.0 ? -given : given));
      h_.front() = std::copysign(std::abs(given), given.real());
    } else {
      fit_below();
    }
    fit_above();
    make_slopes();
  }

  Complex at(double f) const {
    if (f >= f_.back()) return above(f);
    if (f < f_.front()) return below(f);
    const auto right = static_cast<std::size_t>(std::upper_bound(f_.begin(), f_.end(), f) - f_.begin());
    const std::size_t left = right - 1;
    const double width = f_[right] - f_[left], x = (f - f_[left]) / width, y = 1.0 - x;
    return y * y * ((1.0 + 2.0 * x) * h_[left] + x * width * slopes_[left]) +
           x * x * ((1.0 + 2.0 * y) * h_[right] - y * width * slopes_[right]);
  }

  double dc_phase = 0.0;    // of the sample at 0 Hz, to the real axis [rad]
  double dc_residue = 0.0;  // what the phase below the data lacks to a multiple of π [rad]

 private:
  Samples samples() const { return {f_, h_}; }

  void fit_below() {
    const double first = f_.front(), limit = std::max(dc_fit_ratio * first, f_[1]);
    skin_ = fit_losses(samples(), first, limit, false).skin;
    // A passive channel does not gain below its data either.
    skin_ =
        std::min(skin_, std::max(-std::log(std::max(std::abs(h_.front()), tiny)), 0.0) / std::sqrt(first));
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
    dc_residue = std::abs(at_dc - half_turns * pi);
    dc_sign_ = std::fmod(std::abs(half_turns), 2.0) == 1.0 ? -1.0 : 1.0;
    line_at_first_ = std::arg(h_.front()) + skin_ * std::sqrt(first) - half_turns * pi;
  }

  void fit_above() {
    const double half = 0.5 * f_.back();
    above_ = fit_losses(samples(), half, f_.back(), true);
    const auto first = static_cast<std::size_t>(std::lower_bound(f_.begin(), f_.end(), half) - f_.begin());
    delay_above_ = mean_group_delay(f_, h_, std::min(first + 1, f_.size() - 1));
  }

  Complex below(double f) const {
    const double skin = skin_ * std::sqrt(f), gain = skin_ * std::sqrt(f_.front()) - skin;
    return dc_sign_ * std::abs(h_.front()) * std::exp(gain) *
           std::polar(1.0, line_at_first_ * (f / f_.front()) - skin);
  }

  Complex above(double f) const {
    const double loss = above_.at(f) - above_.at(f_.back());
    return delayed(h_.back(), f - f_.back(), delay_above_) * std::exp(-loss);
  }

  // Of the parabola through each sample and its two neighbours. The neighbour of 0 Hz on the other side is
  // the conjugate; at an end without neighbour the slope is that of the chord.
  void make_slopes() {
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

  std::vector<double> f_;
  std::vector<Complex> h_, slopes_;
  double skin_ = 0.0, dc_sign_ = 1.0, line_at_first_ = 0.0;  // below the data
  LossLaw above_;
  double delay_above_ = 0.0;
};

}  // namespace

Channel channel_response(const Network& two_port) {
  const auto fail = [&](std::string message, std::string allowed) {
    throw Error(ErrorInfo{{two_port.name, 0, 0}, {}, std::move(message), std::move(allowed), {}});
  };
  if (two_port.ports != 2)
    fail(fmt::format("a network of {} ports is no channel", two_port.ports), "a two-port");
  if (two_port.points() < 2) fail("there are data at one frequency only", "at least two frequencies");
  Samples samples{two_port.frequencies, {}};
  double largest = 0.0;
  for (std::size_t k = 0; k < two_port.points(); ++k) {
    samples.h.push_back(two_port.at(k, 2, 1));
    largest = std::max(largest, std::abs(samples.h.back()));
  }
  if (largest < tiny)
    fail("nothing is transmitted from the input to the output", "a transmission above -300 dB");

  Channel channel;
  channel.first_frequency = samples.f.front();
  channel.last_frequency = samples.f.back();
  const double step =
      (channel.last_frequency - channel.first_frequency) / static_cast<double>(samples.f.size() - 1);
  const double mean_delay = mean_group_delay(samples.f, samples.h, 1);
  const Curve undelayed(without_delay(samples, mean_delay));
  const Front front = find_front([&](double f) { return undelayed.at(f); }, channel.last_frequency, step);
  channel.latency = std::max(mean_delay + front.time, 0.0);
  const auto curve = std::make_shared<const Curve>(without_delay(samples, channel.latency));
  channel.response = [curve](double f) { return f < 0.0 ? std::conj(curve->at(-f)) : curve->at(f); };

  if (channel.first_frequency > 0.0)
    channel.remarks.push_back(fmt::format(
        "the data start at {}: they are continued to 0 Hz by the skin-effect law, with {:.2f} dB of loss at "
        "0 Hz",
        format_engineering(channel.first_frequency, "Hz"), -20.0 * std::log10(std::abs(curve->at(0.0)))));
  if (curve->dc_residue > doubtful_dc_residue)
    channel.remarks.push_back(
        fmt::format("the phase leads to {:.0f} degrees off the real axis at 0 Hz: the sign of "
                    "the response at 0 Hz is a guess",
                    curve->dc_residue * 180.0 / pi));
  if (curve->dc_phase > doubtful_dc_phase)
    channel.remarks.push_back(
        fmt::format("the value at 0 Hz is {:.1f} degrees off the real axis: its magnitude counts",
                    curve->dc_phase * 180.0 / pi));
  if (2.0 * pi * std::abs(mean_delay) * step > doubtful_step)
    channel.remarks.push_back(
        fmt::format("the frequency step of {} is too coarse to be sure of a delay of {}",
                    format_engineering(step, "Hz"), format_engineering(mean_delay, "s")));
  if (front.early_energy > doubtful_early_energy)
    channel.remarks.push_back(
        fmt::format("{:.2g} % of the pulse's energy comes before its front: the data are not causal",
                    100.0 * front.early_energy));
  return channel;
}

}  // namespace waverack::network
