// The sliced KP4 codec, in bits of codewords per second of CPU time on one core, on the best instruction set
// and on AVX2 or NEON alone.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "bench/instruction_sets.hpp"
#include "bench/peak.hpp"
#include "waverack/fec/sliced_kernels.hpp"
#include "waverack/fec/sliced_reed_solomon.hpp"

namespace waverack::fec {
namespace {

constexpr std::size_t batches = 4, codewords = batches * batch_codewords;
constexpr double bits = 5440.0 * codewords;

void report(benchmark::State& state, std::int64_t target, double bits_each, const char* goal) {
  state.counters["Gb/s"] =
      benchmark::Counter(bits_each * 1e-9, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["peak GFLOP/s"] = peak_gflops(target);
  state.SetLabel(std::string("target on a Zen 5 class core: at least ") + goal);
}

std::vector<std::uint64_t> random_codewords(SlicedReedSolomon& codec) {
  std::mt19937_64 random(1);
  std::vector<std::uint64_t> words(codec.stride() * codewords);
  for (std::uint64_t& word : words) word = random();
  codec.encode(words);
  return words;
}

void encode(benchmark::State& state, std::int64_t target) {
  const OnlyTarget only(target);
  SlicedReedSolomon codec(kp4);
  std::vector<std::uint64_t> words = random_codewords(codec);
  for (auto _ : state) {
    codec.encode(words);
    benchmark::ClobberMemory();
  }
  report(state, target, bits, "5 Gb/s, with AVX2 alone 2.5");
}

void syndromes_of_slices(benchmark::State& state, std::int64_t target) {
  const OnlyTarget only(target);
  std::vector<SliceRow> slices(5440), results(300);
  std::mt19937_64 random(1);
  for (SliceRow& row : slices)
    for (std::uint64_t& word : row.word) word = random();
  for (auto _ : state) {
    continue_syndromes(slices[0].word, 544, 30, results[0].word);
    benchmark::ClobberMemory();
  }
  report(state, target, 5440.0 * batch_codewords, "40 Gb/s, with AVX2 alone 20");
}

// Every round decodes a fresh copy.
void decode(benchmark::State& state, std::int64_t target, const std::vector<std::uint64_t>& received,
            const char* goal) {
  const OnlyTarget only(target);
  SlicedReedSolomon codec(kp4);
  std::vector<std::uint64_t> words(received.size());
  std::vector<CodewordStatus> statuses(codewords);
  for (auto _ : state) {
    state.PauseTiming();
    std::copy(received.begin(), received.end(), words.begin());
    state.ResumeTiming();
    codec.decode(words, statuses);
    benchmark::ClobberMemory();
  }
  for (const CodewordStatus status : statuses)
    if (status.failed()) state.SkipWithError("a codeword was not corrected");
  report(state, target, bits, goal);
}

void decode_fifteen(benchmark::State& state, std::int64_t target) {
  SlicedReedSolomon codec(kp4);
  std::vector<std::uint64_t> words = random_codewords(codec);
  std::mt19937_64 random(2);
  for (std::size_t i = 0; i < codewords; ++i) {
    std::vector<std::size_t> places;
    while (places.size() < 15) {
      const std::size_t s = random() % 544;
      if (std::find(places.begin(), places.end(), s) == places.end()) places.push_back(s);
    }
    for (const std::size_t s : places)
      add_packed_symbol(std::span(words).subspan(i * codec.stride(), codec.stride()), s,
                        static_cast<Symbol>(1 + random() % 1023));
  }
  decode(state, target, words, "6 Gb/s, with AVX2 alone 3");
}

void decode_ratio(benchmark::State& state, std::int64_t target) {
  SlicedReedSolomon codec(kp4);
  std::vector<std::uint64_t> words = random_codewords(codec);
  std::mt19937_64 random(3);
  std::geometric_distribution<std::size_t> gap(2.4e-4);
  for (std::size_t bit = gap(random); bit < word_bits * words.size(); bit += 1 + gap(random))
    words[bit / word_bits] ^= std::uint64_t{1} << (bit % word_bits);
  decode(state, target, words, "12 Gb/s, with AVX2 alone 6");
}

void decode_clean(benchmark::State& state, std::int64_t target) {
  SlicedReedSolomon codec(kp4);
  decode(state, target, random_codewords(codec), "no figure");
}

[[maybe_unused]] const bool registered = [] {
  for (const std::int64_t target : targets_to_measure()) {
    const std::string name = std::string("fec: KP4 on ") + hwy::TargetName(target);
    benchmark::RegisterBenchmark((name + ", encode").c_str(), encode, target);
    benchmark::RegisterBenchmark((name + ", syndromes of slices").c_str(), syndromes_of_slices, target);
    benchmark::RegisterBenchmark((name + ", decode 15 errors each").c_str(), decode_fifteen, target);
    benchmark::RegisterBenchmark((name + ", decode at BER 2.4e-4").c_str(), decode_ratio, target);
    benchmark::RegisterBenchmark((name + ", decode without errors").c_str(), decode_clean, target);
  }
  return true;
}();

}  // namespace
}  // namespace waverack::fec
