#include "waverack/dsp/equaliser.hpp"

#include <Eigen/Cholesky>
#include <cassert>
#include <cmath>
#include <numbers>

#include "waverack/dsp/correlation.hpp"

namespace waverack::dsp {
namespace {

// Cyclic index of tap 0 for symbol 0.
long first_sample(const EqualiserShape& shape, int samples_per_ui, int phase, long length) {
  const long index = phase + static_cast<long>(shape.pre) * samples_per_ui;
  return ((index % length) + length) % length;
}

// The polyphase component of the waveform that tap i sees, one value per symbol: contiguous, so that the sums
// below run at the speed of a dot product.
std::vector<float> tap_samples(std::span<const float> waveform, long start, int samples_per_ui,
                               std::size_t symbols) {
  std::vector<float> samples(symbols);
  const long length = static_cast<long>(waveform.size());
  long index = ((start % length) + length) % length;
  for (std::size_t k = 0; k < symbols; ++k) {
    samples[k] = waveform[static_cast<std::size_t>(index)];
    index += samples_per_ui;
    if (index >= length) index -= length;
  }
  return samples;
}

}  // namespace

AdaptationSums adaptation_sums(std::span<const float> waveform, std::span<const float> target,
                               int samples_per_ui, int phase, const EqualiserShape& shape) {
  const int q = shape.samples_per_symbol;
  assert(samples_per_ui % q == 0 &&
         waveform.size() == target.size() * static_cast<std::size_t>(samples_per_ui));
  const int taps = tap_count(shape), step = samples_per_ui / q;
  const std::size_t n = target.size();
  const long start = first_sample(shape, samples_per_ui, phase, static_cast<long>(waveform.size()));

  // Taps a whole symbol apart see the same samples one symbol later, so q polyphase records and the lags
  // between them are all there is.
  std::vector<std::vector<float>> records;
  for (int i = 0; i < q; ++i)
    records.push_back(tap_samples(waveform, start - static_cast<long>(i) * step, samples_per_ui, n));

  AdaptationSums sums;
  sums.correlation.resize(static_cast<std::size_t>(taps) * taps);
  sums.cross.resize(static_cast<std::size_t>(shape.feedback + 1) * taps);
  sums.mean.resize(taps);
  sums.target.resize(shape.feedback + 1);
  const double scale = 1.0 / static_cast<double>(n);
  for (int i = 0; i < taps; ++i) {
    const std::vector<float>& record = records[static_cast<std::size_t>(i % q)];
    sums.mean[i] =
        Eigen::Map<const Eigen::VectorXf>(record.data(), static_cast<long>(n)).cast<double>().mean();
    // record_i at symbol k is records[i % q][k − i / q].
    for (int d = 0; d <= shape.feedback; ++d)
      sums.cross[static_cast<std::size_t>(d) * taps + i] = scale * cyclic_dot(target, record, d - i / q);
    for (int j = 0; j <= i; ++j) {
      double value;
      if (j >= q) {
        value = sums.correlation[static_cast<std::size_t>(i - q) * taps + (j - q)];
      } else {
        value = scale * cyclic_dot(records[static_cast<std::size_t>(j)], record, -(i / q));
      }
      sums.correlation[static_cast<std::size_t>(i) * taps + j] = value;
      sums.correlation[static_cast<std::size_t>(j) * taps + i] = value;
    }
  }
  for (int d = 0; d <= shape.feedback; ++d) sums.target[d] = scale * cyclic_dot(target, target, d);
  sums.target_mean =
      Eigen::Map<const Eigen::VectorXf>(target.data(), static_cast<long>(n)).cast<double>().mean();
  return sums;
}

Equaliser adapt(const AdaptationSums& sums, std::span<const double> noise, const EqualiserShape& shape) {
  const int taps = tap_count(shape), feedback = shape.feedback;
  assert(static_cast<int>(noise.size()) >= taps);
  // Unknowns: forward taps, feedback taps (as −b), bias. The normal equations hold the noise on the forward
  // block.
  const int size = taps + feedback + 1;
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(size, size);
  Eigen::VectorXd b = Eigen::VectorXd::Zero(size);
  for (int i = 0; i < taps; ++i) {
    for (int j = 0; j < taps; ++j)
      a(i, j) = sums.correlation[static_cast<std::size_t>(i) * taps + j] +
                noise[static_cast<std::size_t>(std::abs(i - j))];
    for (int d = 1; d <= feedback; ++d)
      a(i, taps + d - 1) = a(taps + d - 1, i) = sums.cross[static_cast<std::size_t>(d) * taps + i];
    a(i, size - 1) = a(size - 1, i) = sums.mean[i];
    b(i) = sums.cross[i];
  }
  for (int d = 1; d <= feedback; ++d) {
    for (int e = 1; e <= feedback; ++e) a(taps + d - 1, taps + e - 1) = sums.target[std::abs(d - e)];
    a(taps + d - 1, size - 1) = a(size - 1, taps + d - 1) = sums.target_mean;
    b(taps + d - 1) = sums.target[d];
  }
  a(size - 1, size - 1) = 1.0;
  b(size - 1) = sums.target_mean;

  std::vector<double> fixed(static_cast<std::size_t>(size), std::nan(""));
  Eigen::VectorXd solution;
  for (int round = 0; round <= feedback; ++round) {
    std::vector<int> open;
    for (int i = 0; i < size; ++i)
      if (std::isnan(fixed[i])) open.push_back(i);
    const int count = static_cast<int>(open.size());
    Eigen::MatrixXd m(count, count);
    Eigen::VectorXd v(count);
    for (int i = 0; i < count; ++i) {
      v(i) = b(open[i]);
      for (int j = 0; j < size; ++j)
        if (!std::isnan(fixed[j])) v(i) -= a(open[i], j) * fixed[j];
      for (int j = 0; j < count; ++j) m(i, j) = a(open[i], open[j]);
    }
    // The samples and the target differ in unit by many decades (volts against ±1): scale to a unit diagonal.
    const Eigen::VectorXd scale = m.diagonal().cwiseMax(1e-300).cwiseSqrt().cwiseInverse();
    m = scale.asDiagonal() * m * scale.asDiagonal();
    m.diagonal().array() += 1e-12;
    const Eigen::VectorXd x = scale.asDiagonal() * m.ldlt().solve(scale.asDiagonal() * v);
    solution = Eigen::VectorXd::Zero(size);
    for (int i = 0; i < size; ++i)
      if (!std::isnan(fixed[i])) solution(i) = fixed[i];
    for (int i = 0; i < count; ++i) solution(open[i]) = x(i);
    bool clipped = false;
    for (int d = 0; d < feedback; ++d) {
      const double tap = -solution(taps + d);
      const bool own = !shape.feedback_highest.empty();
      const double within = std::clamp(tap, own ? shape.feedback_lowest[d] : -shape.feedback_limit,
                                       own ? shape.feedback_highest[d] : shape.feedback_limit);
      if (std::isnan(fixed[taps + d]) && within != tap) {
        fixed[taps + d] = -within;
        clipped = true;
      }
    }
    if (!clipped) break;
  }

  Equaliser result;
  for (int i = 0; i < taps; ++i) result.forward.push_back(solution(i));
  for (int d = 0; d < feedback; ++d) result.feedback.push_back(-solution(taps + d));
  result.bias = solution(size - 1);
  const double error = sums.target[0] - 2.0 * solution.dot(b) + solution.dot(a * solution);
  result.mean_square_error = std::max(error, 0.0);
  return result;
}

std::complex<double> forward_response(const Equaliser& equaliser, const EqualiserShape& shape,
                                      double cycles_per_tap) {
  const double cursor = shape.pre * shape.samples_per_symbol;
  std::complex<double> h = 0.0;
  for (std::size_t i = 0; i < equaliser.forward.size(); ++i)
    h += equaliser.forward[i] *
         std::polar(1.0, 2.0 * std::numbers::pi * (cursor - static_cast<double>(i)) * cycles_per_tap);
  return h;
}

std::vector<float> equalise(const Equaliser& equaliser, const EqualiserShape& shape,
                            std::span<const float> waveform, std::span<const float> target,
                            int samples_per_ui, int phase) {
  const int q = shape.samples_per_symbol, step = samples_per_ui / q;
  const std::size_t n = target.size();
  const long start = first_sample(shape, samples_per_ui, phase, static_cast<long>(waveform.size()));
  std::vector<float> y(n, static_cast<float>(equaliser.bias));
  for (int i = 0; i < q; ++i) {
    const std::vector<float> record =
        tap_samples(waveform, start - static_cast<long>(i) * step, samples_per_ui, n);
    for (std::size_t tap = static_cast<std::size_t>(i); tap < equaliser.forward.size();
         tap += static_cast<std::size_t>(q)) {
      const float weight = static_cast<float>(equaliser.forward[tap]);
      const std::size_t delay = (tap / static_cast<std::size_t>(q)) % n;
      for (std::size_t k = 0; k < delay; ++k) y[k] += weight * record[k + n - delay];
      for (std::size_t k = delay; k < n; ++k) y[k] += weight * record[k - delay];
    }
  }
  for (std::size_t d = 0; d < equaliser.feedback.size(); ++d) {
    const float weight = static_cast<float>(equaliser.feedback[d]);
    for (std::size_t k = 0; k < n; ++k) y[k] -= weight * target[(k + n - 1 - d) % n];
  }
  return y;
}

}  // namespace waverack::dsp
