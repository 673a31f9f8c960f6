// Light of a coherent channel through 80 km of fibre, on one core: µs for each symbol instant (both
// polarisations of one symbol period), steps, and the error of the field against a converged run.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "waverack/coherent/pulse.hpp"
#include "waverack/coherent/split_step.hpp"

namespace waverack::coherent {
namespace {

constexpr int size = 8192;  // samples of a record, 4 for each symbol

// Of `a` from `b`, rms over rms.
double relative_error(const DualBatch& a, const DualBatch& b) {
  double error = 0.0, total = 0.0;
  for (int i = 0; i < 2 * signal::fft_lanes * size; ++i) {
    error += std::pow(static_cast<double>(a.data()[i] - b.data()[i]), 2);
    total += std::pow(static_cast<double>(b.data()[i]), 2);
  }
  return std::sqrt(error / total);
}

void span(benchmark::State& state, double symbol_rate, double dbm) {
  const double power = 1e-3 * std::pow(10.0, dbm / 10.0);
  const FibreSpan fibre;
  DualBatch in(size, 4 * symbol_rate), out(size, 4 * symbol_rate), exact(size, 4 * symbol_rate);
  shape_pulses(in, random_symbols(size / 4, Format::qam16, false, 1, 1), 0.1, power);
  const auto copy = [&](DualBatch& to) { std::copy_n(in.data(), 2 * signal::fft_lanes * size, to.data()); };
  copy(exact);
  SplitStep(in.plan, in.sample_rate, fibre, plan_steps(fibre, power, symbol_rate, 1e-5), fibre.frequency)
      .apply(exact);
  const SplitStep made(in.plan, in.sample_rate, fibre, plan_steps(fibre, power, symbol_rate, 1e-3),
                       fibre.frequency);
  for (auto _ : state) {
    state.PauseTiming();
    copy(out);
    state.ResumeTiming();
    made.apply(out);
  }
  state.counters["steps"] = made.steps();
  state.counters["field error"] = relative_error(out, exact);
  state.counters["estimated"] = made.estimated_error();
  const double instants = size / 4 * static_cast<double>(batch_records);
  state.counters["s/symbol instant"] = benchmark::Counter(
      instants, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  if (dbm == 0.0) state.SetLabel("target: at most 2 us, field error at most 1e-3");
}

[[maybe_unused]] const bool registered = [] {
  for (const double symbol_rate : {59.84375e9, 118.203350603e9})
    for (const double dbm : {0.0, 6.0})
      benchmark::RegisterBenchmark(("split step: 80 km, " + std::to_string(symbol_rate / 1e9).substr(0, 6) +
                                    " GBd, " + std::to_string(static_cast<int>(dbm)) + " dBm")
                                       .c_str(),
                                   [=](benchmark::State& state) { span(state, symbol_rate, dbm); })
          ->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace waverack::coherent
