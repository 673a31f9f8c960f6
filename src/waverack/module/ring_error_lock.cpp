#include "waverack/module/ring_error_lock.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/signal/special.hpp"

namespace waverack::module {
namespace {

constexpr double start_in_probes = 4.0;  // error at the beginning
constexpr int ramp_updates = 60;

double log_ratio(const ErrorLaw& law, double detuning) {
  return std::log(law.ratio(std::clamp(detuning, law.low, law.high)));
}

// The best of a fine grid; the law need not be smooth.
double best_detuning(const ErrorLaw& law) {
  constexpr int points = 400;
  double best = law.low;
  for (int i = 0; i <= points; ++i) {
    const double at = law.low + (law.high - law.low) * i / points;
    if (log_ratio(law, at) < log_ratio(law, best)) best = at;
  }
  return best;
}

class ErrorLoop {
 public:
  ErrorLoop(const RingPlant& plant, const RingSettings& settings, const ErrorLaw& law, double best,
            double curvature, const Stream& stream)
      : settings_(settings),
        law_(law),
        curvature_(curvature),
        width_(plant.half_width()),
        per_width_((1.0 + plant.feedback(best * width_)) * width_ / plant.per_metre),
        range_(plant.range),
        state_(plant, settings.heater_time_constant),
        stream_(stream),
        asked_(plant.held) {}

  // Moves to `detuning` by the heater alone, from the warm side.
  void place(double detuning) {
    double low = 0.0, high = range_;
    for (int i = 0; i < 60; ++i) {
      asked_ = 0.5 * (low + high);
      state_.start_warm();
      (at(asked_, 0.0) < detuning ? low : high) = asked_;
    }
  }

  // One correction at the ambient change `ambient` [K]; the detuning in between, before it.
  double update(double ambient) {
    const double here = at(asked_, ambient), probe = settings_.probe * per_width_;
    const double above = count(at(asked_ + probe, ambient)), below = count(at(asked_ - probe, ambient));
    at(asked_, ambient);
    const double slope = std::log((above + 0.5) / (below + 0.5)) / (2.0 * settings_.probe);
    const double step =
        std::clamp(-settings_.error_gain * slope / curvature_, -2.0 * settings_.probe, 2.0 * settings_.probe);
    asked_ = std::clamp(asked_ + step * per_width_, 0.0, range_);
    return here;
  }

 private:
  double at(double asked, double ambient) {
    state_.settle(asked, ambient);
    return state_.detuning() / width_;
  }
  double count(double detuning) {
    double uniform = 0.0;
    fill_uniform(stream_, std::span(&uniform, 1), drawn_++);
    return poisson(std::exp(log_ratio(law_, detuning)) * law_.bit_rate * settings_.error_window, uniform);
  }

  const RingSettings& settings_;
  const ErrorLaw& law_;
  double curvature_, width_, per_width_, range_;
  RingState state_;
  Stream stream_;
  std::uint64_t drawn_ = 0;
  double asked_;
};

}  // namespace

double poisson(double mean, double uniform) {
  if (mean >= 50.0) {
    const double normal = signal::inverse_q(1.0 - uniform);
    return std::max(0.0, std::round(mean + std::sqrt(mean) * normal));
  }
  double term = std::exp(-mean), sum = term, n = 0.0;
  while (sum < uniform && n < 1000.0) sum += term *= mean / ++n;
  return n;
}

RingErrorLock lock_ring_by_errors(const RingPlant& plant, const RingSettings& settings, const ErrorLaw& law,
                                  const Stream& stream) {
  RingErrorLock lock;
  const double interval = 2.0 * settings.error_window, probe = settings.probe;
  lock.best = best_detuning(law);
  const double curvature = (log_ratio(law, lock.best + probe) + log_ratio(law, lock.best - probe) -
                            2.0 * log_ratio(law, lock.best)) /
                           (probe * probe);
  lock.start = start_in_probes * probe;
  lock.errors_counted = std::exp(log_ratio(law, lock.best)) * law.bit_rate * settings.error_window;
  if (!(curvature > 0.0) || lock.best <= law.low || lock.best >= law.high) return lock;
  // Two counts of n errors each: the variance of the logarithm of their ratio is 2/n.
  lock.expected_rms =
      std::sqrt(2.0 / lock.errors_counted) / (2.0 * probe * curvature) * noise_gain(settings.error_gain);

  ErrorLoop loop(plant, settings, law, lock.best, curvature, stream);
  loop.place(lock.best + lock.start);
  std::vector<double> errors;
  for (int k = 0; k < settings.error_updates; ++k) {
    const double detuning = loop.update(0.0);
    errors.push_back(detuning - lock.best);
    lock.time.push_back((k + 1) * interval);
    lock.detuning.push_back(detuning);
    lock.ratio.push_back(std::exp(log_ratio(law, detuning)));
  }
  lock.residual = remainder_of(errors);
  const std::size_t settled = settled_at(errors, settings.tolerance + 3.0 * lock.expected_rms);
  // Counts that tell no more than the tolerance lead nowhere.
  lock.converged = settled < errors.size() / 2 && lock.expected_rms < 0.5 * settings.tolerance;
  lock.time_to_converge = static_cast<double>(settled) * interval;

  const auto followed = [&](double rate) {
    ErrorLoop run(plant, settings, law, lock.best, curvature, stream);
    run.place(lock.best);
    double worst = 0.0;
    for (int k = 0; k < ramp_updates; ++k)
      worst = std::max(worst, std::abs(run.update(rate * interval * (k + 1)) - lock.best));
    return worst <= settings.ramp_tolerance + 4.0 * lock.expected_rms;
  };
  if (lock.converged) {
    const double kelvins = (1.0 + plant.feedback(lock.best * plant.half_width())) * plant.half_width() /
                           (plant.per_metre * plant.drift);  // for a half-width
    const double guess = settings.ramp_tolerance * settings.error_gain * kelvins / interval;
    lock.fastest_warming = fastest_ramp(followed, 1.0, guess, 1e-3);
    lock.fastest_cooling = fastest_ramp(followed, -1.0, guess, 1e-3);
  }
  return lock;
}

}  // namespace waverack::module
