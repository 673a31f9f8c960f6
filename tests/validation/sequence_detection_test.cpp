// The union bound of sequence detection against counted errors.
//
// The bound is above the truth, by an amount that falls with the error ratio: both hold an equal Q within 0.2
// dB at bit error ratios of 1e-3 to 1e-5, which is what the project asks of two solvers with such a receiver.
// Counting adds four standard errors, from the spread of the errors over independent records.

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include "waverack/dsp/error_events.hpp"
#include "waverack/dsp/mlse.hpp"
#include "waverack/dsp/mlse_rows.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::dsp {
namespace {

constexpr std::size_t records = 32, rows = 512, guard = 32, before = 32;

// Bit errors counted, with the standard error of their ratio from the spread over the records.
struct Count {
  double bits = 0.0, errors = 0.0, squares = 0.0, units = 0.0;
  double ratio() const { return errors / bits; }
  double standard_error() const { return std::sqrt(squares - errors * errors / units) / bits; }
};

void compare(Count& count, int levels, const std::uint8_t* sent, const std::uint8_t* decided) {
  for (std::size_t r = 0; r < records; ++r) {
    double errors = 0.0;
    for (std::size_t k = guard; k < rows - guard; ++k) {
      const unsigned a = sent[records * k + r], b = decided[records * k + r];
      if (a != b) errors += std::popcount((a ^ a >> 1) ^ (b ^ b >> 1));
    }
    count.errors += errors;
    count.squares += errors * errors;
  }
  count.units += records;
  count.bits += records * (rows - 2 * guard) * std::log2(levels);
}

// Drawn symbols and noise: `before` rows of history, then `rows` rows.
struct Draw {
  std::vector<std::uint8_t> symbols = std::vector<std::uint8_t>(records * (rows + before));
  std::vector<float> noise = std::vector<float>(records * (rows + before));
  Draw(int levels, std::uint64_t seed, std::uint32_t block) {
    signal::fill_symbols({.seed = seed, .source = 1, .block = block}, levels, symbols);
    signal::fill_normal_fast({.seed = seed, .source = 2, .block = block}, noise);
  }
};

// Counts behind the target response, in noise σ·(n_k + tint·n_{k−1}).
Count count_errors(int levels, const std::vector<double>& response, double rms, double tint,
                   std::uint64_t seed, std::uint32_t blocks) {
  const Trellis trellis = make_trellis(signal::pam_levels(levels), response);
  SequenceDetector detector(trellis, rows);
  signal::BatchBuffer y(rows);
  std::vector<std::uint8_t> decisions(records * rows);
  std::vector<std::size_t> state(records);
  Count count;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    const Draw draw(levels, seed, block);
    for (std::size_t k = 0; k < rows + before; ++k) {
      const std::uint8_t* a = draw.symbols.data() + records * k;
      const float* n = draw.noise.data() + records * k;
      for (std::size_t r = 0; r < records; ++r) {
        const std::size_t branch = state[r] * static_cast<std::size_t>(levels) + a[r];
        if (k >= before)
          y.data()[records * (k - before) + r] =
              trellis.expected[branch] + static_cast<float>(rms * (n[r] + tint * (n - records)[r]));
        state[r] = branch % static_cast<std::size_t>(trellis.states());
      }
    }
    detector.detect(y.data(), decisions.data());
    compare(count, levels, draw.symbols.data() + records * before, decisions.data());
  }
  return count;
}

double q_db(double ber) { return 20.0 * std::log10(signal::inverse_q(ber)); }

void expect_agreement(const Count& count, double bound, const std::string& name) {
  const double four = 4.0 * count.standard_error();
  ASSERT_GE(count.errors, 80.0) << name;
  EXPECT_GT(bound, count.ratio() - four) << name << ": counted " << count.ratio();
  EXPECT_GT(q_db(bound), q_db(count.ratio() + four) - 0.2) << name << ": counted " << count.ratio();
  std::cout << name << ": bound " << bound << ", counted " << count.ratio() << " ± " << count.standard_error()
            << ", " << q_db(count.ratio()) - q_db(bound) << " dB\n";
}

struct Case {
  std::string name;
  int levels;
  std::vector<double> response;
  double tint;
};

TEST(SequenceDetection, UnionBoundIsWhatIsCounted) {
  std::uint64_t seed = 0;
  for (const Case& c : {Case{"PAM4, 0.5", 4, {0.5}, 0.0}, Case{"PAM4, 0.9", 4, {0.9}, 0.0},
                        Case{"PAM4, 0.5, coloured noise", 4, {0.5}, 0.4},
                        Case{"PAM4, 0.6 0.2, coloured noise", 4, {0.6, 0.2}, 0.2},
                        Case{"PAM4, 0.8 0.5 0.2", 4, {0.8, 0.5, 0.2}, 0.0}, Case{"PAM2, 0.8", 2, {0.8}, 0.0},
                        Case{"PAM8, 0.5", 8, {0.5}, 0.0}})
    for (const int exponent : {3, 4, 5}) {
      const double ber = std::pow(10.0, -exponent);
      const auto bound = [&](double rms) {
        const double noise[] = {rms * rms * (1.0 + c.tint * c.tint), rms * rms * c.tint};
        return union_bound(error_events(c.response, c.levels, noise), c.levels).bit;
      };
      double low = 1e-3, high = 1.0;
      for (int i = 0; i < 30; ++i) (bound(std::sqrt(low * high)) < ber ? low : high) = std::sqrt(low * high);
      const std::uint32_t blocks = exponent == 3 ? 40 : exponent == 4 ? 150 : 800;
      expect_agreement(count_errors(c.levels, c.response, low, c.tint, ++seed, blocks), bound(low),
                       c.name + ", 1e-" + std::to_string(exponent));
    }
}

