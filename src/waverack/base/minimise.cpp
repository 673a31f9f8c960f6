#include "waverack/base/minimise.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace waverack {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// How much less a place counts that lies so many steps away.
constexpr double distance_power = 3.0;
// The parabola is held to its former curvature this little, next to what the places say.
constexpr double curvature_weight = 1e-3;
// A step below this part of the radius, or a gain below this part of the tolerance, is not worth a call.
constexpr double worthless = 0.1;
// The neighbourhood knows an axis if one of its places stands this part of the radius off along it.
constexpr double known_offset = 0.3;
// A new search begins with smaller steps than the first.
constexpr double second_radius = 0.5;

// Places are in units of the variables' first steps, from the start.
struct Place {
  Eigen::VectorXd at;
  double value;
};

class Search {
 public:
  Search(const std::function<double(std::span<const double>)>& function, std::span<const Variable> variables,
         const MinimiseOptions& options)
      : function_(function),
        variables_(variables),
        options_(options),
        n_(static_cast<Eigen::Index>(variables.size())) {
    low_.resize(n_);
    high_.resize(n_);
    for (Eigen::Index i = 0; i < n_; ++i) {
      const Variable& variable = variables[static_cast<std::size_t>(i)];
      if (!(variable.low <= variable.start && variable.start <= variable.high && variable.step > 0.0))
        throw std::logic_error("minimise: the start lies outside of its bounds");
      low_[i] = (variable.low - variable.start) / variable.step;
      high_[i] = (variable.high - variable.start) / variable.step;
    }
    curvature_ = Eigen::MatrixXd::Zero(n_, n_);
    gradient_ = Eigen::VectorXd::Zero(n_);
    visit(Eigen::VectorXd::Zero(n_));
  }

  Minimum run() {
    bool converged = n_ == 0;
    double last_end = infinity;
    for (double radius = 1.0; !converged && !spent(); radius = second_radius) {
      look_around(radius);
      converged = descend(radius);
      if (converged && last_end - best().value >= options_.tolerance) converged = false;
      last_end = best().value;
    }
    Minimum minimum{values_at(best().at), best().value, static_cast<int>(places_.size()), converged};
    return minimum;
  }

 private:
  const Place& best() const { return places_[best_]; }
  bool spent() const { return static_cast<int>(places_.size()) >= options_.largest_count; }

  std::vector<double> values_at(const Eigen::VectorXd& at) const {
    std::vector<double> values;
    for (Eigen::Index i = 0; i < n_; ++i) {
      const Variable& variable = variables_[static_cast<std::size_t>(i)];
      values.push_back(std::clamp(variable.start + at[i] * variable.step, variable.low, variable.high));
    }
    return values;
  }

  void visit(const Eigen::VectorXd& at) {
    places_.push_back({at, function_(values_at(at))});
    if (places_.back().value < best().value) best_ = places_.size() - 1;
  }

  // `from` moved along one axis as far as the bounds allow.
  void visit_beside(const Eigen::VectorXd& from, Eigen::Index axis, double offset) {
    Eigen::VectorXd at = from;
    at[axis] = std::clamp(at[axis] + offset, low_[axis], high_[axis]);
    if (at[axis] != from[axis]) visit(at);
  }

  void look_around(double radius) {
    const Eigen::VectorXd centre = best().at;
    for (Eigen::Index i = 0; i < n_; ++i)
      for (const double sign : {1.0, -1.0})
        if (!spent()) visit_beside(centre, i, sign * radius);
  }

  // True when the steps have become small, false when the calls have run out.
  bool descend(double radius) {
    while (radius >= options_.step_tolerance) {
      if (spent()) return false;
      fit(radius);
      const Eigen::VectorXd step = lowest_step(radius);
      const double promised = -(gradient_.dot(step) + 0.5 * step.dot(curvature_ * step));
      const double length = step.lpNorm<Eigen::Infinity>();
      const double before = best().value;
      const bool worth_it = promised >= worthless * options_.tolerance && length >= worthless * radius;
      if (worth_it) visit(best().at + step);
      const double gained = before - best().value;
      if (worth_it && gained > 0.7 * promised && length > 0.9 * radius)
        radius *= 2.0;
      else if ((!worth_it || gained < 0.1 * promised) && !learn(radius))
        radius *= 0.5;
    }
    return true;
  }

