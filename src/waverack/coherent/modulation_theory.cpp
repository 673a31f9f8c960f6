#include "waverack/coherent/modulation_theory.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <cstddef>
#include <functional>
#include <numbers>
#include <vector>

#include "waverack/base/decibel.hpp"
#include "waverack/base/error.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/coherent/constellation.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::coherent {

namespace {

using std::numbers::pi;
using Point = std::complex<double>;

// ----- error ratios -----

double cross(Point a, Point b) { return a.real() * b.imag() - a.imag() * b.real(); }

// The part of a convex polygon where z is at least as near to `own` as to `other`.
std::vector<Point> clip(const std::vector<Point>& polygon, Point own, Point other) {
  const Point across = other - own, middle = 0.5 * (own + other);
  const auto beyond = [&](Point z) { return std::real((z - middle) * std::conj(across)); };
  std::vector<Point> kept;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i], b = polygon[(i + 1) % polygon.size()];
    const double from = beyond(a), to = beyond(b);
    if (from <= 0.0) kept.push_back(a);
    if ((from < 0.0 && to > 0.0) || (from > 0.0 && to < 0.0))
      kept.push_back(a + (b - a) * (from / (from - to)));
  }
  return kept;
}

// Where a point is the nearest one, counter-clockwise; what is unbounded ends far out.
std::vector<Point> cell(const std::vector<Point>& points, std::size_t own, double far) {
  std::vector<Point> polygon{{-far, -far}, {far, -far}, {far, far}, {-far, far}};
  for (std::size_t other = 0; other < points.size(); ++other)
    if (other != own) polygon = clip(polygon, points[own], points[other]);
  return polygon;
}

constexpr std::size_t edge_nodes = 24;

// Nodes and weights of Gauss and Legendre on −1 … 1, by Newton's method on the recurrence.
template <std::size_t n>
std::array<std::array<double, 2>, n> gauss_legendre() {
  std::array<std::array<double, 2>, n> rule{};
  for (std::size_t i = 0; i < n; ++i) {
    double x = std::cos(pi * (static_cast<double>(i) + 0.75) / (n + 0.5)), slope = 1.0;
    for (int step = 0; step < 8; ++step) {
      double before = 1.0, value = x;
      for (std::size_t k = 2; k <= n; ++k) {
        const auto order = static_cast<double>(k);
        const double next = ((2.0 * order - 1.0) * x * value - (order - 1.0) * before) / order;
        before = value;
        value = next;
      }
      slope = n * (x * value - before) / (x * x - 1.0);
      x -= value / slope;
    }
    rule[i] = {x, 2.0 / ((1.0 - x * x) * slope * slope)};
  }
  return rule;
}

// Probability that complex normal noise around `sent`, of variance 1 in each part, lies in a convex polygon
// that does not hold `sent` (eq. 10): the ray at angle θ leaves exp(−r²/2) beyond its distance r of an edge.
double probability(const std::vector<Point>& polygon, Point sent) {
  static const auto rule = gauss_legendre<edge_nodes>();
  constexpr double reach = 38.0;  // exp(−reach²/2) is 0
  double sum = 0.0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i] - sent, b = polygon[(i + 1) % polygon.size()] - sent;
    const double length = std::abs(b - a);
    if (length == 0.0) continue;
    const double distance = cross(a, b) / length;  // of the line, positive to the left
    if (std::abs(distance) > reach || distance == 0.0) continue;
    // Along the line at distance·sinh u from its foot: θ = atan(sinh u), and the integrand of u is smooth on
    // the scale of 1, or of 1/distance where that is less, however near the line is.
    const Point direction = (b - a) / length;
    const double size = std::abs(distance), widest = std::acosh(reach / size);
    const auto place = [&](Point z) {
      return std::clamp(std::asinh(std::real(z * std::conj(direction)) / size), -widest, widest);
    };
    const double low = place(a), high = place(b);
    const int pieces = 1 + static_cast<int>((high - low) * (1.0 + size) / 2.0);
    const double half = 0.5 * (high - low) / pieces;
    double edge = 0.0;
    for (int piece = 0; piece < pieces; ++piece) {
      const double middle = low + half * (2 * piece + 1);
      for (const auto& [node, weight] : rule) {
        const double stretch = std::cosh(middle + half * node);
        edge += weight * std::exp(-0.5 * size * size * stretch * stretch) / stretch;
      }
    }
    sum -= std::copysign(edge * half, distance);
  }
  return std::max(0.0, sum / (2.0 * pi));
}

