#include "waverack/compliance/com_ffe_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/base/parallel.hpp"

namespace waverack::compliance {
namespace {

constexpr double unbounded_error = std::numeric_limits<double>::infinity();

// A point of the transmit grid: an index into the values of each tap but the main one.
using Point = std::vector<int>;

class TransmitGrid {
 public:
  explicit TransmitGrid(const ComTransmitter& transmitter)
      : pre_(transmitter.pre_taps.size()), smallest_main_(transmitter.smallest_main_tap) {
    for (const ComRange& range : transmitter.pre_taps) values_.push_back(values_of(range));
    for (const ComRange& range : transmitter.post_taps) values_.push_back(values_of(range));
  }
  std::size_t axes() const { return values_.size(); }
  int size(std::size_t axis) const { return static_cast<int>(values_[axis].size()); }
  // The taps of a point, or false outside of the grid.
  bool taps(const Point& point, std::vector<double>& taps) const {
    taps.assign(axes() + 1, 0.0);
    double main = 1.0;
    for (std::size_t i = 0; i < axes(); ++i) {
      if (point[i] < 0 || point[i] >= size(i)) return false;
      const double value = values_[i][static_cast<std::size_t>(point[i])];
      taps[i < pre_ ? i : i + 1] = value;
      main -= std::abs(value);
    }
    taps[pre_] = main;
    return main >= smallest_main_ - 1e-9;
  }
  // The point whose taps are shares of the largest of each axis; all shares shrink until the main tap is
  // large enough.
  Point start(std::vector<double> shares) const {
    Point point(axes());
    std::vector<double> scratch;
    for (int tries = 0; tries < 20; ++tries) {
      for (std::size_t i = 0; i < axes(); ++i) {
        const auto nearest = std::min_element(values_[i].begin(), values_[i].end(), [&](double a, double b) {
          const double wanted = shares[i] * extreme(i);
          return std::abs(a - wanted) < std::abs(b - wanted);
        });
        point[i] = static_cast<int>(nearest - values_[i].begin());
      }
      if (taps(point, scratch)) break;
      for (double& share : shares) share *= 0.8;
    }
    return point;
  }
  // A quarter of the longest axis.
  int large_step() const {
    int step = 1;
    for (std::size_t i = 0; i < axes(); ++i) step = std::max(step, size(i) / 4);
    return step;
  }

 private:
  double extreme(std::size_t axis) const {
    const auto& v = values_[axis];
    return *std::max_element(v.begin(), v.end(),
                             [](double a, double b) { return std::abs(a) < std::abs(b); });
  }
  std::vector<std::vector<double>> values_;
  std::size_t pre_;
  double smallest_main_;
};

struct Found {
  double error = unbounded_error;
  Point point;
};

// The best of every fourth instant, and from there downhill in steps that halve.
ComInstant search_instants(ComFfeCandidates& candidates, std::ptrdiff_t peak) {
  const std::ptrdiff_t half = candidates.samples_per_symbol() / 2;
  constexpr std::ptrdiff_t stride = 4;
  ComInstant best{peak, unbounded_error};
  const auto improve = [&](std::ptrdiff_t instant) {
    if (instant < peak - half || instant >= peak + half) return;
    if (const double error = candidates.error_at(instant); error < best.error) best = {instant, error};
  };
  for (std::ptrdiff_t instant = peak - half; instant < peak + half; instant += stride) improve(instant);
  for (std::ptrdiff_t step = stride / 2; step >= 1; step /= 2) {
    const std::ptrdiff_t centre = best.instant;
    improve(centre - step);
    improve(centre + step);
  }
  return best;
}

class GridDescent {
 public:
  GridDescent(const TransmitGrid& grid, ComFfeCandidates& candidates)
      : grid_(grid), candidates_(candidates) {}

  // Steps begin at `step` places of the grid and halve.
  Found from(const Point& start, int step) {
    Found best;
    best.point = start;
    if (!improve(start, best)) return best;
    for (; step >= 1; step /= 2)
      while (move(best, step)) {
      }
    return best;
  }

