#include "waverack/coherent/egn_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <vector>

#include "waverack/coherent/gn_integral.hpp"
#include "waverack/coherent/gn_model.hpp"
#include "waverack/coherent/link_integral.hpp"
#include "waverack/coherent/nonlinear_spans.hpp"
#include "waverack/coherent/quadrature.hpp"
#include "waverack/coherent/spectra.hpp"

namespace waverack::coherent {

namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

// Where the pulse's spectrum falls from 1 to 0: places v and how much it falls there, Σ fall = 1.
struct Edge {
  std::vector<double> at, fall;
};

Edge falling_edge(double roll_off, int nodes) {
  if (roll_off == 0.0) return {{0.5}, {1.0}};
  Edge edge;
  const GaussNodes gauss = gauss_nodes(nodes);
  for (std::size_t i = 0; i < gauss.at.size(); ++i) {
    edge.at.push_back(0.5 * (1.0 - roll_off) + roll_off * gauss.at[i]);
    edge.fall.push_back(gauss.weight[i] * 0.5 * pi * std::sin(0.5 * pi * gauss.at[i]));
  }
  return edge;
}

// The places u at which the noise is looked at, and their weights in its power behind the matched filter; the
// other half of the band mirrors them.
GaussNodes half_band(double roll_off) {
  const auto add = [](GaussNodes& all, double low, double high, int count, double roll) {
    if (high <= low) return;
    const GaussNodes nodes = gauss_nodes(count);
    for (std::size_t i = 0; i < nodes.at.size(); ++i) {
      const double u = low + (high - low) * nodes.at[i];
      all.at.push_back(u);
      all.weight.push_back(2.0 * (high - low) * nodes.weight[i] * raised_cosine(u, roll));
    }
  };
  GaussNodes all;
  add(all, 0.0, 0.5 * (1.0 - roll_off), 10, roll_off);
  add(all, 0.5 * (1.0 - roll_off), 0.5 * (1.0 + roll_off), 6, roll_off);
  return all;
}

// Frequency differences on both sides of 0, ever closer towards it: `width` is the finest that matters.
struct Differences {
  std::vector<double> at, weight;
};

Differences differences(double width, double largest, double per_e) {
  Differences grid;
  const double end = std::asinh(largest / width);
  const int count = std::max(8, static_cast<int>(std::ceil(per_e * end)));
  const double step = end / count;
  for (int side = -1; side <= 1; side += 2)
    for (int i = 0; i < count; ++i) {
      const double t = (i + 0.5) * step;
      grid.at.push_back(side * width * std::sinh(t));
      grid.weight.push_back(width * std::cosh(t) * step);
    }
  return grid;
}

struct Kappas {
  double pairs = 0.0, conjugate = 0.0, triple = 0.0;  // κ2, κ2', κ3
  Complex own = 0.0;                                  // κ0
};

class SelfTerms {
 public:
  SelfTerms(const std::vector<NonlinearSpan>& spans, const Channel& channel, double roll_off)
      : roll_off_(roll_off),
        scale_(4.0 * pi * pi * channel.symbol_rate * channel.symbol_rate),
        turn_(scale_ * largest_dispersion(spans)),
        link_(spans, scale_, 0.25 * (1.0 + roll_off) * (1.0 + roll_off)),
        edge_(falling_edge(roll_off, std::clamp(static_cast<int>(4.0 + 0.1 * turn_ * roll_off), 6, 24))),
        band_(half_band(roll_off)) {}

  Kappas sums(int points) const {
    Kappas kappas;
    along_one(points, kappas);
    along_sum(points, kappas);
    return kappas;
  }

 private:
  double pulse(double v) const { return root_raised_cosine(v, roll_off_); }

  // ∫ s(v) s(v + a) µ(y(a, v − u)) dv = −1/a ∫ M dp, p the product of the pulses.
  Complex inner(double u, double a) const {
    Complex sum = 0.0;
    for (std::size_t i = 0; i < edge_.at.size(); ++i)
      for (const double side : {-1.0, 1.0}) {
        const double v = side * edge_.at[i];
        if (const double other = pulse(v + a); other > 0.0)
          sum += side * edge_.fall[i] * other * link_.integral(a * (v - u));
        if (const double other = pulse(v - a); other > 0.0)
          sum += side * edge_.fall[i] * other * link_.integral(a * (v - a - u));
      }
    return sum / a;
  }

