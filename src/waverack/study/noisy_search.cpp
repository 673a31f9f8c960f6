#include "waverack/study/noisy_search.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "waverack/base/random.hpp"

namespace waverack::study {
namespace {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

// How much closer the places of the next round are, and how far a step may go beyond them.
constexpr double closer = 0.65, parabola_reach = 1.5;
// Rise of the parabola between centre and places over the scatter of what was measured, below which closer
// places would tell noise.
constexpr double clear_rise = 4.0;
// How far away a place counts in the fit, in radii.
constexpr double width = 2.5;

// Variables in units of their first steps, 0 at the start; counts, and keeps what was measured.
class Bench {
 public:
  Bench(const std::function<double(std::span<const double>)>& measure, std::span<const Variable> variables,
        int budget)
      : measure_(measure), variables_(variables), budget_(budget) {}

  Eigen::Index size() const { return static_cast<Eigen::Index>(variables_.size()); }
  bool has(int more) const { return count() + more <= budget_; }
  int count() const { return static_cast<int>(values_.size()); }

  Vector inside(Vector x) const {
    for (Eigen::Index i = 0; i < size(); ++i) {
      const Variable& v = variables_[static_cast<std::size_t>(i)];
      x[i] = std::clamp(x[i], (v.low - v.start) / v.step, (v.high - v.start) / v.step);
    }
    return x;
  }
  std::vector<double> real(const Vector& x) const {
    std::vector<double> at(variables_.size());
    for (std::size_t i = 0; i < at.size(); ++i)
      at[i] = variables_[i].start + variables_[i].step * x[static_cast<Eigen::Index>(i)];
    return at;
  }
  // `believed`: where the minimum is held to be at this time.
  double measure(const Vector& x, const Vector& believed) {
    const double value = measure_(real(x));
    places_.push_back(x);
    values_.push_back(value);
    result_.believed.push_back(real(believed));
    return value;
  }
  NoisySearch end(const Vector& x) {
    result_.at = real(x);
    result_.count = count();
    if (!result_.believed.empty()) result_.believed.back() = result_.at;
    return std::move(result_);
  }
  const std::vector<Vector>& places() const { return places_; }
  const std::vector<double>& values() const { return values_; }

