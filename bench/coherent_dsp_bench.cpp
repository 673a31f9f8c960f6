// The receiver's stages and the whole of it on one core, per symbol instant (both polarisations), at 118.2
// GBd with 2400 ps/nm and two samples per symbol.

#include <benchmark/benchmark.h>

#include "tests/unit/coherent/dsp_channel.hpp"
#include "waverack/coherent/coherent_receiver.hpp"
#include "waverack/coherent/dispersion_filter.hpp"
#include "waverack/coherent/training_start.hpp"

namespace waverack::coherent {
namespace {

using namespace test;

constexpr double rate = 118.203350603e9;

const Transmission& signal() {
  static const Transmission sent = [] {
    static const Frame frame = short_frame();
    ChannelSettings c;
    c.symbol_rate = rate;
    c.symbols = 131072;
    c.snr_db = 13.5;
    c.angle = 0.6;
    c.dispersion = dispersion_of(2400);
    c.linewidth = 500e3;
    c.frequency_offset = 3.6e9;
    return transmit(c, &frame);
  }();
  return sent;
}

void per_symbol(benchmark::State& state, std::size_t symbols, const char* target) {
  state.counters["us per symbol instant"] =
      benchmark::Counter(static_cast<double>(symbols) * 1e-6,
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.SetLabel(target);
}

template <class Stage>
void stage(benchmark::State& state, Stage& stage, const char* target = "") {
  const DualSamples& in = signal().samples;
  constexpr std::size_t piece = 16384;
  DualSamples out;
  std::size_t at = 0;
  for (auto _ : state) {
    stage.push({in.x.data() + at, piece}, {in.y.data() + at, piece}, out);
    out.clear();
    at = (at + piece) % in.size();
  }
  per_symbol(state, piece / 2, target);
}

void front_end(benchmark::State& state) {
  FrontEndCorrection front({.sample_rate = 2 * rate, .delays = {0.0, 0.7e-12, 3e-12, 2e-12}});
  stage(state, front);
}
BENCHMARK(front_end)->Name("coherent: front end with deskew");

void dispersion(benchmark::State& state) {
  DispersionFilter filter({.sample_rate = 2 * rate, .dispersion = dispersion_of(2400), .symbol_rate = rate});
  stage(state, filter);
}
BENCHMARK(dispersion)->Name("coherent: dispersion and matched filter");

void timing(benchmark::State& state) {
  TimingRecovery recovery({.samples_per_symbol = 2.0, .roll_off = 0.1});
  stage(state, recovery);
}
BENCHMARK(timing)->Name("coherent: timing recovery");

void equaliser(benchmark::State& state) {
  SymbolPlanes planes;
  planes.push({signal().samples.x.data(), 2048}, {signal().samples.y.data(), 2048});
  ButterflyTaps taps(17);
  taps.set(0, 0, 8, 1.0f);
  taps.set(1, 1, 8, 1.0f);
  SymbolParts out;
  for (auto _ : state) {
    for (auto& part : out) part.clear();
    equalise(taps, planes, 0, 512, out);
    descend(taps, planes, 0, 512, {out[0].data(), out[1].data(), out[2].data(), out[3].data()}, 1e-12, 1.0);
  }
  per_symbol(state, 512, "17 taps, filter and update");
}
BENCHMARK(equaliser)->Name("coherent: 2x2 equaliser");

void carrier(benchmark::State& state) {
  const Frame frame = short_frame();
  PilotPattern pilots{.spacing = 64, .x = {}, .y = {}, .search_scale = {}};
  for (std::size_t k = 0; k < frame.roles.size(); k += 64) {
    pilots.x.push_back(frame.known_x[k]);
    pilots.y.push_back(frame.known_y[k]);
  }
  CarrierPhase phase({}, pilots);
  SymbolParts parts;
  for (std::size_t p = 0; p < 4; ++p) {
    parts[p].resize(512);
    const auto levels = drawn_levels(&frame, 512, 1);
    for (std::size_t k = 0; k < 512; ++k) parts[p][k] = static_cast<float>(std::sqrt(0.1) * levels[k][p]);
  }
  PhasedSymbols out;
  for (auto _ : state) {
    phase.push(parts);
    while (phase.next(out)) benchmark::DoNotOptimize(out.parts[0].data());
  }
  per_symbol(state, 512, "target: at most 0.3 us");
}
BENCHMARK(carrier)->Name("coherent: phase search, 32 phases, and pilots");

// Acquisition is over when the clock starts.
void whole(benchmark::State& state) {
  const Frame frame = short_frame();
  ReceiverSettings settings;
  settings.sample_rate = 2 * rate;
  settings.symbol_rate = rate;
  settings.dispersion = dispersion_of(2400);
  settings.branch_delays = {0.0, 0.0, 1e-15, 0.0};  // so that the deskew runs
  settings.frame = frame;
  CoherentReceiver receiver(settings);
  const DualSamples& in = signal().samples;
  receiver.push(in.x, in.y);
  if (receiver.report().state != ReceiverState::receiving) state.SkipWithError("the frame was not found");
  constexpr std::size_t piece = 16384;
  ReceivedSymbols out;
  std::size_t at = 0;
  for (auto _ : state) {
    receiver.push({in.x.data() + at, piece}, {in.y.data() + at, piece});
    receiver.pull(out);
    at = (at + piece) % in.size();
  }
  per_symbol(state, piece / 2, "target: at most 3 us");
}
BENCHMARK(whole)->Name("coherent: complete receiver");

}  // namespace
}  // namespace waverack::coherent