  void along_one(int points, Kappas& kappas) const {
    const double outer = 1.0 + roll_off_;
    const Differences grid = differences(std::min(0.3, 1.0 / std::max(turn_, 1e-9)), outer, points);
    for (std::size_t k = 0; k < band_.at.size(); ++k) {
      const double u = band_.at[k];
      double square = 0.0;
      Complex amplitude = 0.0;
      for (std::size_t i = 0; i < grid.at.size(); ++i) {
        const double field = pulse(u + grid.at[i]);
        if (field == 0.0) continue;
        const Complex part = inner(u, grid.at[i]);
        square += grid.weight[i] * field * field * std::norm(part);
        amplitude += grid.weight[i] * field * part;
      }
      kappas.pairs += band_.weight[k] * square;
      kappas.triple += band_.weight[k] * std::norm(amplitude);
      kappas.own += band_.weight[k] / pulse(u) * amplitude;
    }
  }

  // For each sum w of two differences the integral over their half difference d, C(d), once for all places u.
  void along_sum(int points, Kappas& kappas) const {
    const double outer = 1.0 + roll_off_, half = 0.5 * outer;
    const int count = std::clamp(static_cast<int>(points * std::sqrt(8.0 + turn_)), 64, 640) / 2;
    std::vector<Complex> sums(static_cast<std::size_t>(count) + 1);
    const double step = half / count;
    for (int n = 0; n < count; ++n) {
      const double w = (n + 0.5) * outer / count;
      sums[0] = 0.0;
      Complex before = link_.value(0.25 * w * w);
      for (int i = 1; i <= count; ++i) {
        const double d = i * step, m = d - 0.5 * step;
        const Complex middle = link_.value(0.25 * w * w - m * m), here = link_.value(0.25 * w * w - d * d);
        sums[static_cast<std::size_t>(i)] =
            sums[static_cast<std::size_t>(i) - 1] + step / 6.0 * (before + 4.0 * middle + here);
        before = here;
      }
      for (std::size_t k = 0; k < band_.at.size(); ++k)
        for (const double side : {-1.0, 1.0}) {
          const double u = band_.at[k];
          const double power = raised_cosine(u + side * w, roll_off_);
          if (power > 0.0)
            kappas.conjugate += band_.weight[k] * power * outer / count *
                                std::norm(across(std::abs(u + 0.5 * side * w), sums, step));
        }
    }
  }

  // ∫ s(c + d) s(c − d) µ dd over all d, c ≥ 0: twice that over d ≥ 0.
  Complex across(double c, const std::vector<Complex>& sums, double step) const {
    const auto at = [&](double d) {
      const double place = std::clamp(d / step, 0.0, static_cast<double>(sums.size() - 1) - 1e-9);
      const auto i = static_cast<std::size_t>(place);
      const double t = place - static_cast<double>(i);
      return (1.0 - t) * sums[i] + t * sums[i + 1];
    };
    Complex sum = 0.0;
    for (std::size_t i = 0; i < edge_.at.size(); ++i) {
      // s(c + d) falls at d = v − c; s(c − d) = s(d − c) at d = v + c, and rises at d = c − v.
      if (const double d = edge_.at[i] - c; d > 0.0) sum += edge_.fall[i] * pulse(c - d) * at(d);
      if (const double d = edge_.at[i] + c; pulse(c + d) > 0.0) sum += edge_.fall[i] * pulse(c + d) * at(d);
      if (const double d = c - edge_.at[i]; d > 0.0) sum -= edge_.fall[i] * pulse(c + d) * at(d);
    }
    return 2.0 * sum;
  }

