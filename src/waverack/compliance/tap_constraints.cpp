#include "waverack/compliance/tap_constraints.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace waverack::compliance {
namespace {

// Of a tap `distance` > 0 symbols from the main one; the last entry serves all that follow.
double limit_at(const std::vector<double>& list, int distance, double none) {
  if (list.empty()) return none;
  return list[std::min(static_cast<std::size_t>(distance), list.size()) - 1];
}

// Hildreth's method for one slope. p and the multipliers start where they were.
class Descent {
 public:
  Descent(const Eigen::MatrixXd& curvature, const Limits& limits) : solver_(curvature), limits_(&limits) {
    answers_ = solver_.solve(limits.rows.transpose());
    for (Eigen::Index i = 0; i < limits.rows.rows(); ++i)
      diagonal_.push_back(limits.rows.row(i).dot(answers_.col(i)));
    multipliers_ = Eigen::VectorXd::Zero(limits.rows.rows());
  }

  Eigen::VectorXd operator()(const Eigen::VectorXd& slope) {
    Eigen::VectorXd p = -solver_.solve(slope) - answers_ * multipliers_;
    constexpr int most_sweeps = 400;
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
      double moved = 0.0;
      for (Eigen::Index i = 0; i < multipliers_.size(); ++i) {
        const double diagonal = diagonal_[static_cast<std::size_t>(i)];
        if (!(diagonal > 0.0)) continue;
        const double excess = limits_->rows.row(i).dot(p) - limits_->bound(i);
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
  const Limits* limits_;
  Eigen::MatrixXd answers_;
  std::vector<double> diagonal_;
  Eigen::VectorXd multipliers_;
};

}  // namespace

Limits limits_of(const ReferenceEqualiser& equaliser, int main, double shift) {
  const int taps = equaliser.taps, size = taps + 3;
  constexpr double none = std::numeric_limits<double>::infinity();
  std::vector<std::pair<Eigen::VectorXd, double>> rows;
  const auto add = [&](std::initializer_list<std::pair<int, double>> entries, double bound) {
    if (!std::isfinite(bound)) return;
    Eigen::VectorXd row = Eigen::VectorXd::Zero(size);
    for (const auto& [at, value] : entries) row(at) += value;
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
  Limits limits{Eigen::MatrixXd(static_cast<Eigen::Index>(rows.size()), size),
                Eigen::VectorXd(static_cast<Eigen::Index>(rows.size()))};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    limits.rows.row(static_cast<Eigen::Index>(i)) = rows[i].first;
    limits.bound(static_cast<Eigen::Index>(i)) = rows[i].second;
  }
  return limits;
}

Eigen::MatrixXd free_steps(int taps, int main, bool shifts) {
  Eigen::MatrixXd map = Eigen::MatrixXd::Zero(taps + 3, taps - 1 + (shifts ? 3 : 0));
  Eigen::Index column = 0;
  for (int i = 0; i < taps; ++i) {
    if (i == main) continue;
    map(i, column) = 1.0;
    map(main, column++) = -1.0;
  }
  for (int n = 0; shifts && n < 3; ++n) map(taps + n, column++) = 1.0;
  return map;
}

Eigen::VectorXd least_step(const Slopes& slopes, const Eigen::MatrixXd& curvature, const Limits& limits) {
  Descent descent(curvature, limits);
  if (slopes.value.size() == 1) return descent(slopes.slope.col(0));
  // The dual in the share of the first slope is concave; its derivative is the difference of the two values.
  double low = 0.0, high = 1.0;
  Eigen::VectorXd step;
  constexpr int bisections = 24;
  for (int i = 0; i < bisections; ++i) {
    // The ends first: often one window rules.
    const double share = i == 0 ? 0.0 : i == 1 ? 1.0 : 0.5 * (low + high);
    step = descent(share * slopes.slope.col(0) + (1.0 - share) * slopes.slope.col(1));
    const Eigen::VectorXd value = slopes.value + slopes.slope.transpose() * step;
    const bool first_larger = value(0) > value(1);
    if (i == 0 && !first_larger) return step;
    if (i == 1 && first_larger) return step;
    if (i > 1) (first_larger ? low : high) = share;
  }
  return step;
}

}  // namespace waverack::compliance