// Samples of PAM4 symbols behind a pulse: a[k − j] times pulse[j].
float behind(const std::vector<double>& pulse, const std::vector<double>& levels, const std::uint8_t* symbol,
             std::size_t stride) {
  double sum = 0.0;
  for (std::size_t j = 0; j < pulse.size(); ++j) sum += pulse[j] * levels[*(symbol - j * stride)];
  return static_cast<float>(sum);
}

// A whole receiver: a pulse with a precursor and a long tail, white noise at its input, an equaliser with too
// few taps, so that interference is left beyond the target; the bound takes it symbol by symbol. The detector
// without memory (the taps adapted for one cursor, and a slicer) shows what sequence detection gains.
TEST(SequenceDetection, UnionBoundOfAnAdaptedReceiver) {
  const std::vector<double> pulse{0.1, 1.0, 0.65, 0.3, 0.15, 0.05, -0.04}, levels = signal::pam_levels(4);
  const double rms = 0.09;
  const std::size_t delay = 1;  // of the main cursor
  std::vector<double> noise(40, 0.0);
  noise[0] = rms * rms;

  // One period of symbols for the adaptation.
  constexpr std::size_t n = 16384;
  std::vector<std::uint8_t> symbols(2 * n);
  signal::fill_symbols({.seed = 31}, 4, std::span(symbols).first(n));
  std::copy_n(symbols.begin(), n, symbols.begin() + n);
  std::vector<float> waveform, target;
  for (std::size_t k = 0; k < n; ++k) {
    waveform.push_back(behind(pulse, levels, symbols.data() + n + k, 1));
    target.push_back(static_cast<float>(levels[symbols[k]]));
  }
  double without_memory = 0.0;
  for (const int memory : {0, 1, 2}) {
    const EqualiserShape shape{.pre = 2, .post = 3, .feedback = memory};
    const AdaptationSums sums = adaptation_sums(waveform, target, 1, static_cast<int>(delay), shape);
    const SequenceReceiver receiver = [&] {
      if (memory > 0) return adapt_sequence_receiver(sums, noise, shape);
      const Equaliser equaliser = adapt(sums, noise, shape);
      return SequenceReceiver{equaliser, {0.0}, noise_behind_taps(equaliser.forward, 1, noise, 8)};
    }();

    // The bound.
    std::vector<float> residual =
        equalise(receiver.equaliser, shape, waveform, target, 1, static_cast<int>(delay));
    std::vector<double> response{1.0};
    response.insert(response.end(), receiver.postcursors.begin(), receiver.postcursors.end());
    for (std::size_t k = 0; k < n; ++k) residual[k] -= behind(response, levels, symbols.data() + n + k, 1);
    const std::vector<float> noise_rms(n, static_cast<float>(std::sqrt(receiver.noise_autocorrelation[0])));
    const ErrorEvents events = error_events(receiver.postcursors, 4, receiver.noise_autocorrelation);
    const double bound = union_bound(events, 4, {std::span(symbols).first(n), residual, noise_rms},
                                     receiver.noise_autocorrelation)
                             .bit;

    // The count.
    SequenceDetector detector(make_trellis(levels, receiver.postcursors), rows);
    signal::BatchBuffer y(rows);
    std::vector<std::uint8_t> decisions(records * rows);
    std::vector<float> x(records * (rows + before));
    const auto latest = delay + static_cast<std::size_t>(shape.pre);  // sample of tap 0 after its symbol
    const std::size_t history = pulse.size() + receiver.equaliser.forward.size();
    Count count;
    for (std::uint32_t block = 0; block < 250; ++block) {
      const Draw draw(4, 100, block);
      for (std::size_t i = records * pulse.size(); i < x.size(); ++i)
        x[i] =
            behind(pulse, levels, draw.symbols.data() + i, records) + static_cast<float>(rms) * draw.noise[i];
      // Symbol k of the block is the one `latest` rows before the newest sample it needs.
      const std::size_t first = before - latest;
      ASSERT_GE(before, history + latest);
      for (std::size_t k = 0; k < rows; ++k)
        for (std::size_t r = 0; r < records; ++r) {
          double sum = receiver.equaliser.bias;
          for (std::size_t i = 0; i < receiver.equaliser.forward.size(); ++i)
            sum += receiver.equaliser.forward[i] * x[records * (k + before - i) + r];
          y.data()[records * k + r] = static_cast<float>(sum);
        }
      detector.detect(y.data(), decisions.data());
      compare(count, 4, draw.symbols.data() + records * first, decisions.data());
    }
    expect_agreement(count, bound, "memory " + std::to_string(memory));
    if (memory == 0)
      without_memory = count.ratio();
    else
      EXPECT_LT(count.ratio(), 0.5 * without_memory);
  }
}

}  // namespace
}  // namespace waverack::dsp