  double roll_off_, scale_, turn_;
  LinkIntegral link_;
  Edge edge_;
  GaussNodes band_;
};

constexpr int most_nodes = 48;

double neighbour_term(const std::vector<NonlinearSpan>& spans, const Channel& channel, const Channel& other,
                      const std::vector<GaussNodes>& rules, int points) {
  const double offset = other.frequency - channel.frequency;
  const double half = 0.5 * channel.symbol_rate, other_half = 0.5 * other.symbol_rate;
  std::vector<NonlinearSpan> between = spans;
  double dispersion = 0.0;
  for (NonlinearSpan& span : between) {
    span.beta2 += span.beta3 * pi * offset;
    span.dispersion_before = dispersion;
    dispersion += span.beta2 * span.length;
  }
  const double turn = 4.0 * pi * pi * largest_dispersion(between);
  const double width = std::min(0.3 * half, 1.0 / std::max(turn * std::abs(offset), 1e-30));
  // The places a and −a are alike but for the neighbour's edges, which lie |a| apart: taken half at each end.
  const Differences grid = differences(width, half, points / 3.0);
  double sum = 0.0;
  for (std::size_t i = grid.at.size() / 2; i < grid.at.size(); ++i) {
    const double a = grid.at[i];
    const double low = offset - other_half + 0.5 * a, high = offset + other_half - 0.5 * a;
    if (high <= low) break;
    const int count = std::clamp(static_cast<int>(5.0 + 0.3 * turn * a * (high - low)), 5, most_nodes);
    const GaussNodes& rule = rules[static_cast<std::size_t>(count)];
    Complex inner = 0.0;
    for (std::size_t k = 0; k < rule.at.size(); ++k)
      inner += rule.weight[k] * link_function(between, 4.0 * pi * pi * a * (low + (high - low) * rule.at[k]));
    sum += 2.0 * grid.weight[i] * std::norm((high - low) * inner);
  }
  return 80.0 / 81.0 * other.power * other.power / std::pow(other.symbol_rate, 3) * sum;
}

}  // namespace

ExcessMoments excess_moments(std::span<const double> squared_amplitudes) {
  double second = 0.0, fourth = 0.0, sixth = 0.0;
  for (const double power : squared_amplitudes) {
    second += power;
    fourth += power * power;
    sixth += power * power * power;
  }
  const auto count = static_cast<double>(squared_amplitudes.size());
  const double kurtosis = fourth * count / (second * second);
  const double third = sixth * count * count / (second * second * second);
  return {kurtosis - 2.0, third - 9.0 * kurtosis + 12.0};
}

ExcessMoments excess_moments(Format format) {
  switch (format) {
    case Format::qpsk:
      return excess_moments(std::array{1.0});
    case Format::qam8:
      return excess_moments(std::array{1.0, 2.0 + std::numbers::sqrt3});
    case Format::qam16:
      return excess_moments(std::array{2.0, 10.0, 10.0, 18.0});
  }
  return {};
}

ExcessMoments excess_moments(const Channel& channel) {
  return channel.gaussian ? ExcessMoments{} : excess_moments(channel.format);
}

NonlinearNoise egn_noise(const Line& line, const EgnOptions& options) {
  const Channel& channel = line.channel;
  NonlinearNoise noise =
      gn_integral(line, {.rectangular = options.rectangular, .tolerance = options.tolerance});
  const std::vector<NonlinearSpan> spans = nonlinear_spans(line);
  if (spans.empty()) return noise;
  if (const ExcessMoments moments = excess_moments(channel); moments.phi != 0.0 || moments.psi != 0.0) {
    const SelfTerms terms(spans, channel, options.rectangular ? 0.0 : channel.roll_off);
    const auto correction = [&](int points) {
      const Kappas kappas = terms.sums(points);
      return channel.power * channel.power *
             (moments.phi * (80.0 / 81.0 * kappas.pairs + 16.0 / 81.0 * kappas.conjugate) +
              moments.psi * 16.0 / 81.0 * kappas.triple -
              moments.phi * moments.phi * 16.0 / 81.0 * std::norm(kappas.own));
    };
    noise.self_format = correction(options.points);
    noise.error += std::abs(noise.self_format - correction(std::max(4, options.points / 2)));
  }
  if (!options.neighbours || line.neighbours.empty()) return noise;
  noise.neighbours = gn_noise(line).neighbours;
  std::vector<GaussNodes> rules(1);
  for (int count = 1; count <= most_nodes; ++count) rules.push_back(gauss_nodes(count));
  for (const Channel& other : line.neighbours)
    if (const double phi = excess_moments(other).phi; phi != 0.0)
      noise.neighbours_format += phi * neighbour_term(spans, channel, other, rules, options.points);
  return noise;
}

double asymptotic_format_correction(const Line& line, const Channel& neighbour) {
  const double offset = std::abs(neighbour.frequency - line.channel.frequency);
  double sum = 0.0;
  for (const NonlinearSpan& span : nonlinear_spans(line)) {
    const double field = span.gamma * span.power * effective_length(span) * neighbour.power;
    const double turned =
        std::abs(span.beta2 + span.beta3 * pi * (neighbour.frequency - line.channel.frequency));
    sum += field * field / (turned * span.length);
  }
  return excess_moments(neighbour).phi * 80.0 / 81.0 * sum / (2.0 * pi * neighbour.symbol_rate * offset);
}

}  // namespace waverack::coherent
