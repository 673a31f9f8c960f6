#include "waverack/link/decision.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "waverack/dsp/correlation.hpp"
#include "waverack/link/contexts.hpp"
#include "waverack/link/mass_grid.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::link {
namespace {

constexpr int context_symbols = 5;       // cursor and the four neighbours that leak most
constexpr double variance_ratio = 1.03;  // of one cluster of samples
constexpr int largest_cluster_count = 48;

std::vector<double> means_by_level(const DecisionInput& in) {
  std::vector<double> sum(static_cast<std::size_t>(in.levels), 0.0), count(sum);
  for (std::size_t k = 0; k < in.symbols.size(); ++k) {
    sum[in.symbols[k]] += in.value[k];
    count[in.symbols[k]] += 1.0;
  }
  for (std::size_t l = 0; l < sum.size(); ++l) sum[l] /= std::max(count[l], 1.0);
  return sum;
}

// Least squares of y on the level values around the cursor: c[j + before] multiplies symbol k − j.
std::vector<double> regress(std::span<const float> y, std::span<const float> x, int before, int after) {
  const int taps = before + after + 1;
  std::vector<double> correlation(static_cast<std::size_t>(taps));
  for (int lag = 0; lag < taps; ++lag) correlation[lag] = dsp::cyclic_dot(x, x, lag);
  Eigen::MatrixXd a(taps, taps);
  Eigen::VectorXd b(taps);
  for (int i = 0; i < taps; ++i) {
    b(i) = dsp::cyclic_dot(y, x, before - i);
    for (int j = 0; j < taps; ++j) a(i, j) = correlation[std::abs(i - j)];
  }
  a.diagonal().array() += 1e-9 * correlation[0];
  const Eigen::VectorXd c = a.llt().solve(b);
  return {c.data(), c.data() + taps};
}

}  // namespace

