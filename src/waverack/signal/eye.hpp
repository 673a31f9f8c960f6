#pragma once
// Eye diagrams: the picture (a density) and what one reads from it. (docs/theory/eyes-and-densities.md,
// section 1)

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "waverack/signal/waveform.hpp"

namespace waverack::signal {

// Probability of amplitude, column by column of time. Covers 2 UI; the sampling instant is at 0 UI.
struct EyeDiagram {
  int columns = 0, rows = 0;
  double time_start_ui = 0.0, time_step_ui = 0.0;  // left edge of the first column, width of a column [UI]
  double amplitude_start = 0.0,
         amplitude_step = 0.0;  // lower edge of the lowest row, height of a row [unit of the samples]
  std::vector<float> density;   // rows × columns, the lowest row first; each column sums to 1
};

struct EyeGrid {
  int columns = 128;  // even, over 2 UI
  int rows = 256;     // over the range of the samples, 6 % and 4·noise_rms more at either end
};

// The eye of many records, one after the other, on rows that are set before. A column is the average over its
// width in time: traces are interpolated (cubic) and drawn as lines, so a steep edge leaves a continuous
// streak and not dots. Amplitudes beyond the rows are held in the outermost ones. Memory: 32 bytes for each
// cell.
class EyeAccumulator {
 public:
  EyeAccumulator(const EyeGrid& grid, double amplitude_start, double amplitude_step);
  EyeAccumulator(EyeAccumulator&&) noexcept;
  ~EyeAccumulator();

  // One period. `sampling_time`: of symbol 0 [samples]. Samples must be finite. Cost: about 2.5 ns for each
  // symbol and column of a UI.
  void add(const Waveform& waveform, double sampling_time);
  // `noise_rms`: Gaussian noise to add by blurring each column [unit of the samples].
  EyeDiagram diagram(double noise_rms = 0.0) const;

 private:
  struct Columns;
  EyeGrid grid_;
  double start_, step_;
  std::unique_ptr<Columns> columns_;
};

// The eye of a periodic waveform. `sampling_time`: of symbol 0 [samples] (EyeMetrics gives it). `noise_rms`:
// Gaussian noise to add by blurring each column [unit of the samples].
//
// Throws Error for samples that are not finite. Cost: columns/2 · symbols, and columns/2 · rows² at most for
// the blur; about 11 ms for 65 535 symbols on a 128 × 256 grid.
EyeDiagram eye_diagram(const Waveform& waveform, double sampling_time, double noise_rms = 0.0,
                       const EyeGrid& grid = {});

// The centre of symbol 0 in a waveform [samples, 0 ≤ t < size], found by correlation with the known symbols:
// the middle of the pulse response between its half-height points. `symbols`: one per symbol period of the
// waveform, 0 … M−1, rising amplitude (not an inverted signal). Works for any delay up to the whole period.
double symbol_delay(const Waveform& waveform, std::span<const std::uint8_t> symbols);

struct SymbolTiming {
  double delay = 0.0;     // centre of symbol 0 [samples]
  bool inverted = false;  // a higher symbol has a lower amplitude
};

// The same, for the samples of one period, where the delay is known to lie between `first` and `last`
// [samples, any sign]. Holds 16 384 symbols against every half symbol of the window, so it finds the pulse
// under heavy interference too.
SymbolTiming symbol_timing(std::span<const float> samples, int samples_per_symbol,
                           std::span<const std::uint8_t> symbols, long first, long last);

struct EyeOptions {
  double noise_rms = 0.0;       // Gaussian noise at this place [unit of the samples]
  double probability = 1e-6;    // at which the eyes are measured
  std::optional<double> delay;  // centre of symbol 0 [samples], if known; else symbol_delay()
};

// All amplitudes in the unit of the samples. NaN where a quantity does not exist.
struct EyeMetrics {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();

  double sampling_time = 0.0;       // best sampling instant of symbol 0 [samples]
  std::vector<double> level_means;  // at the sampling instant, level 0 first
  std::vector<double> level_rms;    // deviation from the mean within a level, noise not included
  // M−1, lowest eye first; at `probability`, noise included; negative: closed
  std::vector<double> eye_heights;
  // Smallest sample of the upper side − largest of the lower side, without noise
  std::vector<double> inner_heights;
  std::vector<double> eye_widths_ui;  // at the middle of the eye height, at `probability`; 0: closed
  double r_lm = none;                 // of level_means (Annex 120D); PAM4 only
  double p0 = none, p3 = none;        // means of the outermost levels that OMA_outer and ER use
  double oma_outer = none;            // p3 − p0
  bool oma_from_runs =
      false;  // p0, p3 by the runs of 802.3; false: from level_means, the pattern has no such runs
  double extinction_ratio = none;  // p3/p0, a power ratio; NaN unless both are positive
  double average = none;           // mean of all samples (average power of light)
  double transition_time = none;   // 20–80 % of p0 … p3, the slower of rise and fall [s]
};

// Measures with the symbols known, so that a sample counts for the level that was sent even where the eye is
// closed.
//
// levels: M ≥ 2, symbols 0 … M−1, one per symbol period of the waveform (otherwise throws Error).
// Sampling instant: where the smallest of the M−1 eye heights is largest; the middle of the longest stretch
// within 0.5 % of the full swing of that. Searched ±0.75 UI about the delay, in 1/32 UI. Eye height: P(sample
// + noise < upper edge | a symbol above the eye) = P(sample + noise > lower edge | one below) = probability,
// by densities; the pattern is one period, so without noise it cannot be smaller than the inner height. p3
// and p0 (802.3 121.8): means over the central 2 UI of runs of 7 threes and 6 zeros; runs of exactly that
// length where there are some, else longer ones; PAM4 only.
// transition_time: on the average of all edges from three symbols of one outer level to three of the other.
// Neglected: jitter. A step between two samples makes the interpolation overshoot by up to 7 % of the step
// within a sample of it; a waveform that has passed any filter is smooth enough. Throws Error for samples
// that are not finite. Cost: about 30 ms for 65 535 symbols.
EyeMetrics measure_eye(const Waveform& waveform, std::span<const std::uint8_t> symbols, int levels,
                       const EyeOptions& options = {});

}  // namespace waverack::signal
