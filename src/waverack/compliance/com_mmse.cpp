#include "waverack/compliance/com_mmse.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace waverack::compliance {
namespace {

double product(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

// x := R⁻¹x with the Cholesky factor.
void MmseSolver::substitute(std::span<double> x) const {
  const std::size_t n = size_;
  for (std::size_t i = 0; i < n; ++i) {
    const double* row = factor_.data() + i * n;
    double sum = x[i];
    for (std::size_t j = 0; j < i; ++j) sum -= row[j] * x[j];
    x[i] = sum / row[i];
  }
  for (std::size_t i = n; i-- > 0;) {
    const double* row = factor_.data() + i * n;
    x[i] /= row[i];
    for (std::size_t j = 0; j < i; ++j) x[j] -= row[j] * x[i];
  }
}

bool MmseSolver::solve(const MmseProblem& problem, MmseSolution& solution) {
  const std::size_t n = problem.places.size(), feedback = problem.lower.size();
  const auto h = [&](int k) {
    const int index = k - problem.first;
    return index >= 0 && index < static_cast<int>(problem.pulse.size())
               ? problem.pulse[static_cast<std::size_t>(index)]
               : 0.0;
  };
  const auto r = [&](std::size_t i, std::size_t j) {
    return problem.correlation[static_cast<std::size_t>(std::abs(problem.places[i] - problem.places[j]))];
  };
  size_ = n;
  factor_.resize(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    double* row = factor_.data() + i * n;
    for (std::size_t j = 0; j <= i; ++j) {
      const double* other = factor_.data() + j * n;
      double sum = r(i, j);
      for (std::size_t k = 0; k < j; ++k) sum -= row[k] * other[k];
      if (i == j) {
        if (!(sum > 0.0)) return false;
        row[i] = std::sqrt(sum);
      } else {
        row[j] = sum / other[j];
      }
    }
  }
  cursor_.resize(n);
  for (std::size_t j = 0; j < n; ++j) cursor_[j] = h(-problem.places[j]);
  solved_cursor_ = cursor_;
  substitute(solved_cursor_);
  const double cursor_gain = product(cursor_, solved_cursor_);
  if (!(cursor_gain > 0.0)) return false;
  behind_.resize(feedback * n);
  for (std::size_t m = 0; m < feedback; ++m)
    for (std::size_t j = 0; j < n; ++j) behind_[m * n + j] = h(static_cast<int>(m) + 1 - problem.places[j]);
  solved_behind_ = behind_;
  const auto row_of = [n](std::vector<double>& rows, std::size_t m) {
    return std::span(rows).subspan(m * n, n);
  };
  for (std::size_t m = 0; m < feedback; ++m) substitute(row_of(solved_behind_, m));

  // b without limits: with w = R⁻¹(Hb'b + µ·h0) and b = Hb·w, (I − G)·b = µ·g, G = Hb·R⁻¹·Hb', g = Hb·R⁻¹·h0.
  // The few equations are solved by Gauss-Jordan elimination; µ scales everything and follows from h0'w = 1.
  solution.taps.assign(n, 0.0);
  solution.feedback.assign(feedback, 0.0);
  std::vector<double>& b = solution.feedback;
  const std::size_t width = feedback + 1;
  target_.resize(feedback * width);
  for (std::size_t m = 0; m < feedback; ++m) {
    for (std::size_t k = 0; k < feedback; ++k)
      target_[m * width + k] = (m == k ? 1.0 : 0.0) - product(row_of(behind_, m), row_of(solved_behind_, k));
    target_[m * width + feedback] = product(row_of(behind_, m), solved_cursor_);
  }
  for (std::size_t m = 0; m < feedback; ++m) {
    const double pivot = target_[m * width + m];
    if (!(std::abs(pivot) > 0.0)) return false;
    for (std::size_t k = m; k < width; ++k) target_[m * width + k] /= pivot;
    for (std::size_t i = 0; i < feedback; ++i) {
      if (i == m) continue;
      const double times = target_[i * width + m];
      for (std::size_t k = m; k < width; ++k) target_[i * width + k] -= times * target_[m * width + k];
    }
  }
  double relative_gain = cursor_gain;  // h0'w for µ = 1
  for (std::size_t m = 0; m < feedback; ++m)
    relative_gain += target_[m * width + feedback] * product(cursor_, row_of(solved_behind_, m));
  for (std::size_t m = 0; m < feedback; ++m)
    b[m] = std::clamp(target_[m * width + feedback] / relative_gain, problem.lower[m], problem.upper[m]);

  // w for these b; where none was limited it is the free solution.
  double reached = 0.0;
  for (std::size_t m = 0; m < feedback; ++m) {
    const std::span<const double> solved = row_of(solved_behind_, m);
    for (std::size_t j = 0; j < n; ++j) solution.taps[j] += b[m] * solved[j];
    reached += b[m] * product(cursor_, solved);
  }
  const double mu = (1.0 - reached) / cursor_gain;
  for (std::size_t j = 0; j < n; ++j) solution.taps[j] += mu * solved_cursor_[j];

  const auto place = std::find(problem.places.begin(), problem.places.end(), 0) - problem.places.begin();
  const double limit = problem.largest_tap * std::abs(solution.taps[static_cast<std::size_t>(place)]);
  bool limited = false;
  for (std::size_t j = 0; j < n; ++j) {
    double& tap = solution.taps[j];
    if (static_cast<std::ptrdiff_t>(j) == place || std::abs(tap) <= limit) continue;
    tap = std::clamp(tap, -limit, limit);
    limited = true;
  }
  if (limited) {
    const double gain = product(cursor_, solution.taps);
    if (!(gain > 0.0)) return false;
    for (double& tap : solution.taps) tap /= gain;
    for (std::size_t m = 0; m < feedback; ++m)
      b[m] = std::clamp(product(row_of(behind_, m), solution.taps), problem.lower[m], problem.upper[m]);
  }
  double error = 1.0 - 2.0;  // h0'w = 1
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) error += 2.0 * solution.taps[i] * solution.taps[j] * r(i, j);
  for (std::size_t i = 0; i < n; ++i) error += solution.taps[i] * solution.taps[i] * r(i, i);
  for (std::size_t m = 0; m < feedback; ++m)
    error += b[m] * b[m] - 2.0 * b[m] * product(row_of(behind_, m), solution.taps);
  solution.error = error;
  return error > 0.0;
}

}  // namespace waverack::compliance