  // The finite places nearest to the best one, as many as the parabola has unknowns and a few more.
  std::vector<std::size_t> neighbours(Eigen::Index unknowns) const {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t p = 0; p < places_.size(); ++p)
      if (p != best_ && std::isfinite(places_[p].value))
        order.emplace_back((places_[p].at - best().at).lpNorm<Eigen::Infinity>(), p);
    std::sort(order.begin(), order.end());
    order.resize(std::min(order.size(), static_cast<std::size_t>(unknowns + n_)));
    std::vector<std::size_t> nearest;
    for (const auto& [distance, p] : order) nearest.push_back(p);
    return nearest;
  }

  // Gradient and curvature at the best place, by least squares: its value is kept, and of all curvatures that
  // fit alike the one that changes least is taken.
  void fit(double radius) {
    const Eigen::Index squares = n_ * (n_ + 1) / 2, unknowns = n_ + squares;
    const std::vector<std::size_t> used = neighbours(unknowns);
    const auto rows = static_cast<Eigen::Index>(used.size());
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(rows + squares, unknowns);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(rows + squares);
    for (Eigen::Index r = 0; r < rows; ++r) {
      const Place& place = places_[used[static_cast<std::size_t>(r)]];
      const Eigen::VectorXd z = (place.at - best().at) / radius;
      const double weight = 1.0 / std::max(1.0, std::pow(z.lpNorm<Eigen::Infinity>(), distance_power));
      matrix.row(r).head(n_) = weight * z.transpose();
      Eigen::Index c = n_;
      for (Eigen::Index i = 0; i < n_; ++i)
        for (Eigen::Index k = i; k < n_; ++k) matrix(r, c++) = weight * (i == k ? 0.5 : 1.0) * z[i] * z[k];
      right[r] = weight * (place.value - best().value - 0.5 * radius * radius * z.dot(curvature_ * z));
    }
    for (Eigen::Index s = 0; s < squares; ++s) matrix(rows + s, n_ + s) = curvature_weight;
    const Eigen::VectorXd solution = matrix.completeOrthogonalDecomposition().solve(right);
    gradient_ = solution.head(n_) / radius;
    Eigen::Index c = n_;
    for (Eigen::Index i = 0; i < n_; ++i)
      for (Eigen::Index k = i; k < n_; ++k) {
        const double change = solution[c++] / (radius * radius);
        curvature_(i, k) += change;
        if (i != k) curvature_(k, i) += change;
      }
  }

  // The minimum of the parabola within the radius and the bounds, one axis after the other.
  Eigen::VectorXd lowest_step(double radius) const {
    constexpr int rounds = 200;
    Eigen::VectorXd step = Eigen::VectorXd::Zero(n_);
    for (int round = 0; round < rounds; ++round)
      for (Eigen::Index i = 0; i < n_; ++i) {
        const double least = std::max(-radius, low_[i] - best().at[i]),
                     most = std::min(radius, high_[i] - best().at[i]);
        const double bend = curvature_(i, i);
        const double slope = gradient_[i] + curvature_.row(i).dot(step) - bend * step[i];
        const auto at = [&](double x) { return (slope + 0.5 * bend * x) * x; };
        step[i] = bend > 0.0 ? std::clamp(-slope / bend, least, most) : at(least) < at(most) ? least : most;
      }
    return step;
  }

  // One more place along the axis that the neighbourhood knows least of; false if it knows all of them.
  bool learn(double radius) {
    const Eigen::VectorXd centre = best().at;
    Eigen::Index unknown = -1;
    double least = known_offset;
    for (Eigen::Index i = 0; i < n_; ++i) {
      double offset = 0.0;
      for (const Place& place : places_) {
        const Eigen::VectorXd z = (place.at - centre) / radius;
        if (std::isfinite(place.value) && z.lpNorm<Eigen::Infinity>() <= 2.0)
          offset = std::max(offset, std::abs(z[i]));
      }
      if (offset < least) {
        least = offset;
        unknown = i;
      }
    }
    if (unknown < 0 || spent()) return false;
    const std::size_t before = places_.size();
    const double above = high_[unknown] - centre[unknown], below = centre[unknown] - low_[unknown];
    visit_beside(centre, unknown, above >= below ? radius : -radius);
    // A place where the function does not exist teaches nothing.
    return places_.size() > before && std::isfinite(places_.back().value);
  }

  const std::function<double(std::span<const double>)>& function_;
  std::span<const Variable> variables_;
  const MinimiseOptions& options_;
  Eigen::Index n_;
  Eigen::VectorXd low_, high_, gradient_;
  Eigen::MatrixXd curvature_;
  std::vector<Place> places_;
  std::size_t best_ = 0;
};

}  // namespace

Minimum minimise(const std::function<double(std::span<const double>)>& function,
                 std::span<const Variable> variables, const MinimiseOptions& options) {
  return Search(function, variables, options).run();
}

}  // namespace waverack
