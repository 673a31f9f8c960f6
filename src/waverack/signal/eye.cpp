#include "waverack/signal/eye.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/signal/density.hpp"
#include "waverack/signal/sampling.hpp"

namespace waverack::signal {

// A column of the picture as the difference of its masses over rows. A box that starts at row m + f adds
// (1 − f)·height to row m and height to all rows above, so its start is two numbers, and so is its end: the
// cost of a trace does not depend on its steepness. The two numbers stay together, starts and ends apart, and
// rows are summed up once at the end: then successive traces seldom wait for one another's memory.
struct EyeSlot {
  double here = 0.0, next = 0.0;  // of the difference at rows m and m + 1
};
struct EyeColumn {
  std::vector<EyeSlot> starts, ends;  // by row m
};

namespace {

// max(x, floor) without a branch, which the compiler would keep and so not vectorise the loops below.
inline float at_least(float x, float floor) { return 0.5f * (x + floor + std::abs(x - floor)); }

// Adds the traces between the two edges of a column (amplitudes a and b, in rows), each as a mass of 1 spread
// evenly over [a, b], or over one row about the middle if that is wider.
void draw(std::span<const float> a, std::span<const float> b, EyeColumn& column) {
  constexpr std::size_t chunk = 256;
  std::array<int, chunk> start_row, end_row;
  std::array<float, 2 * chunk> start, end;
  for (std::size_t begin = 0; begin < a.size(); begin += chunk) {
    const std::size_t count = std::min(chunk, a.size() - begin);
    for (std::size_t i = 0; i < count; ++i) {
      const float from = a[begin + i], to = b[begin + i];
      const float width = at_least(std::abs(to - from), 1.0f);
      const float height = 1.0f / width;
      const float low = 0.5f * (from + to - width);
      const float high = low + width;
      start_row[i] = static_cast<int>(low);
      end_row[i] = static_cast<int>(high);
      start[2 * i + 1] = (low - static_cast<float>(start_row[i])) * height;
      start[2 * i] = height - start[2 * i + 1];
      end[2 * i + 1] = (high - static_cast<float>(end_row[i])) * height;
      end[2 * i] = height - end[2 * i + 1];
    }
    EyeSlot* starts = column.starts.data();
    EyeSlot* ends = column.ends.data();
    for (std::size_t i = 0; i < count; ++i) {
      EyeSlot& s = starts[start_row[i]];
      s.here += static_cast<double>(start[2 * i]);
      s.next += static_cast<double>(start[2 * i + 1]);
      EyeSlot& e = ends[end_row[i]];
      e.here += static_cast<double>(end[2 * i]);
      e.next += static_cast<double>(end[2 * i + 1]);
    }
  }
}

// Masses of the rows.
std::vector<double> masses(const EyeColumn& column, std::size_t rows) {
  std::vector<double> result(rows);
  double running = 0.0, carried = 0.0;
  for (std::size_t r = 0; r < rows; ++r) {
    running += carried + column.starts[r].here - column.ends[r].here;
    carried = column.starts[r].next - column.ends[r].next;
    // The single-precision weights of a box do not cancel to the last bit; far less than one trace is none.
    result[r] = running > 1e-3 ? running : 0.0;
  }
  return result;
}

}  // namespace

struct EyeAccumulator::Columns {
  std::vector<EyeColumn> half;  // one UI is drawn; the other is the same
};

EyeAccumulator::EyeAccumulator(const EyeGrid& grid, double amplitude_start, double amplitude_step)
    : grid_(grid), start_(amplitude_start), step_(amplitude_step), columns_(std::make_unique<Columns>()) {
  assert(grid.columns >= 2 && grid.columns % 2 == 0 && grid.rows >= 16 && amplitude_step > 0.0);
  const auto rows = static_cast<std::size_t>(grid.rows);
  columns_->half.assign(static_cast<std::size_t>(grid.columns / 2),
                        EyeColumn{std::vector<EyeSlot>(rows + 1), std::vector<EyeSlot>(rows + 1)});
}
EyeAccumulator::EyeAccumulator(EyeAccumulator&&) noexcept = default;
EyeAccumulator::~EyeAccumulator() = default;

void EyeAccumulator::add(const Waveform& waveform, double sampling_time) {
  const std::size_t half = columns_->half.size();
  std::vector<double> edges;
  for (std::size_t c = 0; c <= half; ++c)
    edges.push_back(sampling_time +
                    static_cast<double>(c) / static_cast<double>(half) * waveform.samples_per_symbol);
  std::vector<float> left, right;
  const auto offset = static_cast<float>(-start_ / step_);
  // Held half a row inside; the cubic may overshoot at a sharp step.
  const auto top = static_cast<float>(grid_.rows) - 0.5f;
  const auto gain = static_cast<float>(1.0 / step_);
  visit_samples(waveform, edges, [&](std::size_t edge, std::size_t, std::span<const float> values) {
    right.resize(values.size());
    for (std::size_t k = 0; k < values.size(); ++k)
      right[k] = top - at_least(top - at_least(values[k] * gain + offset, 0.5f), 0.0f);
    if (edge > 0) draw(left, right, columns_->half[edge - 1]);
    left.swap(right);
  });
}

EyeDiagram EyeAccumulator::diagram(double noise_rms) const {
  EyeDiagram eye;
  eye.columns = grid_.columns;
  eye.rows = grid_.rows;
  eye.time_start_ui = -1.0;
  eye.time_step_ui = 2.0 / grid_.columns;
  eye.amplitude_start = start_;
  eye.amplitude_step = step_;
  const Density blur = gaussian(noise_rms, step_, 6.0);
  const std::size_t reach = blur.probability.size() / 2, rows = static_cast<std::size_t>(grid_.rows),
                    half = columns_->half.size();
  eye.density.resize(rows * static_cast<std::size_t>(grid_.columns));
  for (std::size_t c = 0; c < half; ++c) {
    const Density clean{0.0, step_, masses(columns_->half[c], rows)};
    const Density column = convolve(clean, blur);
    const double sum = total(clean);
    for (std::size_t r = 0; r < rows; ++r) {
      float* row = eye.density.data() + r * static_cast<std::size_t>(grid_.columns);
      row[c] = row[half + c] = static_cast<float>(column.probability[r + reach] / sum);
    }
  }
  return eye;
}

EyeDiagram eye_diagram(const Waveform& waveform, double sampling_time, double noise_rms,
                       const EyeGrid& grid) {
  assert(waveform.samples_per_symbol >= 1 && !waveform.samples.empty());
  if (!std::isfinite(std::accumulate(waveform.samples.begin(), waveform.samples.end(), 0.0)))
    throw Error("the waveform holds values that are not finite");
  const auto [smallest, largest] = std::minmax_element(waveform.samples.begin(), waveform.samples.end());
  const double span =
      *largest > *smallest ? *largest - *smallest : std::max(1e-30, std::abs(static_cast<double>(*largest)));
  const double margin = 0.06 * span + 4.0 * noise_rms;
  EyeAccumulator eye(grid, *smallest - margin, (*largest - *smallest + 2.0 * margin) / grid.rows);
  eye.add(waveform, sampling_time);
  return eye.diagram(noise_rms);
}

}  // namespace waverack::signal
