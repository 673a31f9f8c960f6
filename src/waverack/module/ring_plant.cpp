#include "waverack/module/ring_plant.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/parts/depletion.hpp"

namespace waverack::module {
namespace {

// Values that stand for the data.
constexpr std::size_t drive_values = 16;
// Steps in the shorter of the two time constants.
constexpr double steps_in_time_constant = 8.0;

// Means of equal parts of the sorted samples.
std::vector<double> equal_parts(std::span<const float> samples, std::size_t parts) {
  std::vector<float> sorted(samples.begin(), samples.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> means;
  for (std::size_t i = 0; i < parts; ++i) {
    const std::size_t from = i * sorted.size() / parts, end = (i + 1) * sorted.size() / parts;
    if (from == end) continue;
    double sum = 0.0;
    for (std::size_t k = from; k < end; ++k) sum += sorted[k];
    means.push_back(sum / static_cast<double>(end - from));
  }
  return means;
}

}  // namespace

double RingPlant::absorbed(double detuning) const {
  parts::CoupledMode moved = mode;
  moved.detuning = detuning;
  double sum = 0.0;
  for (const double g : drive) sum += moved.absorbed(g);
  return sum / static_cast<double>(drive.size());
}

double RingPlant::slope(double detuning) const {
  // A = 4·D_e·D_l/(D² + Δ²) for each value of the drive.
  parts::CoupledMode moved = mode;
  moved.detuning = detuning;
  double sum = 0.0;
  for (const double g : drive) {
    const std::complex<double> s = moved.exponent(g);
    sum -= moved.absorbed(g) * 2.0 * s.imag() / std::norm(s);
  }
  return sum / static_cast<double>(drive.size());
}

RingPlant ring_plant(const parts::MicroRing& part, const parts::Conditions& conditions,
                     std::span<const float> voltages) {
  parts::MicroRing held = part;
  held.locked = true;
  RingPlant plant;
  plant.mode = coupled_mode(held, conditions);
  plant.target = plant.mode.detuning;
  plant.per_metre = parts::frequency_per_metre(conditions);
  plant.heating = heating(part, conditions);
  plant.time_constant = part.thermal_time_constant;
  plant.drift = part.thermal_drift;
  plant.range = part.free_spectral_range;
  plant.held = heater_tuning(held, conditions);
  plant.efficiency = part.heater_efficiency;
  plant.power = conditions.light.power;
  plant.rin = conditions.light.rin;
  const parts::JunctionDrive junction{part.bias_voltage, part.built_in_voltage};
  for (const double v : equal_parts(voltages, drive_values)) plant.drive.push_back(junction(v));
  if (plant.drive.empty()) plant.drive.push_back(0.0);
  return plant;
}

RingState::RingState(const RingPlant& plant, double heater_time_constant)
    : plant_(&plant), heater_time_constant_(heater_time_constant) {
  heater_ = plant.held;
  heat_ = plant.heating * plant.absorbed(plant.target);
  origin_ = plant.target - heat_ - plant.per_metre * plant.held;
  step_ = std::min(heater_time_constant, plant.time_constant) / steps_in_time_constant;
}

double RingState::detuning() const {
  return origin_ + plant_->per_metre * (heater_ + plant_->drift * ambient_) + heat_;
}

void RingState::advance(double time, double asked, double ambient) {
  const int steps = std::max(1, static_cast<int>(std::ceil(time / step_)));
  const double dt = time / steps, before = ambient_;
  const double of_heater = -std::expm1(-dt / heater_time_constant_);
  const double of_heat = -std::expm1(-dt / plant_->time_constant);
  for (int i = 1; i <= steps; ++i) {
    heater_ += (asked - heater_) * of_heater;
    heat_ += (plant_->heating * plant_->absorbed(detuning()) - heat_) * of_heat;
    ambient_ = before + (ambient - before) * i / steps;
  }
}

void RingState::settle(double asked, double ambient) {
  constexpr int most = 2000;
  heater_ = asked;
  ambient_ = ambient;
  const double enough = 1e-7 * plant_->half_width(), share = -std::expm1(-1.0 / steps_in_time_constant);
  for (int i = 0; i < most; ++i) {
    const double change = plant_->heating * plant_->absorbed(detuning()) - heat_;
    heat_ += change * share;
    if (std::abs(change) < enough) return;
  }
}

void RingState::start_at(double shift) {
  heater_ = shift;
  heat_ = 0.0;
}

}  // namespace waverack::module
