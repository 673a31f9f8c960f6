#include "waverack/module/ring_lock.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "waverack/module/monitor.hpp"

namespace waverack::module {
namespace {

constexpr double hold_updates = 500.0;     // before the first ramp, between the two and after them
constexpr std::size_t rest_updates = 100;  // after a ramp that runs by itself

double feedback_factor(const RingPlant& plant) { return 1.0 + plant.feedback(plant.target); }

// The lock: plant, monitor and integrator, one update after the other.
class DropLoop {
 public:
  DropLoop(const RingPlant& plant, const RingSettings& settings, const Monitor& monitor, const Stream& stream)
      : plant_(plant),
        settings_(settings),
        monitor_(monitor),
        state_(plant, settings.heater_time_constant),
        reader_(monitor, plant.power * settings.drop_share, plant.rin, stream),
        wanted_(plant.absorbed(plant.target)),
        per_level_(feedback_factor(plant) / (-plant.slope(plant.target) * plant.per_metre)),
        asked_(plant.held) {}

  void search_from(double shift) {
    state_.start_at(shift);
    asked_ = shift;
    searching_ = true;
  }

  // One update interval later, at the ambient change `ambient` [K].
  void update(double ambient) {
    state_.advance(settings_.update_interval, asked_, ambient);
    const double light = plant_.power * settings_.drop_share;
    const double current =
        reader_.read((1.0 + settings_.level_error) * light * plant_.absorbed(state_.detuning()),
                     std::max(1.0, monitor_.sample_rate * settings_.update_interval));
    level_ = (current - monitor_.dark_current) / (monitor_.responsivity * light);
    if (searching_) {
      if (level_ < wanted_ && asked_ > 0.0) {
        asked_ = std::max(0.0, asked_ - settings_.scan_rate * settings_.update_interval);
        return;
      }
      searching_ = false;
    }
    const double next = asked_ + settings_.gain * (level_ - wanted_) * per_level_;
    at_limit_ = next < 0.0 || next > plant_.range;
    asked_ = std::clamp(next, 0.0, plant_.range);
  }

  double error() const { return (state_.detuning() - plant_.target) / plant_.half_width(); }
  double level() const { return level_ / wanted_; }
  double heater_power() const { return state_.heater() / plant_.efficiency; }
  bool at_limit() const { return at_limit_; }
  bool searching() const { return searching_; }

