// The co-packaged engine in its package: temperatures of 32 lanes, the lanes at them, the lane with the least
// margin in full.

#include <benchmark/benchmark.h>

#include "waverack/io/load.hpp"
#include "waverack/io/run.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/module/package_result.hpp"

namespace waverack {
namespace {

void BM_PackageHeat(benchmark::State& state) {
  const io::Input input = io::load_design("cpo-3.2t");
  const Design& design = input.loaded.design;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        module::solve_package(design.module, design.lane, *design.module.package.stack.value));
}
BENCHMARK(BM_PackageHeat)->Unit(benchmark::kMillisecond);

void BM_Consequences(benchmark::State& state) {
  const io::Input input = io::load_design("cpo-3.2t");
  const Design& design = input.loaded.design;
  const module::PackageResult package = module::study_package(design.module, design.lane, 0);
  for (auto _ : state) {
    module::PackageResult more = package;
    module::add_consequences(design.module, design.lane, 0, more);
  }
}
BENCHMARK(BM_Consequences)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

// Target of the coupled module: 3 s of wall time on two cores.
void BM_CoupledModule(benchmark::State& state) {
  const io::Input input = io::load_design("cpo-3.2t");
  const Design& design = input.loaded.design;
  for (auto _ : state) {
    const module::PackageResult package = module::study_package(design.module, design.lane, 0);
    const link::Lane worst =
        module::lane_at(design.lane, design.module, package.heat, package.cooling.worst_lane);
    benchmark::DoNotOptimize(link::solve(worst));
  }
}
BENCHMARK(BM_CoupledModule)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

// Everything that `waverack run cpo-3.2t` solves: the coupled module, its consequences, tolerances, light
// supply and cluster, all lanes of the baseline.
void BM_Run(benchmark::State& state) {
  const io::Input input = io::load_design("cpo-3.2t");
  for (auto _ : state) benchmark::DoNotOptimize(io::solve_input(input, {}));
}
BENCHMARK(BM_Run)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace waverack