double cells_error_ratio(Format format, double snr) {
  const Constellation& all = constellation(format);
  const int bits = bits_per_symbol(format);
  if (snr == 0.0) return 0.5;
  const double scale = std::sqrt(2.0 * snr);  // noise of variance 1 in each part
  std::vector<Point> points;
  for (const Point& point : all.points) points.push_back(scale * point);
  std::vector<std::vector<Point>> cells;
  for (std::size_t i = 0; i < points.size(); ++i) cells.push_back(cell(points, i, 2.0 * scale + 60.0));
  double wrong = 0.0;
  for (std::size_t sent = 0; sent < points.size(); ++sent)
    for (std::size_t chosen = 0; chosen < points.size(); ++chosen)
      if (chosen != sent) wrong += std::popcount(sent ^ chosen) * probability(cells[chosen], points[sent]);
  return wrong / (static_cast<double>(points.size()) * bits);
}

// ----- information -----

double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

// Points of the trapezoidal rule for a mean over normal noise. On analytic functions its error falls faster
// than any power of the step: exp(−2πd/step) for functions analytic to the distance d (L. N. Trefethen, J. A.
// C. Weideman, SIAM Review 56 (2014) 385). The information lost has its poles where −1 = e^L, π over the
// slope of L away from the axis.
struct NormalGrid {
  NormalGrid(double step, double reach) {
    const int side = static_cast<int>(reach / step);
    double sum = 0.0;
    for (int i = -side; i <= side; ++i) {
      z.push_back(i * step);
      weight.push_back(std::exp(-0.5 * z.back() * z.back()));
      sum += weight.back();
    }
    for (double& w : weight) w /= sum;
  }
  std::vector<double> z, weight;
};

// Bits that a bit loses, in nats: ln(1 + e^−L), L in favour of the bit that was sent. `metric[i]`: logarithm
// of the likelihood of point i.
double lost(const std::vector<double>& metric, std::size_t sent, int bit) {
  double best[2] = {-1e300, -1e300}, sum[2] = {0.0, 0.0};
  for (std::size_t i = 0; i < metric.size(); ++i)
    best[i >> bit & 1] = std::max(best[i >> bit & 1], metric[i]);
  for (std::size_t i = 0; i < metric.size(); ++i)
    sum[i >> bit & 1] += std::exp(metric[i] - best[i >> bit & 1]);
  const std::size_t own = sent >> bit & 1;
  return softplus(best[1 - own] - best[own] + std::log(sum[1 - own] / sum[own]));
}

// GMI of one part of a square constellation: levels, labelled by Gray, in real noise.
double gmi_of_levels(const std::vector<double>& levels, const std::vector<std::size_t>& labels, int bits,
                     double deviation) {
  // The slope of L is at most the distance of the outer levels over σ.
  const double steepest = (levels.back() - levels.front()) / deviation;
  const NormalGrid grid(std::clamp(0.6 / (1.0 + steepest), 0.005, 0.2), 9.0);
  std::vector<double> metric(levels.size());
  double loss = 0.0;
  for (std::size_t sent = 0; sent < levels.size(); ++sent)
    for (std::size_t i = 0; i < grid.z.size(); ++i) {
      for (std::size_t k = 0; k < levels.size(); ++k) {
        const double distance = (levels[sent] - levels[k]) / deviation + grid.z[i];
        metric[labels[k]] = -0.5 * distance * distance;
      }
      double bits_lost = 0.0;
      for (int bit = 0; bit < bits; ++bit) bits_lost += lost(metric, labels[sent], bit);
      loss += grid.weight[i] * bits_lost;
    }
  return bits - loss / (static_cast<double>(levels.size()) * std::numbers::ln2);
}

// Of 8QAM: a turn by 90° permutes and complements bits, so one point of each ring stands for four.
double gmi_of_star(const Constellation& all, double snr) {
  const int bits = bits_per_symbol(all.format);
  const double scale = std::sqrt(2.0 * snr);
  const NormalGrid grid(0.22, 7.5);
  std::vector<double> metric(all.points.size());
  double loss = 0.0;
  for (const std::size_t sent : {0U, 4U})
    for (std::size_t i = 0; i < grid.z.size(); ++i)
      for (std::size_t j = 0; j < grid.z.size(); ++j) {
        if (grid.weight[i] * grid.weight[j] < 1e-15) continue;
        const Point noise(grid.z[i], grid.z[j]);
        for (std::size_t k = 0; k < metric.size(); ++k)
          metric[k] = -0.5 * std::norm(scale * (all.points[sent] - all.points[k]) + noise);
        double bits_lost = 0.0;
        for (int bit = 0; bit < bits; ++bit) bits_lost += lost(metric, sent, bit);
        loss += grid.weight[i] * grid.weight[j] * bits_lost;
      }
  return bits - loss / (2.0 * std::numbers::ln2);
}

