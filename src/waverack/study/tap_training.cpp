#include "waverack/study/tap_training.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "waverack/link/lane_pattern.hpp"
#include "waverack/link/segment.hpp"

namespace waverack::study {
namespace {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

constexpr std::size_t block = 500;  // symbols of a mean
constexpr double enough = 1.1;      // of the error at the end, which counts as converged

const parts::Receiver* last_receiver(const link::Lane& lane) {
  return lane.chain.empty() ? nullptr : parts::as<parts::Receiver>(lane.chain.back());
}

// The inputs of the rule at each symbol of the pattern without noise: samples as the rule scales them, the
// constant, and the levels fed back.
class Inputs {
 public:
  Inputs(const link::SolvedSegment& solved, int samples_per_symbol)
      : shape_(solved.shape),
        rule_(solved.adaptation->rule),
        waveform_(solved.propagation.at_sampler),
        target_(solved.target),
        sps_(samples_per_symbol),
        phase_(solved.phase) {}

  Eigen::Index size() const { return dsp::tap_count(shape_) + 1 + shape_.feedback; }
  std::size_t symbols() const { return target_.size(); }
  double target(std::size_t k) const { return target_[k % target_.size()]; }
  int forward() const { return dsp::tap_count(shape_); }

  void fill(std::size_t k, Vector& u) const {
    const long length = static_cast<long>(waveform_.size()), spacing = sps_ / shape_.samples_per_symbol;
    const auto symbol = static_cast<long>(k % target_.size());
    const int taps = forward();
    for (int i = 0; i < taps; ++i) {
      const long n = phase_ + symbol * sps_ + (shape_.pre * shape_.samples_per_symbol - i) * spacing;
      u[i] = (waveform_[static_cast<std::size_t>(((n % length) + length) % length)] - rule_.mean) / rule_.rms;
    }
    u[taps] = 1.0;
    const auto count = static_cast<long>(target_.size());
    for (int f = 0; f < shape_.feedback; ++f)
      u[taps + 1 + f] = -target_[static_cast<std::size_t>((symbol - 1 - f + count) % count)];
  }