 private:
  // Replaces `best` if the point has less error.
  bool improve(const Point& point, Found& best) {
    if (!grid_.taps(point, taps_)) return false;
    const double error = search_instants(candidates_, candidates_.choose(taps_)).error;
    if (!(error < best.error)) return false;
    best = {error, point};
    return true;
  }
  // One axis at a time; where that leads no further, two at a time.
  bool move(Found& best, int step) {
    bool moved = false;
    for (std::size_t i = 0; i < grid_.axes(); ++i)
      for (const int by : {-step, step}) {
        Point next = best.point;
        next[i] += by;
        moved = improve(next, best) || moved;
      }
    if (moved) return true;
    for (std::size_t i = 0; i < grid_.axes(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        for (const int first : {-step, step})
          for (const int second : {-step, step}) {
            Point next = best.point;
            next[i] += first;
            next[j] += second;
            moved = improve(next, best) || moved;
          }
    return moved;
  }

  const TransmitGrid& grid_;
  ComFfeCandidates& candidates_;
  std::vector<double> taps_;
};

struct Best {
  double error = unbounded_error;
  std::vector<double> taps;
};

constexpr double close_db = 0.2;
constexpr std::size_t most_close = 8;

// The indices of the least errors, within close_db of the least and no more than most_close.
std::vector<std::size_t> closest(const std::vector<Best>& best) {
  std::vector<std::size_t> order(best.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return best[a].error < best[b].error; });
  const double limit = best[order.front()].error * std::pow(10.0, close_db / 10.0);
  std::size_t count = 0;
  while (count < std::min(most_close, order.size()) && best[order[count]].error <= limit) ++count;
  order.resize(count);
  return order;
}

// Counts through places all over the grid: every share is 0 or a half.
bool next_shares(std::vector<double>& shares) {
  for (double& share : shares) {
    share = 0.5 - share;
    if (share > 0.0) return true;
  }
  return false;
}

}  // namespace

ComInstant best_instant(ComFfeCandidates& candidates, std::span<const double> taps) {
  const std::ptrdiff_t peak = candidates.choose(taps), half = candidates.samples_per_symbol() / 2;
  ComInstant best{peak, unbounded_error};
  for (std::ptrdiff_t instant = peak - half; instant < peak + half; ++instant)
    if (const double error = candidates.error_at(instant); error < best.error) best = {instant, error};
  return best;
}

ComSearchResult search_receiver_ffe(const ComSheet& sheet, const ComPulses& pulses,
                                    std::span<const CtleProducts> receiver_noise, int threads,
                                    ComSearchWay way) {
  const std::vector<ComGains> gains = gain_grid(sheet);
  const TransmitGrid grid(sheet.transmitter);
  std::vector<std::vector<double>> all;
  if (way == ComSearchWay::exhaustive) all = transmit_grid(sheet);
  std::vector<Best> best(gains.size());
  const auto keep = [&](const Found& found, Best& kept) {
    if (!(found.error < kept.error)) return;
    kept.error = found.error;
    grid.taps(found.point, kept.taps);
  };
  parallel_for(static_cast<int>(gains.size()), threads, [&](int index) {
    const auto i = static_cast<std::size_t>(index);
    const CtleFactors factors = ctle_factors(gains[i].dc_gain_db, gains[i].dc_gain_low_db);
    ComFfeCandidates candidates(sheet, pulses, factors, receiver_noise);
    if (way == ComSearchWay::exhaustive) {
      for (const std::vector<double>& taps : all)
        if (const double error = best_instant(candidates, taps).error; error < best[i].error)
          best[i] = {error, taps};
      return;
    }
    GridDescent descent(grid, candidates);
    for (const double share : {0.0, 0.5})
      keep(descent.from(grid.start(std::vector(grid.axes(), share)), grid.large_step()), best[i]);
  });
  if (way == ComSearchWay::descent) {
    // Once more from many places, for the settings of the CTLE that came close.
    const std::vector<std::size_t> close = closest(best);
    parallel_for(static_cast<int>(close.size()), threads, [&](int index) {
      const std::size_t i = close[static_cast<std::size_t>(index)];
      const CtleFactors factors = ctle_factors(gains[i].dc_gain_db, gains[i].dc_gain_low_db);
      ComFfeCandidates candidates(sheet, pulses, factors, receiver_noise);
      GridDescent descent(grid, candidates);
      std::vector<double> shares(grid.axes(), 0.0);
      do {
        for (const int step : {1, 3}) keep(descent.from(grid.start(shares), step), best[i]);
      } while (next_shares(shares));
    });
  }
  const auto least = std::min_element(best.begin(), best.end(),
                                      [](const Best& a, const Best& b) { return a.error < b.error; });
  if (!(least->error < unbounded_error)) throw Error("no equaliser setting of the sheet opens the eye");
  const ComGains& chosen = gains[static_cast<std::size_t>(least - best.begin())];
  const double ideal = sheet.signal.level_mismatch / (sheet.signal.levels - 1);
  ComSearchResult result;
  result.grid = static_cast<std::int64_t>(gains.size()) * transmit_grid_size(sheet);
  result.setting = {chosen.dc_gain_db, chosen.dc_gain_low_db, least->taps};
  result.figure_of_merit = ideal * ideal / (symbol_power(sheet.signal.levels) * least->error);
  return result;
}

}  // namespace waverack::compliance