// The x where a falling function is `value`: false position with the Illinois rule (M. Dowell, P. Jarratt,
// BIT 11 (1971) 168), which halves an end that stays.
double solve_falling(const std::function<double(double)>& f, double value, double low, double high) {
  double f_low = f(low) - value, f_high = f(high) - value;
  int kept = 0;  // −1: low, 1: high
  for (int i = 0; i < 200 && high - low > 1e-11; ++i) {
    const double x = (low * f_high - high * f_low) / (f_high - f_low);
    const double fx = f(x) - value;
    if (fx == 0.0) return x;
    if (fx > 0.0) {
      if (std::abs(x - low) < 1e-11) return x;
      low = x;
      f_low = fx;
      if (kept == 1) f_high *= 0.5;
      kept = 1;
    } else {
      if (std::abs(high - x) < 1e-11) return x;
      high = x;
      f_high = fx;
      if (kept == -1) f_low *= 0.5;
      kept = -1;
    }
  }
  return 0.5 * (low + high);
}

}  // namespace

double bit_error_ratio_of_cells(Format format, double snr) { return cells_error_ratio(format, snr); }

double bit_error_ratio(Format format, double snr) {
  switch (format) {
    case Format::qpsk:
      return signal::q_function(std::sqrt(snr));
    case Format::qam8:
      return cells_error_ratio(format, snr);
    case Format::qam16:
      break;
  }
  const double a = std::sqrt(0.2 * snr);  // half the distance of levels over σ
  return 0.75 * signal::q_function(a) + 0.5 * signal::q_function(3.0 * a) -
         0.25 * signal::q_function(5.0 * a);
}

double gmi(Format format, double snr) {
  if (snr <= 0.0) return 0.0;
  const Constellation& all = constellation(format);
  const double deviation = std::sqrt(0.5 / snr);
  switch (format) {
    case Format::qpsk:
      return 2.0 * gmi_of_levels(all.levels, {0, 1}, 1, deviation);
    case Format::qam8:
      return gmi_of_star(all, snr);
    case Format::qam16:
      break;
  }
  return 2.0 * gmi_of_levels(all.levels, {0, 1, 3, 2}, 2, deviation);
}

double ngmi(Format format, double snr) { return gmi(format, snr) / bits_per_symbol(format); }

double required_snr(Format format, double ratio) {
  if (!(ratio >= 1e-15 && ratio <= 0.4)) throw Error("the bit error ratio must lie in 1e-15 … 0.4");
  const auto log_ratio = [&](double db) { return std::log(bit_error_ratio(format, from_db(db))); };
  return from_db(solve_falling(log_ratio, std::log(ratio), -20.0, 30.0));
}

double snr_of_ngmi(Format format, double value) {
  if (!(value >= 0.01 && value <= 0.99999)) throw Error("the normalised GMI must lie in 0.01 … 0.99999");
  const auto log_loss = [&](double db) {
    return std::log(std::max(1e-300, 1.0 - ngmi(format, from_db(db))));
  };
  return from_db(solve_falling(log_loss, std::log(1.0 - value), -25.0, 22.0));
}

double osnr_constant_db(double frequency) {
  return to_db(1e-3 / (planck_constant * frequency * osnr_bandwidth));
}

double bit_error_ratio(Format format, SnrPair snr) {
  return 0.5 * (bit_error_ratio(format, snr.x) + bit_error_ratio(format, snr.y));
}
double gmi(Format format, SnrPair snr) { return 0.5 * (gmi(format, snr.x) + gmi(format, snr.y)); }
double ngmi(Format format, SnrPair snr) { return gmi(format, snr) / bits_per_symbol(format); }

SnrPair snr_behind_pdl(double snr, double pdl, double angle) {
  const double better = 2.0 * pdl / (1.0 + pdl), worse = 2.0 / (1.0 + pdl);
  const double cosine = std::cos(angle) * std::cos(angle), sine = std::sin(angle) * std::sin(angle);
  return {snr / (cosine / better + sine / worse), snr / (sine / better + cosine / worse)};
}

}  // namespace waverack::coherent
