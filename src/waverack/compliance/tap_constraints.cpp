#include "waverack/compliance/tap_constraints.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace waverack::compliance {
namespace {

using Map = Eigen::Map<const Eigen::MatrixXd>;

// Of a tap `distance` > 0 symbols from the main one; the last entry serves all that follow.
double limit_at(const std::vector<double>& list, int distance, double none) {
  if (list.empty()) return none;
  return list[std::min(static_cast<std::size_t>(distance), list.size()) - 1];
}

// Hildreth's method for one slope. p and the multipliers start where they were.
class ConstrainedDescent {
 public:
  ConstrainedDescent(const Eigen::MatrixXd& curvature, const Limits& limits)
      : solver_(curvature),
        bound_(&limits.bound),
        rows_(static_cast<Eigen::Index>(limits.bound.size()), curvature.rows()) {
    if (limits.bound.empty()) {
      answers_.resize(curvature.rows(), 0);
      return;
    }
    rows_ = Map(limits.rows.data(), rows_.rows(), rows_.cols());
    answers_ = solver_.solve(rows_.transpose());
    for (Eigen::Index i = 0; i < rows_.rows(); ++i) diagonal_.push_back(rows_.row(i).dot(answers_.col(i)));
    multipliers_ = Eigen::VectorXd::Zero(rows_.rows());
  }

  Eigen::VectorXd operator()(const Eigen::VectorXd& slope) {
    Eigen::VectorXd p = -solver_.solve(slope) - answers_ * multipliers_;
    constexpr int most_sweeps = 400;
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
      double moved = 0.0;
      for (Eigen::Index i = 0; i < multipliers_.size(); ++i) {
        const double diagonal = diagonal_[static_cast<std::size_t>(i)];
        if (!(diagonal > 0.0)) continue;
        const double excess = rows_.row(i).dot(p) - (*bound_)[static_cast<std::size_t>(i)];
        const double next = std::max(0.0, multipliers_(i) + excess / diagonal);
        const double change = next - multipliers_(i);
        if (change == 0.0) continue;
        multipliers_(i) = next;
        p -= answers_.col(i) * change;
        moved = std::max(moved, std::abs(change) * diagonal);
      }
      if (moved < 1e-10) break;
    }
    return p;
  }

 private:
  Eigen::LDLT<Eigen::MatrixXd> solver_;
  const std::vector<double>* bound_;
  Eigen::MatrixXd rows_, answers_;
  std::vector<double> diagonal_;
  Eigen::VectorXd multipliers_;
};

}  // namespace

Limits limits_of(const ReferenceEqualiser& equaliser, int main, double shift) {
  const int taps = equaliser.taps, size = taps + 3;
  constexpr double none = std::numeric_limits<double>::infinity();
  std::vector<std::pair<std::vector<double>, double>> rows;
  const auto add = [&](std::initializer_list<std::pair<int, double>> entries, double bound) {
    if (!std::isfinite(bound)) return;
    std::vector<double> row(static_cast<std::size_t>(size), 0.0);
    for (const auto& [at, value] : entries) row[static_cast<std::size_t>(at)] += value;
    rows.emplace_back(std::move(row), bound);
  };
  for (int i = 0; i < taps; ++i) {
    const int distance = std::abs(i - main);
    add({{i, 1.0}}, distance == 0 ? equaliser.main_highest : limit_at(equaliser.highest, distance, none));
    add({{i, -1.0}}, -(distance == 0 ? equaliser.main_lowest : limit_at(equaliser.lowest, distance, -none)));
    if (equaliser.main_is_largest && distance > 0) {
      add({{i, 1.0}, {main, -1.0}}, 0.0);
      add({{i, -1.0}, {main, -1.0}}, 0.0);
    }
  }
  if (std::isfinite(equaliser.largest_tilt) && main > 0 && main + 1 < taps) {
    add({{main + 1, 1.0}, {main - 1, -1.0}, {main, -equaliser.largest_tilt}}, 0.0);
    add({{main + 1, -1.0}, {main - 1, 1.0}, {main, -equaliser.largest_tilt}}, 0.0);
  }
  for (int n = 0; n < 3; ++n) {
    add({{taps + n, 1.0}}, shift);
    add({{taps + n, -1.0}}, shift);
  }
  Limits limits;
  for (int unknown = 0; unknown < size; ++unknown)
    for (const auto& [row, bound] : rows) limits.rows.push_back(row[static_cast<std::size_t>(unknown)]);
  for (const auto& [row, bound] : rows) limits.bound.push_back(bound);
  return limits;
}

std::vector<double> free_steps(int taps, int main, bool shifts) {
  std::vector<double> map;
  for (int i = 0; i < taps + (shifts ? 3 : 0); ++i) {
    if (i == main) continue;
    std::vector<double> column(static_cast<std::size_t>(taps) + 3, 0.0);
    column[static_cast<std::size_t>(i)] = 1.0;
    if (i < taps) column[static_cast<std::size_t>(main)] = -1.0;
    map.insert(map.end(), column.begin(), column.end());
  }
  return map;
}

std::vector<double> least_step(const Slopes& slopes, const std::vector<double>& curvature,
                               const Limits& limits) {
  const auto count = static_cast<Eigen::Index>(slopes.value.size());
  const Eigen::Index unknowns = static_cast<Eigen::Index>(slopes.slope.size()) / count;
  const Map slope(slopes.slope.data(), unknowns, count);
  const auto listed = [](const Eigen::VectorXd& q) {
    return std::vector<double>(q.data(), q.data() + q.size());
  };
  ConstrainedDescent descent(Map(curvature.data(), unknowns, unknowns), limits);
  if (count == 1) return listed(descent(slope.col(0)));
  // The dual in the share of the first slope is concave; its derivative is the difference of the two values.
  double low = 0.0, high = 1.0;
  Eigen::VectorXd step;
  constexpr int bisections = 24;
  for (int i = 0; i < bisections; ++i) {
    // The ends first: often one window rules.
    const double share = i == 0 ? 0.0 : i == 1 ? 1.0 : 0.5 * (low + high);
    step = descent(share * slope.col(0) + (1.0 - share) * slope.col(1));
    const Eigen::VectorXd value = Map(slopes.value.data(), 2, 1) + slope.transpose() * step;
    const bool first_larger = value(0) > value(1);
    if (i == 0 && !first_larger) return listed(step);
    if (i == 1 && first_larger) return listed(step);
    if (i > 1) (first_larger ? low : high) = share;
  }
  return listed(step);
}

}  // namespace waverack::compliance
