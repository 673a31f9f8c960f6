// The codes of coherent modules, in bits of information per second of CPU time on one core.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bench/instruction_sets.hpp"
#include "waverack/fec/cfec.hpp"
#include "waverack/fec/ofec_decoder.hpp"
#include "waverack/fec/ofec_encoder.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::fec {
namespace {

constexpr std::size_t pairs = 240;

std::vector<std::uint8_t> random_bits(std::size_t size) {
  std::vector<std::uint8_t> bits(size);
  signal::fill_symbols({.seed = 1, .source = 1}, 2, bits);
  return bits;
}

// Ratios of two levels ±a in white noise of variance 1.
std::vector<float> ratios_of(const std::vector<std::uint8_t>& coded, float a) {
  std::vector<float> ratios(coded.size());
  signal::fill_normal_fast({.seed = 1, .source = 2}, ratios);
  for (std::size_t i = 0; i < ratios.size(); ++i)
    ratios[i] = 2.0f * a * (ratios[i] + (coded[i] != 0 ? -a : a));
  return ratios;
}

constexpr float at_ofec = 2.0749f, at_cfec_limit = 2.2414f;  // Q(a) = 1.9e-2, 1.25e-2

void report(benchmark::State& state, std::size_t bits, const char* goal) {
  state.counters["Mb/s"] =
      benchmark::Counter(1e-6 * static_cast<double>(bits), benchmark::Counter::kIsIterationInvariantRate);
  state.SetLabel(goal);
}

template <class Encoder>
void encoding(benchmark::State& state, std::size_t bits) {
  const auto information = random_bits(bits);
  Encoder encoder;
  std::vector<std::uint8_t> coded;
  for (auto _ : state) {
    coded.clear();
    encoder.encode(information, coded);
    benchmark::DoNotOptimize(coded.data());
  }
  report(state, information.size(), "no target");
}

void ofec_decoding(benchmark::State& state, std::int64_t target, int soft, int test_bits, const char* goal) {
  const OnlyTarget only(target);
  const auto information = random_bits(pairs * ofec_pair_information);
  std::vector<std::uint8_t> coded, result;
  OfecEncoder().encode(information, coded);
  const auto ratios = ratios_of(coded, at_ofec);
  OfecDecoderSettings settings = ofec_default_settings(soft, 2);
  settings.test_bits = test_bits;
  for (auto _ : state) {
    OfecDecoder decoder(settings);
    result.clear();
    decoder.decode(ratios, result);
    decoder.finish(result);
    benchmark::DoNotOptimize(result.data());
  }
  report(state, information.size(), goal);
}

void cfec_decoding(benchmark::State& state) {
  const auto information = random_bits(3 * cfec_information);
  std::vector<std::uint8_t> coded, result;
  CfecEncoder().encode(information, coded);
  const auto ratios = ratios_of(coded, at_cfec_limit);
  for (auto _ : state) {
    CfecDecoder decoder;
    result.clear();
    decoder.decode(ratios, result);
    decoder.finish(result);
    benchmark::DoNotOptimize(result.data());
  }
  report(state, information.size(), "no target");
}

[[maybe_unused]] const bool registered = [] {
  benchmark::RegisterBenchmark("fec: oFEC, encoder", encoding<OfecEncoder>, pairs * ofec_pair_information)
      ->Unit(benchmark::kMillisecond);
  for (const std::int64_t target : targets_to_measure()) {
    const std::string name = std::string("fec: ") + hwy::TargetName(target) + ", oFEC, ";
    const auto add = [&](int soft, int test_bits, const char* goal) {
      benchmark::RegisterBenchmark(
          (name + std::to_string(soft) + " + 2 sweeps, " + std::to_string(1 << (test_bits - 1)) +
           " patterns, BER 1.9e-2")
              .c_str(),
          [=](benchmark::State& state) { ofec_decoding(state, target, soft, test_bits, goal); })
          ->Unit(benchmark::kMillisecond);
    };
    add(3, 7, "target: at least 20 Mb/s");
    add(3, 6, "no target");
    add(4, 7, "no target");
  }
  benchmark::RegisterBenchmark("fec: C-FEC, encoder", encoding<CfecEncoder>, std::size_t{cfec_information})
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("fec: C-FEC, decoder, BER 1.25e-2", cfec_decoding)
      ->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace waverack::fec
