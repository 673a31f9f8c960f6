// The waveform solver, in symbols per second of CPU time on one core, the peak of that core beside them.

#include <benchmark/benchmark.h>

#include "bench/peak.hpp"
#include "tests/lanes.hpp"
#include "waverack/link/rare_errors.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack {
namespace {

parts::HostTransmitter transmitter() {
  parts::HostTransmitter part;
  part.rise_time = 4e-12;
  part.random_jitter = part.dual_dirac_jitter = 0.0;
  return part;
}

parts::Receiver receiver() {
  parts::Receiver part = lanes::plain_receiver(0.75);
  part.noise_density = 2e-9;
  part.ffe_pre = 6;
  part.ffe_post = 25;  // 32 taps
  return part;
}

link::Lane electrical() {
  return lanes::electrical_lane(53.125e9, link::Modulation::pam4, transmitter(), receiver());
}

link::Lane optical(double kilometres) {
  parts::CwLaser laser = lanes::ideal_laser(2e-3);
  laser.rin = from_db(-145.0);
  laser.wavelength = 1264.5e-9;
  parts::MachZehnder modulator;
  modulator.return_loss = from_db(200.0);
  parts::Photodiode photodiode;
  photodiode.return_loss = from_db(200.0);
  parts::Tia tia = lanes::linear_tia();
  tia.bandwidth = 40e9;
  tia.noise_density = 16e-12;
  link::Lane lane = lanes::optical_lane(53.125e9, link::Modulation::pam4, transmitter(), laser, modulator,
                                        photodiode, tia, receiver());
  if (kilometres > 0.0) {
    parts::Fibre fibre;
    fibre.length = 1e3 * kilometres;
    lane.chain.insert(lane.chain.begin() + 2, lanes::instance(fibre));
  }
  return lane;
}

// Capacitors before the modulator and behind the amplifier, beside the amplifier's own loop.
link::Lane coupled() {
  link::Lane lane = optical(0.0);
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(parts::AcCoupling{}));
  lane.chain.insert(lane.chain.end() - 1, lanes::instance(parts::AcCoupling{}));
  return lane;
}

void count(benchmark::State& state, const link::Lane& lane, int threads) {
  const link::Plan plan = link::make_plan(lane);
  const link::BlockProgram program =
      link::solve_blocks(plan.segments.front(), plan.conditions, signal::prbs_pam4(13), 8).program;
  link::CountOptions options;
  options.symbols = 4'000'000;
  options.threads = threads;
  std::int64_t symbols = 0;
  for (auto _ : state) {
    symbols += static_cast<std::int64_t>(link::count_errors(program, fec::kp4, options).counts.symbols);
    ++options.seed;
  }
  state.SetItemsProcessed(symbols);
  state.counters["peak GFLOP/s"] = peak_gflops();
}

// With the gradients that each run begins with.
void weigh(benchmark::State& state, const link::Lane& lane) {
  const link::Plan plan = link::make_plan(lane);
  const link::BlockProgram program =
      link::solve_blocks(plan.segments.front(), plan.conditions, signal::prbs_pam4(13), 8).program;
  link::RareErrorOptions options;
  options.decisions = 8192;
  options.threads = 1;
  for (auto _ : state) benchmark::DoNotOptimize(link::weigh_errors(program, options).ber);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(options.decisions));
}

void register_case(const char* name, const char* target, const link::Lane& lane) {
  benchmark::RegisterBenchmark(name,
                               [lane, target](benchmark::State& state) {
                                 count(state, lane, 1);
                                 state.SetLabel(target);
                               })
      ->MeasureProcessCPUTime()
      ->Unit(benchmark::kMillisecond);
}

[[maybe_unused]] const bool registered = [] {
  register_case("waveform: symbol-rate electrical lane, 32 taps",
                "target: at least 200 M/s on a Zen 5 class core", electrical());
  register_case("waveform: modulator and photodiode, 8 samples per symbol", "target: at least 40 M/s",
                optical(0.0));
  register_case("waveform: the same with three high-passes", "", coupled());
  register_case("waveform: the same with 2 km of dispersion", "target: at least 18 M/s", optical(2.0));
  benchmark::RegisterBenchmark("rare errors: modulator and photodiode, 8192 decisions",
                               [](benchmark::State& state) { weigh(state, optical(0.0)); })
      ->Unit(benchmark::kMillisecond);
  for (const int threads : {1, 2})
    benchmark::RegisterBenchmark(("waveform: wall clock, threads: " + std::to_string(threads)).c_str(),
                                 [threads](benchmark::State& state) {
                                   count(state, optical(0.0), threads);
                                   state.SetLabel("target: 2 threads at least 1.8 times 1");
                                 })
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace waverack
