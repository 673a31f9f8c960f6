#include "waverack/module/quadrature_lock.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/module/monitor.hpp"

namespace waverack::module {
namespace {

using std::numbers::pi;

double bessel(int order, double x) { return std::cyl_bessel_j(static_cast<double>(order), x); }

}  // namespace

BiasLaw bias_law(double at_minus, double at_zero, double at_plus) {
  BiasLaw law;
  law.mean = 0.5 * (at_minus + at_plus);
  const double sine = 0.5 * (at_plus - at_minus), cosine = at_zero - law.mean;
  law.amplitude = std::hypot(sine, cosine);
  law.offset = -std::atan2(cosine, sine);
  return law;
}

QuadratureLock lock_quadrature(const QuadraturePlant& plant, const QuadratureSettings& settings,
                               const Monitor& monitor, const Stream& stream) {
  const auto in_period =
      static_cast<std::size_t>(std::max(8.0, std::round(monitor.sample_rate / settings.dither_frequency)));
  const double sample = 1.0 / monitor.sample_rate;
  const double interval = sample * static_cast<double>(in_period) * settings.periods;
  // A correction's own step would look like a dither: the heater has the first period to settle.
  const int settling = settings.periods > 1 ? 1 : 0;
  const double count = static_cast<double>(in_period) * (settings.periods - settling);
  std::vector<double> sine(in_period), cosine_2(in_period);
  for (std::size_t i = 0; i < in_period; ++i) {
    // In the middle of the sample, so that a ramp is no cosine.
    const double angle = 2.0 * pi * (static_cast<double>(i) + 0.5) / static_cast<double>(in_period);
    sine[i] = std::sin(angle);
    cosine_2[i] = std::cos(2.0 * angle);
  }

  const double beta = settings.dither, j0 = bessel(0, beta), j1 = bessel(1, beta), j2 = bessel(2, beta);
  const double mean = settings.tap * plant.law.mean, amplitude = settings.tap * plant.law.amplitude;
  MonitorReader reader(monitor, mean + amplitude, plant.rin, stream);
  const double of_current = monitor.responsivity * amplitude;
  const bool at_quadrature = plant.target == 0.0;
  const double wanted = at_quadrature ? 0.0 : plant.target - plant.law.offset;
  const double follow = -std::expm1(-sample / settings.heater_time_constant);

  QuadratureLock lock;
  double ambient = plant.target + settings.start, command = 0.0, heater = 0.0;
  const auto updates = static_cast<std::size_t>(std::max(2.0, std::round(settings.duration / interval)));
  for (std::size_t k = 0; k < updates; ++k) {
    double first = 0.0, second = 0.0, error = 0.0;
    for (int period = 0; period < settings.periods; ++period)
      for (std::size_t i = 0; i < in_period; ++i) {
        heater += (command - heater) * follow;
        ambient += plant.drift * sample;
        const double bias = ambient + heater;
        const double phase =
            bias - plant.law.offset + beta * (sine[i] - settings.dither_distortion * cosine_2[i]);
        if (period < settling) continue;
        const double current = reader.read(mean + amplitude * std::sin(phase));
        first += current * sine[i];
        second += current * cosine_2[i];
        error += bias - plant.target;
      }
    // Amplitudes of sin ωt and cos 2ωt, as those of the angle's cosine and sine.
    const double x = first / (count * j1 * of_current), y = second / (count * j2 * of_current);
    const double measured = at_quadrature ? y : std::remainder(std::atan2(y, x) - wanted, 2.0 * pi);
    command -= settings.gain * measured;
    lock.time.push_back(static_cast<double>(k + 1) * interval);
    lock.error.push_back(error / count);
    lock.measured.push_back(measured);
    lock.heater.push_back(std::abs(std::remainder(command, 2.0 * pi)) / pi * plant.heater_power_per_pi);
  }

  const std::size_t settled = settled_at(lock.error, settings.tolerance);
  lock.converged = settled < updates / 2;
  lock.time_to_converge = static_cast<double>(settled) * interval;
  lock.residual = remainder_of(lock.error);
  lock.heater_power = lock.heater.back();

  const double held = at_quadrature ? 0.0 : wanted, light = mean + amplitude * std::sin(held);
  const double variance = std::pow(reader.noise(light), 2);
  const double of_second = std::cos(held) / (j2 * of_current), of_first = std::sin(held) / (j1 * of_current);
  const double of_one = std::sqrt(variance / (2.0 * count) * (of_second * of_second + of_first * of_first));
  lock.expected_rms = of_one * noise_gain(settings.gain);
  lock.expected_mean = plant.drift * interval / settings.gain +
                       settings.dither_distortion * beta * j0 / (2.0 * j2) * std::pow(std::cos(held), 2) +
                       (at_quadrature ? plant.law.offset : 0.0);
  return lock;
}

double quadrature_penalty_db(double error, double dither) {
  return -10.0 * std::log10(bessel(0, dither) * std::cos(error));
}

}  // namespace waverack::module
