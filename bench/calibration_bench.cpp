// Calibration loops that run in time, on one core.

#include <benchmark/benchmark.h>

#include "waverack/module/quadrature_lock.hpp"
#include "waverack/module/ring_assignment.hpp"
#include "waverack/module/ring_lock.hpp"

namespace waverack::module {
namespace {

const Stream stream{1, 1, 0, 0};

void bias(benchmark::State& state) {
  const QuadratureSettings settings;
  const Monitor monitor;
  for (auto _ : state)
    benchmark::DoNotOptimize(lock_quadrature({{5e-3, 4.5e-3, 0.0}, 0.0, 3e-15}, settings, monitor, stream));
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(settings.duration * monitor.sample_rate));
  state.SetLabel("samples of the monitor");
}
BENCHMARK(bias)->Name("calibration: bias lock")->Unit(benchmark::kMillisecond);

void ring(benchmark::State& state) {
  parts::Conditions conditions;
  conditions.light.power = 10e-3;
  conditions.light.wavelength = 1311e-9;
  parts::MicroRing part;
  part.detuning = 0.5;
  const std::vector<float> voltages{-1.5f, -0.5f, 0.5f, 1.5f};
  const RingPlant plant = ring_plant(part, conditions, voltages);
  for (auto _ : state) benchmark::DoNotOptimize(lock_ring(plant, {}, {}, stream));
  state.SetLabel("search, hold, ramps, fastest ramps");
}
BENCHMARK(ring)->Name("calibration: ring lock")->Unit(benchmark::kMillisecond);

void banks(benchmark::State& state) {
  RingBank bank;
  bank.channels = 8;
  AssignmentSettings settings;
  settings.banks = 1000;
  for (auto _ : state) benchmark::DoNotOptimize(compare_assignments(bank, settings, stream));
  state.SetItemsProcessed(state.iterations() * settings.banks);
  state.SetLabel("banks of eight, three strategies");
}
BENCHMARK(banks)->Name("calibration: assignment")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::module
