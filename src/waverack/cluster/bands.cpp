#include "waverack/cluster/bands.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>

#include "waverack/base/low_discrepancy.hpp"
#include "waverack/base/parallel.hpp"

namespace waverack::cluster {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t sobol_source = 0x62616e00, order_source = 0x62616e01, place_source = 0x62616e02;

// Rows of numbers, one for each call of the model or each sample.
class Rows {
 public:
  Rows(std::size_t count, std::size_t width) : width_(width), numbers_(count * width) {}
  std::span<double> operator[](std::size_t row) { return {numbers_.data() + row * width_, width_}; }
  std::span<const double> operator[](std::size_t row) const {
    return {numbers_.data() + row * width_, width_};
  }

 private:
  std::size_t width_;
  std::vector<double> numbers_;
};

std::vector<std::size_t> inputs_with_range(std::span<const UncertainInput> inputs) {
  std::vector<std::size_t> varied;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (inputs[i].range.low < inputs[i].range.high) varied.push_back(i);
  return varied;
}

double swing(const Swing& s) { return std::abs(s.at_high - s.at_low); }

// Largest first; those without a value last.
bool moves_more(const Swing& a, const Swing& b) {
  const double x = std::isnan(swing(a)) ? -1.0 : swing(a), y = std::isnan(swing(b)) ? -1.0 : swing(b);
  return x > y;
}

// The inputs with a range, that first which has the largest share in the largest swing of some output.
std::vector<std::size_t> by_importance(const std::vector<std::size_t>& varied, std::size_t all_inputs,
                                       const std::vector<Band>& bands) {
  std::vector<double> importance(all_inputs, 0.0);
  for (const Band& band : bands) {
    double largest = 0.0;
    for (const Swing& s : band.tornado)
      if (swing(s) > largest) largest = swing(s);
    if (!(largest > 0.0)) continue;
    for (const Swing& s : band.tornado)
      if (swing(s) > importance[s.input] * largest) importance[s.input] = swing(s) / largest;
  }
  std::vector<std::size_t> order = varied;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return importance[a] > importance[b]; });
  return order;
}

// Where in the unit cube the samples lie.
class Draws {
 public:
  Draws(std::span<const UncertainInput> inputs, std::vector<std::size_t> order, const BandOptions& options)
      : inputs_(inputs),
        order_(std::move(order)),
        samples_(static_cast<std::uint32_t>(options.samples)),
        seed_(options.seed) {
    const std::size_t even = std::min(order_.size(), std::size_t{most_sobol_dimensions});
    if (even > 0) points_.emplace(static_cast<int>(even), Stream{seed_, sobol_source, 0, 0});
  }

  void fill(std::uint32_t sample, std::span<double> out) const {
    for (std::size_t i = 0; i < inputs_.size(); ++i) out[i] = inputs_[i].range.value;
    for (std::size_t d = 0; d < order_.size(); ++d)
      out[order_[d]] = quantile(inputs_[order_[d]].range, coordinate(sample, d));
  }

 private:
  double coordinate(std::uint32_t sample, std::size_t dimension) const {
    if (dimension < std::size_t{most_sobol_dimensions})
      return points_->at(sample, static_cast<int>(dimension));
    const auto lane = static_cast<std::uint32_t>(dimension);
    double place = 0.0;
    fill_uniform({seed_, place_source, lane, 0}, std::span(&place, 1), sample);
    return (shuffled(sample, samples_, {seed_, order_source, lane, 0}) + place) / samples_;
  }

  std::span<const UncertainInput> inputs_;
  std::vector<std::size_t> order_;
  std::uint32_t samples_;
  std::uint64_t seed_;
  std::optional<SobolPoints> points_;
};

double quantile_of(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

// Square of the correlation of an input with an output over the samples in which the output has a value.
double linear_share(const Rows& draws, const Rows& results, std::size_t samples, std::size_t input,
                    std::size_t output) {
  double count = 0.0, mean_x = 0.0, mean_y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
  for (std::size_t s = 0; s < samples; ++s) {
    const double x = draws[s][input], y = results[s][output];
    if (std::isnan(y)) continue;
    count += 1.0;
    const double dx = x - mean_x, dy = y - mean_y;
    mean_x += dx / count;
    mean_y += dy / count;
    xx += dx * (x - mean_x);
    yy += dy * (y - mean_y);
    xy += dx * (y - mean_y);
  }
  return yy > 0.0 ? xy * xy / (xx * yy) : 0.0;
}

void summarise(const Rows& draws, const Rows& results, std::size_t samples, std::size_t output, Band& band) {
  std::vector<double> values;
  for (std::size_t s = 0; s < samples; ++s)
    if (!std::isnan(results[s][output])) values.push_back(results[s][output]);
  band.samples = static_cast<int>(values.size());
  const bool known = values.size() >= 2;
  std::sort(values.begin(), values.end());
  // fmin and fmax leave out a value that is NaN.
  band.low = known ? std::fmin(quantile_of(values, 0.05), band.value) : none;
  band.high = known ? std::fmax(quantile_of(values, 0.95), band.value) : none;
  for (Swing& s : band.tornado)
    s.variance_share = known ? linear_share(draws, results, samples, s.input, output) : none;
  std::stable_sort(band.tornado.begin(), band.tornado.end(), moves_more);
}

}  // namespace

std::vector<Band> bands(std::span<const UncertainInput> inputs, std::size_t outputs, const BandModel& model,
                        const BandOptions& options) {
  if (options.samples < 2) throw std::logic_error("bands: fewer than two samples");
  const std::vector<std::size_t> varied = inputs_with_range(inputs);

  // All inputs at their values, then each alone at its ends.
  Rows alone(1 + 2 * varied.size(), outputs);
  parallel_for(static_cast<int>(1 + 2 * varied.size()), options.threads, [&](int call) {
    std::vector<double> x;
    for (const UncertainInput& input : inputs) x.push_back(input.range.value);
    if (call > 0) {
      const std::size_t moved = varied[static_cast<std::size_t>(call - 1) / 2];
      x[moved] = call % 2 == 1 ? inputs[moved].range.low : inputs[moved].range.high;
    }
    model(x, alone[static_cast<std::size_t>(call)]);
  });
  std::vector<Band> result(outputs);
  for (std::size_t o = 0; o < outputs; ++o) {
    result[o].value = alone[0][o];
    for (std::size_t v = 0; v < varied.size(); ++v)
      result[o].tornado.push_back({varied[v], alone[1 + 2 * v][o], alone[2 + 2 * v][o], none});
  }

  const Draws points(inputs, by_importance(varied, inputs.size(), result), options);
  const auto samples = static_cast<std::size_t>(options.samples);
  Rows draws(samples, inputs.size()), results(samples, outputs);
  parallel_for(options.samples, options.threads, [&](int sample) {
    const auto row = static_cast<std::size_t>(sample);
    points.fill(static_cast<std::uint32_t>(sample), draws[row]);
    model(draws[row], results[row]);
  });
  parallel_for(static_cast<int>(outputs), options.threads, [&](int o) {
    summarise(draws, results, samples, static_cast<std::size_t>(o), result[static_cast<std::size_t>(o)]);
  });
  return result;
}

}  // namespace waverack::cluster