DecisionStatistics::DecisionStatistics(const DecisionInput& in)
    : levels_(in.levels),
      precoded_(in.precoded),
      bit_errors_by_eye_(signal::bit_errors_by_eye(in.levels)),
      feedback_(in.feedback),
      feedback_noise_(in.feedback_noise) {
  keep_sequence(in);
  const std::size_t n = in.symbols.size();
  const std::vector<double> rough_means = means_by_level(in);
  const double centre = std::accumulate(rough_means.begin(), rough_means.end(), 0.0) / levels_;
  std::vector<float> x(n), y(n);
  for (std::size_t k = 0; k < n; ++k) {
    x[k] = static_cast<float>(rough_means[in.symbols[k]] - centre);
    y[k] = static_cast<float>(in.value[k] - centre);
  }
  const int limit = static_cast<int>(n / 4);
  const int before = std::min(in.memory_before, limit), after = std::min(in.memory_after, limit);
  std::vector<double> c = regress(y, x, before, after);
  pulse_ = c;
  for (double& value : pulse_) value /= c[before];

  // Near symbols stay in the pattern; the rest is replaced by a density.
  std::vector<int> order(c.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int i, int j) {
    if (i == before || j == before) return i == before && j != before;
    return std::abs(c[i]) > std::abs(c[j]);
  });
  const std::size_t near_count = std::min<std::size_t>(context_symbols, order.size());

  std::vector<float> without_far = y;
  for (std::size_t i = near_count; i < order.size(); ++i) {
    const long lag = order[i] - before;
    const float weight = static_cast<float>(c[order[i]]);
    const long size = static_cast<long>(n), shift = ((lag % size) + size) % size;
    for (long k = 0; k < shift; ++k) without_far[k] -= weight * x[k + size - shift];
    for (long k = shift; k < size; ++k) without_far[k] -= weight * x[k - shift];
  }

  std::vector<double> centred(static_cast<std::size_t>(levels_));
  for (std::size_t l = 0; l < centred.size(); ++l) centred[l] = rough_means[l] - centre;
  std::vector<Near> near;
  for (std::size_t i = 0; i < near_count; ++i) near.push_back({order[i] - before, c[order[i]]});
  const Samples samples = weigh_contexts(in, std::move(without_far), near, centred);

  level_means_.assign(static_cast<std::size_t>(levels_), 0.0);
  double smallest_variance = std::numeric_limits<double>::infinity();
  std::vector<double> low(static_cast<std::size_t>(levels_), std::numeric_limits<double>::infinity()),
      high(static_cast<std::size_t>(levels_), 0.0);
  for (std::size_t k = 0; k < samples.value.size(); ++k) {
    const std::size_t l = samples.level[k];
    level_means_[l] += samples.weight[k] * (samples.value[k] + centre);
    mean_variance_ += samples.weight[k] * samples.variance[k] / levels_;
    smallest_variance = std::min<double>(smallest_variance, samples.variance[k]);
    low[l] = std::min<double>(low[l], samples.variance[k]);
    high[l] = std::max<double>(high[l], samples.variance[k]);
  }
  for (std::size_t k = 0; k < samples.value.size(); ++k) {
    const double d = samples.value[k] + centre - level_means_[samples.level[k]];
    interference_variance_ += samples.weight[k] * d * d / levels_;
  }
  // Where noise has swallowed the eye the distance may be nothing or negative; a fraction of the noise is
  // fine then.
  const double half_distance =
      0.5 * std::abs(level_means_.back() - level_means_.front()) / std::max(levels_ - 1, 1);
  const double deviation = std::sqrt(smallest_variance);
  step_ =
      std::max(std::clamp(deviation / 16.0, half_distance / 512.0, half_distance / 32.0), deviation / 256.0);

  // Far interference: the smallest taps together are noise, each of the others a set of point masses.
  double level_power = 0.0;
  for (const double level : centred) level_power += level * level / levels_;
  double lumped = 0.0;
  std::size_t kept = order.size();
  while (kept > near_count) {
    const double variance = c[order[kept - 1]] * c[order[kept - 1]] * level_power;
    if (lumped + variance > 1e-4 * mean_variance_) break;
    lumped += variance;
    --kept;
  }
  Grid far;
  std::vector<double> points(centred.size());
  for (std::size_t i = near_count; i < kept; ++i) {
    for (std::size_t l = 0; l < points.size(); ++l) points[l] = c[order[i]] * centred[l];
    far = convolve_points(far, step_, points);
    interference_variance_ += c[order[i]] * c[order[i]] * level_power;
  }
  interference_variance_ += lumped;
  for (const CoupledSymbols& aggressor : in.crosstalk) {
    const CoupledDensity added = coupled_density(aggressor, step_, 1e-4 * mean_variance_);
    far = convolve(far, Grid{added.density.origin, added.density.probability});
    lumped += added.gaussian_variance;
  }
  for (const double weight : in.neighbours) {
    for (std::size_t l = 0; l < points.size(); ++l) points[l] = weight * centred[l];
    far = convolve_points(far, step_, points);
    interference_variance_ += weight * weight * level_power;
  }

  const std::vector<Displacement> still(1);
  const std::vector<Displacement>& displacements = in.displacements.empty() ? still : in.displacements;
  double farthest = 0.0;
  for (const Displacement& shift : displacements) farthest = std::max(farthest, std::abs(shift.time));

  clusters_.resize(static_cast<std::size_t>(levels_));
  for (std::size_t l = 0; l < clusters_.size(); ++l) {
    const int count = std::clamp(
        static_cast<int>(std::ceil(std::log(high[l] / std::max(low[l], 1e-300)) / std::log(variance_ratio))),
        1, largest_cluster_count);
    struct Builder {
      double weight = 0.0, variance = 0.0;
      double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
      std::vector<std::size_t> members;
    };
    std::vector<Builder> builders(static_cast<std::size_t>(count));
    const double span = std::log(high[l] / std::max(low[l], 1e-300));
    for (std::size_t k = 0; k < samples.value.size(); ++k) {
      if (samples.level[k] != l) continue;
      const double place = span > 0.0 ? std::log(samples.variance[k] / low[l]) / span : 0.0;
      Builder& b = builders[std::min<std::size_t>(static_cast<std::size_t>(place * count),
                                                  static_cast<std::size_t>(count - 1))];
      const double reach = farthest * std::abs(static_cast<double>(samples.slope[k]));
      b.weight += samples.weight[k];
      b.variance += samples.weight[k] * samples.variance[k];
      b.low = std::min(b.low, samples.value[k] - reach);
      b.high = std::max(b.high, samples.value[k] + reach);
      b.members.push_back(k);
    }
    Grid beats;
    for (const double rho : in.interference) {
      Grid pair;
      pair.mass.assign(1, 0.0);
      std::vector<Grid> parts;
      for (const double other : level_means_) {
        const double amplitude =
            2.0 * rho *
            std::sqrt(std::max((level_means_[l] - in.level_offset) * (other - in.level_offset), 0.0));
        parts.push_back(amplitude > 0.0 ? arcsine(amplitude, step_) : Grid{});
      }
      // The mixture over the interfering symbol.
      double first = 0.0, last = 0.0;
      for (const Grid& part : parts) {
        first = std::min(first, part.origin);
        last = std::max(last, part.origin + static_cast<double>(part.mass.size()) * step_);
      }
      pair.origin = first;
      pair.mass.assign(static_cast<std::size_t>(std::lround((last - first) / step_)) + 1, 0.0);
      for (const Grid& part : parts)
        for (std::size_t i = 0; i < part.mass.size(); ++i)
          pair.mass[static_cast<std::size_t>(std::lround((part.origin - first) / step_)) + i] +=
              part.mass[i] / levels_;
      for (const Grid& part : parts) pair.spread += part.spread / levels_;
      beats = convolve(beats, pair);
    }
    const Grid interference = convolve(far, beats);
    for (const Builder& b : builders) {
      if (b.members.empty()) continue;
      Grid grid;
      grid.origin = b.low - step_;
      grid.mass.assign(static_cast<std::size_t>((b.high - b.low) / step_) + 4, 0.0);
      for (const std::size_t k : b.members)
        for (const Displacement& shift : displacements)
          deposit(grid, step_, samples.value[k] + shift.time * samples.slope[k],
                  shift.probability * samples.weight[k]);
      grid.spread /= b.weight;
      grid = convolve(grid, interference);
      clusters_[l].push_back({b.variance / b.weight, lumped - grid.spread, grid.origin + centre,
                              grid.origin + centre + static_cast<double>(grid.mass.size() - 1) * step_,
                              MassRow(grid.mass), MassRow({grid.mass.rbegin(), grid.mass.rend()})});
    }
  }
}