 private:
  const std::function<double(std::span<const double>)>& measure_;
  std::span<const Variable> variables_;
  int budget_;
  std::vector<Vector> places_;
  std::vector<double> values_;
  NoisySearch result_;
};

// c + b·x + ½·xᵀHx about a centre, in units of a radius.
struct Parabola {
  Vector slope;
  Matrix curvature;
  double scatter =
      std::numeric_limits<double>::infinity();  // of what was measured about it, where that is known
};

// Near places count more; curvatures between two variables are held small where the places do not tell them.
Parabola fit(const Bench& bench, const Vector& centre, double radius) {
  const Eigen::Index n = bench.size(), pairs = n * (n - 1) / 2, columns = 1 + 2 * n + pairs;
  Matrix normal = Matrix::Zero(columns, columns);
  Vector right = Vector::Zero(columns);
  double weights = 0.0, squares = 0.0, count = 0.0;
  for (std::size_t k = 0; k < bench.values().size(); ++k) {
    if (!std::isfinite(bench.values()[k])) continue;
    const Vector x = (bench.places()[k] - centre) / radius;
    const double weight = std::exp(-0.5 * x.squaredNorm() / (width * width));
    Vector row(columns);
    row[0] = 1.0;
    Eigen::Index at = 1 + 2 * n;
    for (Eigen::Index i = 0; i < n; ++i) {
      row[1 + i] = x[i];
      row[1 + n + i] = 0.5 * x[i] * x[i];
      for (Eigen::Index j = i + 1; j < n; ++j) row[at++] = x[i] * x[j];
    }
    normal += weight * row * row.transpose();
    right += weight * bench.values()[k] * row;
    weights += weight;
    squares += weight * bench.values()[k] * bench.values()[k];
    count += 1.0;
  }
  const Matrix unbiased = normal;
  for (Eigen::Index i = 1; i < columns; ++i) normal(i, i) += (i < 1 + 2 * n ? 1e-6 : 0.02) * weights;
  const Vector solution = normal.ldlt().solve(right);
  Parabola parabola{solution.segment(1, n), Matrix::Zero(n, n)};
  if (const double more = count - static_cast<double>(columns); more >= 1.0) {
    const double rest = squares - 2.0 * solution.dot(right) + solution.dot(unbiased * solution);
    parabola.scatter = std::sqrt(std::max(rest, 0.0) / weights * count / more);
  }
  Eigen::Index at = 1 + 2 * n;
  for (Eigen::Index i = 0; i < n; ++i) {
    parabola.curvature(i, i) = solution[1 + n + i];
    for (Eigen::Index j = i + 1; j < n; ++j)
      parabola.curvature(i, j) = parabola.curvature(j, i) = solution[at++];
  }
  return parabola;
}

// Its minimum within ±parabola_reach of each variable: coordinate descent on the parabola, which has few
// variables.
Vector minimum_of(const Parabola& parabola) {
  const Eigen::Index n = parabola.slope.size();
  Vector x = Vector::Zero(n);
  for (int round = 0; round < 200; ++round)
    for (Eigen::Index i = 0; i < n; ++i) {
      const double slope =
          parabola.slope[i] + parabola.curvature.row(i).dot(x) - parabola.curvature(i, i) * x[i];
      const double curvature = parabola.curvature(i, i);
      x[i] = curvature > 0.0 ? std::clamp(-slope / curvature, -parabola_reach, parabola_reach)
                             : std::copysign(parabola_reach, -slope);
    }
  return x;
}

// Directions of a round: the variables themselves, and directions between them in turn, which tell how
// variables act together.
Matrix directions(Eigen::Index n, std::uint32_t round) {
  if (round % 2 == 0) return Matrix::Identity(n, n);
  std::vector<double> normals(static_cast<std::size_t>(n * n));
  fill_normal(Stream{0, 0, 0, round}, normals);
  const Matrix square = Eigen::Map<const Matrix>(normals.data(), n, n);
  return Matrix(Eigen::HouseholderQR<Matrix>(square).householderQ());
}

NoisySearch quadratic(Bench& bench) {
  const Eigen::Index n = bench.size();
  Vector centre = Vector::Zero(n);
  double radius = 1.0;
  std::uint32_t round = 0;
  for (; bench.has(1); ++round) {
    const Matrix basis = directions(n, round);
    bench.measure(centre, centre);
    for (Eigen::Index i = 0; i < n; ++i)
      for (const double side : {-1.0, 1.0})
        if (bench.has(1)) bench.measure(bench.inside(centre + side * radius * basis.col(i)), centre);
    const Parabola parabola = fit(bench, centre, radius);
    const Vector step = minimum_of(parabola);
    centre = bench.inside(centre + radius * step);
    // A minimum beyond the places that were tried is no minimum yet.
    const double rise = 0.5 * closer * closer * parabola.curvature.trace() / static_cast<double>(n);
    if (step.lpNorm<Eigen::Infinity>() < 1.0 && rise > clear_rise * parabola.scatter) radius *= closer;
  }
  return bench.end(centre);
}

NoisySearch coordinate(Bench& bench) {
  const Eigen::Index n = bench.size();
  Vector centre = Vector::Zero(n);
  double radius = 1.0;
  for (Eigen::Index i = 0; bench.has(3); i = (i + 1) % n) {
    Vector low = centre, high = centre;
    low[i] -= radius;
    high[i] += radius;
    low = bench.inside(low);
    high = bench.inside(high);
    const double here = bench.measure(centre, centre), below = bench.measure(low, centre),
                 above = bench.measure(high, centre);
    const double left = low[i] - centre[i], right = high[i] - centre[i];
    // The vertex of the parabola through the three places.
    const double of_low = left < 0.0 && std::isfinite(below) ? (below - here) / left : 0.0;
    const double of_high = right > 0.0 && std::isfinite(above) ? (above - here) / right : 0.0;
    const double curvature = (of_high - of_low) / (right - left);
    double step =
        curvature > 0.0 ? -(of_low - curvature * left) / (2.0 * curvature) : (above < below ? right : left);
    step = std::clamp(step, -parabola_reach * radius, parabola_reach * radius);
    centre[i] += step;
    centre = bench.inside(centre);
    if (i == n - 1) radius *= closer;
  }
  return bench.end(centre);
}

NoisySearch nelder_mead(Bench& bench) {
  const Eigen::Index n = bench.size();
  struct Corner {
    Vector at;
    double value;
  };
  std::vector<Corner> simplex;
  Vector best = Vector::Zero(n);
  const auto corner = [&](const Vector& x) {
    const Vector at = bench.inside(x);
    return Corner{at, bench.measure(at, best)};
  };
  const auto sort = [&] {
    std::stable_sort(simplex.begin(), simplex.end(),
                     [](const Corner& a, const Corner& b) { return a.value < b.value; });
    best = simplex.front().at;
  };
  for (Eigen::Index i = -1; i < n && bench.has(1); ++i) {
    Vector x = Vector::Zero(n);
    if (i >= 0) x[i] = 1.0;
    simplex.push_back(corner(x));
  }
  sort();
  while (static_cast<Eigen::Index>(simplex.size()) == n + 1 && bench.has(2)) {
    Vector middle = Vector::Zero(n);
    for (Eigen::Index i = 0; i < n; ++i)
      middle += simplex[static_cast<std::size_t>(i)].at / static_cast<double>(n);
    Corner& worst = simplex.back();
    const Corner reflected = corner(middle + (middle - worst.at));
    if (reflected.value < simplex.front().value) {
      const Corner expanded = corner(middle + 2.0 * (middle - worst.at));
      worst = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[simplex.size() - 2].value) {
      worst = reflected;
    } else {
      const Corner contracted =
          corner(middle + 0.5 * ((reflected.value < worst.value ? reflected.at : worst.at) - middle));
      if (contracted.value < std::min(worst.value, reflected.value)) {
        worst = contracted;
      } else {
        if (!bench.has(static_cast<int>(n))) break;
        for (std::size_t i = 1; i < simplex.size(); ++i)
          simplex[i] = corner(0.5 * (simplex[i].at + simplex.front().at));
      }
    }
    sort();
  }
  return bench.end(best);
}

}  // namespace

NoisySearch search_noisy(module::LineSearch search,
                         const std::function<double(std::span<const double>)>& measure,
                         std::span<const Variable> variables, int budget) {
  Bench bench(measure, variables, budget);
  switch (search) {
    case module::LineSearch::coordinate:
      return coordinate(bench);
    case module::LineSearch::nelder_mead:
      return nelder_mead(bench);
    case module::LineSearch::quadratic:
      break;
  }
  return quadratic(bench);
}

}  // namespace waverack::study