 private:
  const RingPlant& plant_;
  const RingSettings& settings_;
  const Monitor& monitor_;
  RingState state_;
  MonitorReader reader_;
  double wanted_, per_level_, asked_, level_ = 0.0;
  bool searching_ = false, at_limit_ = false;
};

// Updates until a ramp of `rise` [K] is over.
std::size_t updates_of(const RingSettings& settings, double rate, double rise) {
  return static_cast<std::size_t>(
      std::max(1.0, std::ceil(rise / (std::abs(rate) * settings.update_interval))));
}

// The ambient after the k-th of them [K].
double ambient_at(const RingSettings& settings, double rate, double rise, std::size_t k) {
  return std::copysign(std::min(rise, std::abs(rate) * settings.update_interval * static_cast<double>(k)),
                       rate);
}

// By `rise` [K] at `rate`, `each` after every update.
template <class Each>
RampRun ramp(DropLoop& loop, const RingSettings& settings, double rate, double rise, Each each) {
  RampRun run;
  run.rate = rate;
  const std::size_t updates = updates_of(settings, rate, rise);
  std::vector<double> errors;
  for (std::size_t k = 1; k <= updates; ++k) {
    const double ambient = ambient_at(settings, rate, rise, k);
    loop.update(ambient);
    if (loop.at_limit() && std::isnan(run.ended)) run.ended = std::abs(ambient);
    errors.push_back(loop.error());
    each(ambient);
  }
  for (const double error : errors) run.worst = std::max(run.worst, std::abs(error));
  run.settled = mean_of(std::span(errors).subspan(errors.size() - (errors.size() + 3) / 4));
  run.followed = run.worst <= settings.ramp_tolerance && std::isnan(run.ended);
  return run;
}

// Whether a ramp from rest is followed. What is lost is known at once, and ends it.
bool follows(const RingPlant& plant, const RingSettings& settings, const Monitor& monitor, double rate,
             double rise, const Stream& stream) {
  DropLoop loop(plant, settings, monitor, stream);
  const std::size_t updates = updates_of(settings, rate, rise);
  for (std::size_t k = 1; k <= updates + rest_updates; ++k) {
    loop.update(ambient_at(settings, rate, rise, k));
    if (std::abs(loop.error()) > settings.ramp_tolerance) return false;
    if (loop.at_limit() && k <= updates) return false;
  }
  return !loop.at_limit();
}

// What is left of the heater's range on the way of a ramp, less what the error may take of it [K].
double room_of_ramp(const RingPlant& plant, const RingSettings& settings, double direction) {
  const double room = heater_room(plant, direction);
  const double error =
      settings.ramp_tolerance * plant.half_width() * feedback_factor(plant) / (plant.per_metre * plant.drift);
  return std::max(room - error, 0.5 * room);
}

// Detuning of the largest level [rad/s]: at or below the target.
double peak_of(const RingPlant& plant) {
  double low = plant.target - 20.0 * plant.half_width(), high = plant.target;
  // The slope is positive below the peak.
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (plant.slope(middle) > 0.0 ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

CourseRun follow_course(const RingPlant& plant, const RingSettings& settings, const Monitor& monitor,
                        std::span<const double> time, std::span<const double> rise, const Stream& stream) {
  constexpr std::size_t most_points = 1000;
  DropLoop loop(plant, settings, monitor, stream);
  CourseRun run;
  run.lost_at = std::numeric_limits<double>::quiet_NaN();
  run.least_heater = run.most_heater = loop.heater_power();
  const auto updates = static_cast<std::size_t>(time.back() / settings.update_interval);
  const std::size_t every = updates / most_points + 1;
  std::vector<double> after;
  std::size_t next = 1;
  for (std::size_t k = 1; k <= updates; ++k) {
    const double now = static_cast<double>(k) * settings.update_interval;
    while (next + 1 < time.size() && time[next] < now) ++next;
    const double share = (now - time[next - 1]) / (time[next] - time[next - 1]);
    const double ambient = rise[next - 1] + share * (rise[next] - rise[next - 1]);
    loop.update(ambient);
    if (loop.at_limit() && std::isnan(run.lost_at)) run.lost_at = now;
    run.worst = std::max(run.worst, std::abs(loop.error()));
    run.least_heater = std::min(run.least_heater, loop.heater_power());
    run.most_heater = std::max(run.most_heater, loop.heater_power());
    if (k + rest_updates > updates) after.push_back(loop.error());
    if (k % every != 0) continue;
    run.time.push_back(now);
    run.detuning.push_back(loop.error() + plant.target / plant.half_width());
    run.heater.push_back(loop.heater_power());
    run.ambient.push_back(ambient);
  }
  run.followed = run.worst <= settings.ramp_tolerance && std::isnan(run.lost_at);
  run.kept = std::abs(mean_of(after)) <= settings.tolerance;
  return run;
}

double heater_room(const RingPlant& plant, double direction) {
  return (direction > 0.0 ? plant.held : plant.range - plant.held) / plant.drift;
}

RampRun ramp_ring(const RingPlant& plant, const RingSettings& settings, const Monitor& monitor, double rate,
                  double rise, const Stream& stream) {
  DropLoop loop(plant, settings, monitor, stream);
  const auto nothing = [](double) {};
  RampRun run = ramp(loop, settings, rate, rise, nothing);
  const double end = std::copysign(rise, rate);
  std::vector<double> after;
  for (std::size_t k = 0; k < rest_updates; ++k) {
    loop.update(end);
    run.worst = std::max(run.worst, std::abs(loop.error()));
    after.push_back(loop.error());
  }
  run.followed = run.followed && run.worst <= settings.ramp_tolerance && !loop.at_limit();
  run.kept = std::abs(mean_of(std::span(after).subspan(rest_updates / 2))) <= settings.tolerance;
  return run;
}

double fastest_ramp(const std::function<bool(double rate)>& followed, double direction, double guess,
                    double lowest) {
  constexpr double most = 7.0, precision = 4e-4;  // decades
  const double least = std::log10(lowest);
  const auto holds = [&](double log_rate) {
    return followed(std::copysign(std::pow(10.0, log_rate), direction));
  };
  double low = guess > 0.0 ? std::clamp(std::log10(guess), least, most) : 0.5 * (least + most), high = low;
  double stride = 0.1;
  if (holds(low)) {
    do {
      if (high == most) return std::pow(10.0, most);
      low = high;
      high = std::min(high + stride, most);
      stride *= 2.0;
    } while (holds(high));
  } else {
    do {
      if (low == least) return 0.0;
      high = low;
      low = std::max(low - stride, least);
      stride *= 2.0;
    } while (!holds(low));
  }
  while (high - low > precision) {
    const double middle = 0.5 * (low + high);
    (holds(middle) ? low : high) = middle;
  }
  return std::pow(10.0, low);
}

RingLock lock_ring(const RingPlant& plant, const RingSettings& settings, const Monitor& monitor,
                   const Stream& stream) {
  RingLock lock;
  const double width = plant.half_width(), interval = settings.update_interval;
  lock.peak = peak_of(plant) / width;
  DropLoop loop(plant, settings, monitor, stream);
  double now = 0.0;
  const auto record = [&](const DropLoop& at, double ambient) {
    now += interval;
    lock.time.push_back(now);
    lock.detuning.push_back(at.error() + plant.target / width);
    lock.level.push_back(at.level());
    lock.heater.push_back(at.heater_power());
    lock.ambient.push_back(ambient);
  };
  const auto hold = [&](DropLoop& at, double ambient) {
    std::vector<double> errors;
    for (double k = 0.0; k < hold_updates; ++k) {
      at.update(ambient);
      record(at, ambient);
      errors.push_back(at.error());
    }
    return errors;
  };

  std::vector<double> errors;
  loop.search_from(plant.range);
  const double longest = 2.0 * plant.range / (settings.scan_rate * interval);
  for (double k = 0.0; k < longest && loop.searching(); ++k) {
    loop.update(0.0);
    record(loop, 0.0);
    errors.push_back(loop.error());
  }
  const std::vector<double> held = hold(loop, 0.0);
  errors.insert(errors.end(), held.begin(), held.end());
  const std::size_t settled = settled_at(errors, settings.tolerance);
  lock.locked = !loop.searching() && settled < errors.size() - held.size() / 2;
  lock.time_to_lock = static_cast<double>(settled) * interval;
  lock.residual = remainder_of(held);
  lock.heater_power = mean_of(std::span(lock.heater).subspan(lock.heater.size() - held.size() / 2));

  // Each ramp has a lock of its own: what the first one loses is none of the second one's business.
  const auto run_ramp = [&](DropLoop& at, double rate) {
    const double rise = settings.ramp_rise, end = std::copysign(rise, rate);
    RampRun run = ramp(at, settings, rate, rise, [&](double ambient) { record(at, ambient); });
    const std::vector<double> after = hold(at, end);
    run.kept = std::abs(remainder_of(after).mean) <= settings.tolerance;
    for (std::size_t k = 0; k < rest_updates; ++k) run.worst = std::max(run.worst, std::abs(after[k]));
    run.followed = run.followed && run.worst <= settings.ramp_tolerance;
    return run;
  };
  lock.warming = run_ramp(loop, settings.ramp);
  DropLoop other(plant, settings, monitor, stream);
  lock.cooling = run_ramp(other, -settings.ramp);

  const double factor = feedback_factor(plant);
  lock.expected_ramp =
      settings.ramp * plant.drift * plant.per_metre * interval / (settings.gain * factor * width);
  // The level is read at the end of an interval, before which the correction has acted for all of it.
  const double light = plant.power * settings.drop_share, level = plant.absorbed(plant.target);
  const MonitorReader reader(monitor, light, plant.rin, stream);
  const double samples = std::max(1.0, monitor.sample_rate * interval);
  const double of_level = reader.noise(light * level) / (std::sqrt(samples) * monitor.responsivity * light);
  lock.expected_mean = settings.level_error * level / (-plant.slope(plant.target) * width);
  lock.expected_rms = of_level / (-plant.slope(plant.target) * width) * noise_gain(settings.gain);

  lock.warming_rise = std::min(settings.ramp_rise, room_of_ramp(plant, settings, 1.0));
  lock.cooling_rise = std::min(settings.ramp_rise, room_of_ramp(plant, settings, -1.0));
  const auto followed = [&](double rate) {
    const double rise = rate > 0.0 ? lock.warming_rise : lock.cooling_rise;
    return follows(plant, settings, monitor, rate, rise, stream);
  };
  const double guess = settings.ramp_tolerance / lock.expected_ramp * settings.ramp;
  lock.fastest_warming = lock.locked ? fastest_ramp(followed, 1.0, guess) : 0.0;
  lock.fastest_cooling = lock.locked ? fastest_ramp(followed, -1.0, guess) : 0.0;
  return lock;
}

}  // namespace waverack::module