double DecisionStatistics::Cluster::sigma(double noise_scale) const {
  const double noise = noise_scale * noise_scale * variance;
  return std::sqrt(std::max(noise + fixed, 0.25 * noise));
}

GaussianSum DecisionStatistics::level_at(int level, double threshold, double scale, bool below) const {
  GaussianSum sum;
  for (const Cluster& cluster : clusters_[static_cast<std::size_t>(level)]) {
    const double sigma = cluster.sigma(scale);
    const GaussianSum part =
        below ? gaussian_sum(cluster.downwards, (cluster.highest - threshold) / sigma, step_ / sigma)
              : gaussian_sum(cluster.upwards, (threshold - cluster.lowest) / sigma, step_ / sigma);
    sum.density += part.density / sigma;
    sum.tail += part.tail;
  }
  return sum;
}

DecisionStatistics::Outcome DecisionStatistics::errors(double scale, std::span<const double> start) const {
  Outcome outcome;
  outcome.ber = 0.0;
  for (int eye = 0; eye + 1 < levels_; ++eye) {
    // The best threshold is where both densities are equal. Each falls about as exp(−hazard·x), so the
    // logarithm of their ratio over the sum of the hazards is nearly the way to go; where that leaves the
    // bracket, or a density underflows, the interval is halved.
    double low = level_means_[static_cast<std::size_t>(eye)],
           high = level_means_[static_cast<std::size_t>(eye) + 1];
    double threshold = start.empty() ? 0.5 * (low + high) : start[static_cast<std::size_t>(eye)];
    const double fine = 0.05 * step_;
    GaussianSum under, over;
    for (int i = 0; i < 60; ++i) {
      under = level_at(eye, threshold, scale, false);
      over = level_at(eye + 1, threshold, scale, true);
      const double value = std::log(under.density / over.density);  // falls with the threshold
      // Beyond its best by this much in the logarithm, a threshold adds 1e-5 of the errors.
      if (std::isnan(value) || std::abs(value) < 0.01 || high - low < fine)
        break;  // not a number: both underflow
      (value > 0.0 ? low : high) = threshold;
      const double next = threshold + value / (under.density / under.tail + over.density / over.tail);
      threshold = next > low && next < high && i % 8 != 7 ? next : 0.5 * (low + high);
    }
    const double ber = (under.tail + over.tail) * bit_errors_by_eye_[static_cast<std::size_t>(eye)];
    outcome.thresholds.push_back(threshold);
    outcome.ber_by_eye.push_back(ber);
    outcome.ber += ber;
  }
  if (!sequence_.postcursors.empty()) {
    // The eyes are those that correct decisions would leave; together they err as often as the detector.
    const SequenceErrors sequence = sequence_errors(sequence_, scale);
    const double ber = precoded_ ? sequence.precoded_ber : sequence.ber;
    for (double& eye : outcome.ber_by_eye) eye *= outcome.ber > 0.0 ? ber / outcome.ber : 0.0;
    outcome.ber = ber;
    outcome.errors_per_event = sequence.errors_per_event;
  } else if (precoded_ || !feedback_.empty()) {
    // So far every error is the first of its event.
    const EventErrors event = errors_of_event(feedback_, carried_noise(scale), levels_, [&](double shift) {
      return chance_at(shift, scale, outcome.thresholds);
    });
    const double bits = precoded_ ? event.precoded_bits : event.symbols;
    outcome.errors_per_event = event.symbols;
    outcome.ber *= bits;
    for (double& eye : outcome.ber_by_eye) eye *= bits;
  }
  return outcome;
}

