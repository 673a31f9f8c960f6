#include "waverack/module/reliability.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/parts/light.hpp"

namespace waverack::module {
namespace {

// Probability of 0, 1 … `most` dead lanes where `devices` of `lanes` lanes each fail independently.
void add_dead_lanes(std::vector<double>& dead, const DeviceFailures& device) {
  const double fails = failure_within_year(device.rate);
  for (int i = 0; i < device.devices; ++i)
    for (std::size_t n = dead.size(); n-- > 0;) {
      const std::size_t step = static_cast<std::size_t>(device.lanes);
      dead[n] = dead[n] * (1.0 - fails) + (n >= step ? dead[n - step] * fails : 0.0);
    }
}

}  // namespace

double failure_within_year(double rate) { return -std::expm1(-rate * seconds_per_year); }

Reliability reliability(const Module& module, const link::Lane& lane, const Provenance& provenance,
                        const std::map<std::string, double>& temperatures, int spare_lanes) {
  Reliability result;
  const auto add = [&](const std::string& path, const parts::Instance& instance, int lanes) {
    if (instance.failures.rate <= 0.0 || instance.place == parts::Place::host) return;
    DeviceFailures device;
    device.name = path;
    device.lanes = lanes;
    device.devices = (module.lanes + spare_lanes + lanes - 1) / lanes;
    parts::Conditions here;
    const auto known = temperatures.find(path);
    here.temperature =
        known == temperatures.end() ? instance.temperature.value_or(lane.temperature) : known->second;
    device.temperature =
        parts::is_laser(instance) ? parts::laser_temperature(instance, here) : here.temperature;
    device.rate = failure_rate_at(instance.failures, device.temperature);
    device.field_replaceable = instance.place == parts::Place::laser;
    if (const auto origin = provenance.find(path + ".failures.rate"); origin != provenance.end()) {
      device.kind = origin->second.kind;
      device.source = origin->second.source;
    }
    result.devices.push_back(std::move(device));
  };
  for (std::size_t i = 0; i < lane.light.size(); ++i)
    add("lane.light." + lane.light[i].name, lane.light[i],
        i == 0 ? parts::lanes_per_laser(lane.light) : lane.light[i].failures.lanes);
  for (const parts::Instance& instance : lane.chain)
    add("lane.chain." + instance.name, instance, instance.failures.lanes);

  // More dead lanes than spares end the module, so their number above that does not matter.
  std::vector<double> dead(static_cast<std::size_t>(spare_lanes) + 1, 0.0);
  dead[0] = 1.0;
  for (const DeviceFailures& device : result.devices) {
    (device.field_replaceable ? result.replaceable_rate : result.rate) += device.total();
    if (!device.field_replaceable) add_dead_lanes(dead, device);
  }
  result.any_failure = failure_within_year(result.rate);
  result.replaceable_failure = failure_within_year(result.replaceable_rate);
  double survives = 0.0;
  for (const double share : dead) survives += share;
  result.beyond_spares = spare_lanes == 0 ? result.any_failure : 1.0 - survives;
  std::stable_sort(result.devices.begin(), result.devices.end(),
                   [](const DeviceFailures& a, const DeviceFailures& b) { return a.total() > b.total(); });
  return result;
}

}  // namespace waverack::module