 private:
  const dsp::EqualiserShape& shape_;
  const dsp::LmsRule& rule_;
  std::span<const float> waveform_, target_;
  int sps_, phase_;
};

}  // namespace

bool has_trainable_receiver(const link::Lane& lane) {
  const parts::Receiver* receiver = last_receiver(lane);
  return receiver && receiver->mlse_memory == 0 && receiver->volterra_second == 0 &&
         receiver->volterra_third == 0 && receiver->ffe_pre + receiver->ffe_post > 0;
}

TapTraining train_taps(const link::Lane& lane, const module::TrainingSettings& settings,
                       const Stream& stream) {
  const link::Plan plan = link::make_plan(lane);
  link::Segment segment = plan.segments.back();
  if (segment.receiver.adaptation_step <= 0.0) segment.receiver.adaptation_step = settings.step;
  TapTraining result;
  result.step = segment.receiver.adaptation_step;
  link::SegmentOptions options;
  options.samples_per_symbol = lane.samples_per_symbol;
  const std::vector<std::uint8_t> symbols =
      link::symbols_of(link::short_pattern(lane.pattern), plan.conditions.levels);
  const link::SolvedSegment solved = link::solve_segment(segment, plan.conditions, symbols, options);
  const Inputs inputs(solved, lane.samples_per_symbol);
  const link::TapAdaptation& adaptation = *solved.adaptation;
  const double mu = adaptation.rule.step, noise = std::sqrt(adaptation.noise_power);
  const Eigen::Index n = inputs.size(), forward = inputs.forward();

  // The correlations of the inputs, noise included, and the best taps.
  Matrix correlation = Matrix::Zero(n, n);
  Vector cross = Vector::Zero(n), u(n);
  double power = 0.0;
  const auto count = static_cast<double>(inputs.symbols());
  for (std::size_t k = 0; k < inputs.symbols(); ++k) {
    inputs.fill(k, u);
    correlation.selfadjointView<Eigen::Lower>().rankUpdate(u, 1.0 / count);
    cross += u * (inputs.target(k) / count);
    power += inputs.target(k) * inputs.target(k) / count;
  }
  correlation = Matrix(correlation.selfadjointView<Eigen::Lower>());
  for (Eigen::Index i = 0; i < forward; ++i) correlation(i, i) += adaptation.noise_power;
  const Vector best = correlation.ldlt().solve(cross);
  result.taps = static_cast<int>(n);
  result.least_error = power - cross.dot(best);
  const Eigen::SelfAdjointEigenSolver<Matrix> modes(correlation);
  result.slowest = 1.0 / (2.0 * mu * modes.eigenvalues()[0]);
  result.fastest = 1.0 / (2.0 * mu * modes.eigenvalues()[n - 1]);
  result.expected_misadjustment = adaptation.misadjustment;

  // From the cursor alone, with the gain that fits the levels.
  Vector taps = Vector::Zero(n);
  const Eigen::Index cursor = solved.shape.pre * solved.shape.samples_per_symbol;
  taps[cursor] = cross[cursor] / correlation(cursor, cursor);
  const Vector away = modes.eigenvectors().transpose() * (taps - best);

  std::vector<double> normals(static_cast<std::size_t>(forward)), fresh;
  const auto blocks = static_cast<std::size_t>(settings.symbols) / block;
  const auto per_symbol = static_cast<std::size_t>(solved.shape.samples_per_symbol);
  // One sample of noise belongs to one sample of the record: what moves along the taps moves with it.
  fresh.resize(per_symbol);
  fill_normal(stream, normals);
  std::uint64_t drawn = normals.size();
  for (std::size_t b = 0; b < blocks; ++b) {
    double sum = 0.0;
    for (std::size_t k = b * block; k < (b + 1) * block; ++k) {
      inputs.fill(k, u);
      std::shift_right(normals.begin(), normals.end(), static_cast<std::ptrdiff_t>(per_symbol));
      fill_normal(stream, fresh, drawn);
      drawn += per_symbol;
      std::copy(fresh.begin(), fresh.end(), normals.begin());
      for (Eigen::Index i = 0; i < forward; ++i) u[i] += noise * normals[static_cast<std::size_t>(i)];
      const double error = inputs.target(k) - taps.dot(u);
      taps += mu * error * u;
      sum += error * error;
    }
    const double middle = (static_cast<double>(b) + 0.5) * block;
    // Each mode forgets where it began, and gathers noise of its own.
    double excess = 0.0;
    for (Eigen::Index i = 0; i < n; ++i) {
      const double lambda = modes.eigenvalues()[i];
      excess += lambda * away[i] * away[i] * std::exp(2.0 * middle * std::log1p(-mu * lambda));
    }
    result.symbol.push_back(middle);
    result.error.push_back(sum / block);
    result.expected.push_back(result.least_error * (1.0 + adaptation.misadjustment) + excess);
  }
  if (blocks < 2) return result;
  double tail = 0.0;
  for (std::size_t b = blocks / 2; b < blocks; ++b) tail += result.error[b];
  tail /= static_cast<double>(blocks - blocks / 2);
  result.misadjustment = tail / result.least_error - 1.0;
  // Smoothed over ten blocks, so that a single one that is noisy does not count.
  std::size_t last = 0;
  constexpr std::size_t smooth = 10;
  for (std::size_t b = 0; b + smooth <= blocks; ++b) {
    double mean = 0.0;
    for (std::size_t i = b; i < b + smooth; ++i) mean += result.error[i] / smooth;
    if (mean > enough * tail) last = b + smooth;
  }
  result.symbols_to_converge = static_cast<double>(last * block);
  result.converged = last < blocks / 2;
  return result;
}

}  // namespace waverack::study