void DecisionStatistics::keep_sequence(const DecisionInput& in) {
  sequence_.postcursors = in.postcursors;
  if (in.postcursors.empty()) return;
  sequence_.noise_autocorrelation = in.noise_autocorrelation;
  sequence_.levels = levels_;
  sequence_.symbols.assign(in.symbols.begin(), in.symbols.end());
  sequence_.variance.assign(in.variance.begin(), in.variance.end());
  sequence_.fixed.resize(in.symbols.size(), 0.0f);
  double displaced = 0.0;
  for (const Displacement& shift : in.displacements) displaced += shift.probability * shift.time * shift.time;
  double beats = 0.0;
  for (const double rho : in.interference) beats += 2.0 * rho * rho;
  const double dark = in.level_offset;
  const std::vector<double> targets = signal::pam_levels(levels_);
  double crosstalk = 0.0;
  for (const double weight :
       in.neighbours)  // equally spaced levels −1 … 1 have the mean square (M + 1)/(3(M − 1))
    crosstalk += weight * weight * (levels_ + 1.0) / (3.0 * (levels_ - 1.0));
  for (const CoupledSymbols& coupled : in.crosstalk) {
    double power = 0.0, cursors = 0.0;
    for (const double level : coupled.levels)
      power += level * level / static_cast<double>(coupled.levels.size());
    for (const auto& phase : coupled.cursors)
      for (const double cursor : phase)
        cursors += cursor * cursor / static_cast<double>(coupled.cursors.size());
    crosstalk += power * cursors;
  }
  for (std::size_t k = 0; k < in.symbols.size(); ++k) {
    const double target = targets[in.symbols[k]];
    sequence_.residual.push_back(static_cast<float>(in.value[k] - target));
    const double slope = in.slope.empty() ? 0.0 : in.slope[k];
    // Beats of amplitude 2ρ·√(P_a·P_b), P_b on average the middle of the levels.
    const double light = in.interference.empty() ? 0.0 : std::max(target - dark, 0.0) * std::max(-dark, 0.0);
    sequence_.fixed[k] = static_cast<float>(displaced * slope * slope + beats * light + crosstalk);
  }
}

// An error is a value beyond half the distance Δ of levels, Δ + v/Δ on average where it is a Gaussian tail of
// variance v; of what is correlated with it, Gaussian noise keeps R(l)/v.
std::vector<double> DecisionStatistics::carried_noise(double scale) const {
  std::vector<double> carried;
  const double half = 1.0 / (levels_ - 1), own = scale * scale,
               variance = own * mean_variance_ + interference_variance_;
  for (std::size_t lag = 1; lag < feedback_noise_.size(); ++lag)
    carried.push_back(own * feedback_noise_[lag] / variance * (half + variance / half));
  return carried;
}

ErrorChance DecisionStatistics::chance_at(double shift, double scale,
                                          std::span<const double> thresholds) const {
  ErrorChance chance;
  for (int level = 0; level < levels_; ++level) {
    if (level + 1 < levels_)
      chance.high += level_at(level, thresholds[level] - shift, scale, false).tail / levels_;
    if (level > 0) chance.low += level_at(level, thresholds[level - 1] - shift, scale, true).tail / levels_;
  }
  return chance;
}

double DecisionStatistics::noise_scale_at(double ber) const {
  // Without interference Q⁻¹(BER) is proportional to 1/scale; with it, nearly so. So the scale follows from
  // the last ratio of both, kept inside the bracket that the evaluations leave.
  const double wanted = signal::inverse_q(ber);
  const double limit = std::log(1e3);
  double low = -limit, high = limit, at = 0.0;
  std::vector<double> thresholds;
  for (int i = 0; i < 60 && high - low > 1e-6; ++i) {
    const Outcome outcome = errors(std::exp(at), thresholds);
    thresholds = outcome.thresholds;
    if (std::abs(std::log10(std::max(outcome.ber, 1e-300) / ber)) < 1e-4) return std::exp(at);
    (outcome.ber > ber ? high : low) = at;
    const double reached = signal::inverse_q(std::clamp(outcome.ber, 1e-300, 0.499));
    const double next = reached > 0.0 && wanted > 0.0 ? at + std::log(reached / wanted)
                                                      : at + (outcome.ber > ber ? -1.0 : 1.0);
    at = next > low && next < high && i < 8 ? next : 0.5 * (low + high);
  }
  return low == -limit || high == limit ? std::numeric_limits<double>::quiet_NaN() : std::exp(at);
}

}  // namespace waverack::link
