#include "waverack/compliance/tap_search.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "waverack/compliance/reference_receiver.hpp"
#include "waverack/compliance/tap_constraints.hpp"

namespace waverack::compliance {
namespace {

using MatrixMap = Eigen::Map<const Eigen::MatrixXd>;
using VectorMap = Eigen::Map<const Eigen::VectorXd>;

MatrixMap matrix_of(const std::vector<double>& columns, Eigen::Index rows) {
  return {columns.data(), rows, static_cast<Eigen::Index>(columns.size()) / rows};
}
VectorMap vector_of(const std::vector<double>& list) {
  return {list.data(), static_cast<Eigen::Index>(list.size())};
}
std::vector<double> listed(const Eigen::MatrixXd& matrix) {
  return {matrix.data(), matrix.data() + matrix.size()};
}

// Limits on the steps q from v: rows·(v + map·q) ≤ bound.
Limits limits_from(const Limits& limits, const Eigen::VectorXd& v, const MatrixMap& map) {
  const MatrixMap rows(limits.rows.data(), static_cast<Eigen::Index>(limits.bound.size()), v.size());
  return {listed(rows * map), listed((vector_of(limits.bound) - rows * v).cwiseMax(0.0))};
}

using Record = Eigen::Map<const Eigen::ArrayXf>;

// The symbols of stretch s of a record, `offset` symbols later.
Record stretch(const WindowSamples& samples, const std::vector<float>& record, long s, long offset) {
  return {record.data() + s * samples.stride() + samples.margin + offset, samples.count};
}

// The record in the middle of each window.
std::array<const std::vector<float>*, 2> middle_records(const WindowSamples& samples) {
  return {&samples.records[0][samples.records[0].size() / 2],
          &samples.records[1][samples.records[1].size() / 2]};
}

// How the thresholds move with the taps, and where they would be without any: between the mean levels of the
// equalised signal, or fixed to the average power.
struct ThresholdRule {
  ThresholdPlaces fixed{};
  Eigen::MatrixXd middles;  // (taps, 3)
};

ThresholdRule threshold_rule(const TapQuestion& question) {
  const int taps = question.settings.equaliser.taps;
  ThresholdRule rule{{}, Eigen::MatrixXd::Zero(taps, 3)};
  if (question.settings.thresholds == ThresholdStyle::average_power) {
    rule.fixed = {-1.0 / 3.0, 0.0, 1.0 / 3.0};
    return rule;
  }
  const WindowSamples& samples = question.samples;
  Eigen::MatrixXd means = Eigen::MatrixXd::Zero(taps, 4);
  std::array<double, 4> counts{};
  for (const std::vector<float>* record : middle_records(samples))
    for (long s = 0; s < samples.stretches; ++s)
      for (long k = 0; k < samples.count; ++k) {
        const std::uint8_t symbol = samples.symbols[static_cast<std::size_t>(s * samples.count + k)];
        ++counts[symbol];
        const float* x = record->data() + s * samples.stride() + samples.margin + k + question.main;
        for (int i = 0; i < taps; ++i) means(i, symbol) += static_cast<double>(x[-i]);
      }
  for (int level = 0; level < 4; ++level)
    means.col(level) /= std::max(1.0, counts[static_cast<std::size_t>(level)]);
  rule.middles = 0.5 * (means.leftCols(3) + means.rightCols(3));
  return rule;
}

TapAnswer evaluate(const TapQuestion& question, const ThresholdRule& rule, std::vector<double> taps,
                   const std::array<double, 3>& shifts, const std::array<double, 2>& guess) {
  TapAnswer answer;
  answer.taps = std::move(taps);
  answer.shifts = shifts;
  const Eigen::Map<const Eigen::VectorXd> w(answer.taps.data(),
                                            static_cast<Eigen::Index>(answer.taps.size()));
  const Eigen::Vector3d middle = rule.middles.transpose() * w;
  for (std::size_t n = 0; n < 3; ++n)
    answer.thresholds[n] = rule.fixed[n] + middle(static_cast<Eigen::Index>(n)) + shifts[n];
  answer.noise_enhancement = noise_enhancement(answer.taps, question.noise_autocorrelation);
  for (std::size_t window = 0; window < 2; ++window) {
    answer.windows[window] = equalise_window(question.samples, static_cast<int>(window), answer.taps,
                                             question.main, question.settings.counting);
    answer.noise[window] = allowed_noise(answer.windows[window], answer.thresholds,
                                         question.settings.target_ser, guess[window], question.normal);
  }
  return answer;
}

Eigen::MatrixXd noise_matrix(const TapQuestion& question) {
  const int taps = question.settings.equaliser.taps;
  Eigen::MatrixXd r(taps, taps);
  for (int i = 0; i < taps; ++i)
    for (int j = 0; j < taps; ++j)
      r(i, j) = question.noise_autocorrelation[static_cast<std::size_t>(std::abs(i - j))];
  return r;
}

// With so much added to the diagonal that it is positive definite: samples beyond their threshold, in an eye
// that is closed, may have the curvature of a hill (Levenberg, Quarterly of Applied Mathematics 2, 164,
// 1944).
Eigen::MatrixXd convex(Eigen::MatrixXd curvature) {
  if (curvature.size() == 0) return curvature;
  constexpr double first = 1e-3, most = 1e3;
  const double scale = curvature.diagonal().cwiseAbs().mean();
  for (double added = first; added <= most; added *= 10.0) {
    const Eigen::LLT<Eigen::MatrixXd> found(curvature);
    if (found.info() == Eigen::Success && found.rcond() > 1e-12) break;
    curvature.diagonal().array() += added * scale;
  }
  return curvature;
}

double ideal_noise(const TapQuestion& question) {
  return 1.0 / (6.0 * target_q(question.settings.target_ser));
}

}  // namespace

std::vector<double> mean_square_taps(const TapQuestion& question) {
  const int taps = question.settings.equaliser.taps;
  const WindowSamples& samples = question.samples;
  Eigen::ArrayXf target(samples.stretches * samples.count);
  for (Eigen::Index k = 0; k < target.size(); ++k)
    target[k] =
        static_cast<float>(question.pattern.lowest + samples.symbols[static_cast<std::size_t>(k)] / 3.0);
  // The ends of stretches are few: the correlation of taps depends on their distance alone.
  std::vector<double> lags(static_cast<std::size_t>(taps), 0.0);
  Eigen::VectorXd cross = Eigen::VectorXd::Zero(taps);
  const double share = 0.5 / static_cast<double>(target.size());
  for (const std::vector<float>* record : middle_records(samples))
    for (long s = 0; s < samples.stretches; ++s) {
      const Record x = stretch(samples, *record, s, 0);
      for (int l = 0; l < taps; ++l)
        lags[static_cast<std::size_t>(l)] +=
            share * static_cast<double>((x * stretch(samples, *record, s, -l)).sum());
      for (int i = 0; i < taps; ++i)
        cross(i) += share * static_cast<double>((target.segment(s * samples.count, samples.count) *
                                                 stretch(samples, *record, s, question.main - i))
                                                    .sum());
    }
  const double noise = ideal_noise(question);
  Eigen::MatrixXd correlation = noise * noise * noise_matrix(question);
  for (int i = 0; i < taps; ++i)
    for (int j = 0; j < taps; ++j) correlation(i, j) += lags[static_cast<std::size_t>(std::abs(i - j))];

  Eigen::VectorXd w = Eigen::VectorXd::Zero(taps + 3);
  w(question.main) = 1.0;
  const std::vector<double> steps = free_steps(taps, question.main, false);
  const MatrixMap map = matrix_of(steps, taps + 3);
  const Limits limits = limits_from(limits_of(question.settings.equaliser, question.main, 0.0), w, map);
  const Eigen::MatrixXd taps_map = map.topRows(taps);
  const Eigen::VectorXd slope = taps_map.transpose() * (correlation * w.head(taps) - cross);
  const Eigen::MatrixXd curvature = taps_map.transpose() * correlation * taps_map;
  w += map * vector_of(least_step({{0.0}, listed(slope)}, listed(curvature), limits));
  return {w.data(), w.data() + taps};
}

TapAnswer evaluate(const TapQuestion& question, std::vector<double> taps, const std::array<double, 3>& shifts,
                   double guess) {
  return evaluate(question, threshold_rule(question), std::move(taps), shifts, {guess, guess});
}

TapAnswer refined(const TapQuestion& question, TapAnswer start, int steps, double tolerance, long probes) {
  const TdecqSettings& settings = question.settings;
  const int taps = settings.equaliser.taps;
  const bool shifts = settings.threshold_shift > 0.0;
  const ThresholdRule rule = threshold_rule(question);
  const std::vector<double> free = free_steps(taps, question.main, shifts);
  const MatrixMap map = matrix_of(free, taps + 3);
  const Eigen::MatrixXd r = noise_matrix(question);
  const std::vector<double> middles = listed(rule.middles);
  const Limits all_limits = limits_of(settings.equaliser, question.main, settings.threshold_shift);

  TapAnswer best = std::move(start);
  for (int step = 0; step < steps && best.allowed() > 0.0; ++step) {
    Eigen::VectorXd v(taps + 3);
    for (int i = 0; i < taps; ++i) v(i) = best.taps[static_cast<std::size_t>(i)];
    for (int n = 0; n < 3; ++n) v(taps + n) = best.shifts[static_cast<std::size_t>(n)];
    // What is made least is ln(Ceq) − ln(noise). The curvature of ln(Ceq) is taken without its negative part.
    const double ceq2 = best.noise_enhancement * best.noise_enhancement;
    const Eigen::VectorXd enhancement = r * v.head(taps) / ceq2;
    Eigen::Vector2d value;
    Eigen::MatrixXd slope(map.cols(), 2);
    Eigen::MatrixXd curvature = Eigen::MatrixXd::Zero(taps + 3, taps + 3);
    curvature.topLeftCorner(taps, taps) = r / ceq2 - enhancement * enhancement.transpose();
    for (int window = 0; window < 2; ++window) {
      const auto at = static_cast<std::size_t>(window);
      const NoiseDerivatives d =
          noise_derivatives(question.samples, window, best.windows[at], middles, question.main,
                            best.thresholds, best.noise[at], probes, question.normal);
      Eigen::VectorXd gain = vector_of(d.slope);
      gain.head(taps) -= enhancement;
      value(window) = std::log(best.noise_enhancement / best.noise[at]);
      slope.col(window) = -map.transpose() * gain;
      curvature += 0.5 * matrix_of(d.curvature, taps + 3);
    }
    const Eigen::MatrixXd reduced = convex(map.transpose() * curvature * map);
    const std::vector<double> step_list =
        least_step({listed(value), listed(slope)}, listed(reduced), limits_from(all_limits, v, map));
    const VectorMap q = vector_of(step_list);
    if (!q.allFinite()) break;  // an eye that is closed altogether has no slope
    const double now = value.maxCoeff();
    const double promise = now - (value + slope.transpose() * q).maxCoeff() - 0.5 * q.dot(reduced * q);
    if (!(promise >= tolerance)) break;

    const Eigen::VectorXd p = map * q;
    bool better = false;
    for (double length = 1.0; length > 0.1 && !better; length *= 0.5) {
      const Eigen::VectorXd next = v + length * p;
      TapAnswer tried = evaluate(question, rule, {next.data(), next.data() + taps},
                                 {next(taps), next(taps + 1), next(taps + 2)}, best.noise);
      better = tried.allowed() > best.allowed();
      if (better) best = std::move(tried);
    }
    if (!better) break;
  }
  return best;
}

}  // namespace waverack::compliance
