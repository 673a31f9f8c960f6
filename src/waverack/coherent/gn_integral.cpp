#include "waverack/coherent/gn_integral.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "waverack/base/error.hpp"
#include "waverack/coherent/nonlinear_spans.hpp"
#include "waverack/coherent/quadrature.hpp"
#include "waverack/coherent/spectra.hpp"

namespace waverack::coherent {

namespace {

// w(y) over x = 2√y/(1 + r) in (0, 1), for a raised cosine: w + 2 c·ln x is smooth, where c is the weight of
// the origin, and lies in a table.
class Weight {
 public:
  explicit Weight(double roll_off) : roll_off_(roll_off) {
    if (roll_off == 0.0) return;
    nodes_ = gauss_nodes(24);
    few_ = gauss_nodes(6);
    origin_ = overlap(0.0, 0.0);
    table_.resize(cells + 2);
    for (std::size_t i = 0; i < table_.size(); ++i) {
      const double x = std::max(static_cast<double>(i), 0.02) / cells;
      table_[i] = along(x) + 2.0 * origin_ * std::log(x);
    }
  }

  double operator()(double x) const {
    if (x >= 1.0) return 0.0;
    if (roll_off_ == 0.0) return 2.0 * (std::acosh(1.0 / x) - std::sqrt((1.0 - x) * (1.0 + x)));
    const double place = x * cells;
    const std::size_t i = std::clamp<std::size_t>(static_cast<std::size_t>(place), 1, cells - 2);
    const double t = place - static_cast<double>(i);
    const double a = table_[i - 1], b = table_[i], c = table_[i + 1], d = table_[i + 2];
    const double smooth =
        b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)));
    return std::max(smooth - 2.0 * origin_ * std::log(x), 0.0);
  }

 private:
  static constexpr std::size_t cells = 96;

  // ∫ S(u) S(u + a) S(u + b) S(u + a + b) du, a, b ≥ 0, cut where a factor turns.
  double overlap(double a, double b) const {
    const double outer = 0.5 * (1.0 + roll_off_), inner = 0.5 * (1.0 - roll_off_);
    const double low = -outer, high = outer - a - b;
    if (high <= low) return 0.0;
    std::vector<double> cuts{low, high};
    for (const double shift : {0.0, a, b, a + b})
      for (const double edge : {-outer, -inner, inner, outer})
        if (edge - shift > low && edge - shift < high) cuts.push_back(edge - shift);
    std::sort(cuts.begin(), cuts.end());
    double sum = 0.0;
    for (std::size_t k = 0; k + 1 < cuts.size(); ++k) {
      const double width = cuts[k + 1] - cuts[k];
      if (width <= 0.0) continue;
      for (std::size_t i = 0; i < few_.at.size(); ++i) {
        const double u = cuts[k] + width * few_.at[i];
        sum += width * few_.weight[i] * raised_cosine(u, roll_off_) * raised_cosine(u + a, roll_off_) *
               raised_cosine(u + b, roll_off_) * raised_cosine(u + a + b, roll_off_);
      }
    }
    return sum;
  }

  // 2∫ overlap(√y e^t, √y e^−t) dt over t > 0.
  double along(double x) const {
    const double root = 0.5 * x * (1.0 + roll_off_);
    if (x >= 1.0) return 0.0;
    const double end = std::acosh(1.0 / x);
    double sum = 0.0;
    for (std::size_t i = 0; i < nodes_.at.size(); ++i) {
      const double t = end * nodes_.at[i];
      sum += end * nodes_.weight[i] * overlap(root * std::exp(t), root * std::exp(-t));
    }
    return 2.0 * sum;
  }

  double roll_off_;
  double origin_ = 0.0;
  GaussNodes nodes_, few_;
  std::vector<double> table_;
};

Integral ratio(const std::vector<NonlinearSpan>& spans, const Channel& channel, const Weight& weight,
               double roll_off, double tolerance) {
  // y = (1 + r)²x²/4: in x the weight is x·ln x near 0.
  const double scale = 0.25 * (1.0 + roll_off) * (1.0 + roll_off);
  const double q =
      4.0 * std::numbers::pi * std::numbers::pi * channel.symbol_rate * channel.symbol_rate * scale;
  const double turns = q * largest_dispersion(spans) / (2.0 * std::numbers::pi);
  const int panels = std::clamp(static_cast<int>(2.0 * turns), 4, 4096);
  const Integral sum = integrate(
      [&](double x) { return std::norm(link_function(spans, q * x * x)) * weight(x) * 2.0 * x * scale; }, 0.0,
      1.0, tolerance, panels);
  const double factor = 64.0 / 27.0 * channel.power * channel.power;
  return {factor * sum.value, factor * sum.error, sum.calls};
}

}  // namespace

NonlinearNoise gn_integral(const Line& line, const GnIntegralOptions& options) {
  const Channel& channel = line.channel;
  if (!(channel.symbol_rate > 0.0)) throw Error("line: the channel's symbol rate is not above 0");
  if (!(channel.roll_off >= 0.0 && channel.roll_off <= 1.0))
    throw Error("line: the channel's roll-off is not 0 to 1");
  const std::vector<NonlinearSpan> spans = nonlinear_spans(line);
  const double roll_off = options.rectangular ? 0.0 : channel.roll_off;
  const Weight weight(roll_off);
  NonlinearNoise noise;
  double alone = 0.0;
  for (NonlinearSpan span : spans) {
    span.dispersion_before = 0.0;  // |µ|² of one span does not depend on it
    noise.self.push_back(ratio({span}, channel, weight, roll_off, options.tolerance).value);
    alone += noise.self.back();
  }
  if (spans.empty()) return noise;
  const Integral whole = ratio(spans, channel, weight, roll_off, options.tolerance);
  noise.coherence = whole.value - alone;
  noise.error = whole.error;
  return noise;
}

}  // namespace waverack::coherent
