#include "waverack/thermal/transient.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/thermal/materials.hpp"

namespace waverack::thermal {
namespace {

// Both stages of TR-BDF2 have one matrix at this share of the step (docs/theory/heat.md, eq. 7).
constexpr double gamma = 2.0 - std::numbers::sqrt2;

constexpr double error_tolerance = 0.03;  // of how errors spread, relative
constexpr double least_error = 1e-7;      // that is worth a solve [K]

}  // namespace

TransientSolver::TransientSolver(HeatProblem problem, std::vector<double> initial, double step,
                                 TimeMethod method, double tolerance)
    : problem_(std::move(problem)),
      method_(method),
      step_(step),
      tolerance_(tolerance),
      rise_(std::move(initial)) {
  for (double& t : rise_) t -= problem_.reference;
  for (const Layer& layer : problem_.stack.layers)
    if (find_material(problem_.stack, layer.material, "").heat_capacity == 0.0)
      throw Error(ErrorInfo{{},
                            "materials." + layer.material + ".heat_capacity",
                            "a solution in time needs the heat capacity of every layer's material",
                            "above 0 J/(m^3 K)",
                            {}});
  set_up();
}

void TransientSolver::set_up() {
  if (!(step_ > 0.0))
    throw Error(ErrorInfo{{}, "transient.step", "the step is not positive", "above 0 s", {}});
  scale_ = method_ == TimeMethod::tr_bdf2 ? 2.0 / (gamma * step_) : 1.0 / step_;
  SparseMatrix matrix = problem_.matrix;
  for (int i = 0; i < matrix.rows(); ++i)
    diagonal_of(matrix, i) += scale_ * problem_.network.heat_capacity[static_cast<std::size_t>(i)];
  solver_.emplace(make_linear_solver(problem_, matrix));
  whole_ = {};
  for (std::size_t i = 0; i + 1 < matrix.row_start.size(); ++i)
    for (auto p = static_cast<std::size_t>(matrix.row_start[i]);
         p < static_cast<std::size_t>(matrix.row_start[i + 1]); ++p)
      whole_[kind(i)][kind(static_cast<std::size_t>(matrix.column[p]))] += matrix.value[p];
  alike_ = 0;
}

void TransientSolver::set_step(double step) {
  if (step == step_) return;
  step_ = step;
  set_up();
}

void TransientSolver::refresh() {
  if (!depends_on_temperature(problem_)) return;
  update_problem(problem_, temperature());
  set_up();
}

std::vector<double> TransientSolver::temperature() const {
  std::vector<double> found = rise_;
  for (double& t : found) t += problem_.reference;
  return found;
}

double TransientSolver::taken(const std::vector<double>& rise) const {
  std::vector<double> found = rise;
  for (double& t : found) t += problem_.reference;
  return heat_out(problem_, found).total();
}

void TransientSolver::solve(const std::vector<double>& right, std::vector<double>& x) {
  iterations_ += solver_->solve(right, x, tolerance_);
  // What the tolerance leaves of the balance of all nodes with heat and of all surfaces goes to them alike:
  // energy is conserved to rounding whatever the tolerance is.
  const std::vector<double>& capacity = problem_.network.heat_capacity;
  std::vector<double> given(x.size());
  multiply(problem_.matrix, x, given);
  double left[2] = {0.0, 0.0};
  for (std::size_t i = 0; i < x.size(); ++i)
    left[kind(i)] += right[i] - given[i] - scale_ * capacity[i] * x[i];
  const auto& [heat, surface] = whole_;
  const double determinant = heat[0] * surface[1] - heat[1] * surface[0];
  const double shift[2] = {
      determinant != 0.0 ? (left[0] * surface[1] - left[1] * heat[1]) / determinant : left[0] / heat[0],
      determinant != 0.0 ? (left[1] * heat[0] - left[0] * surface[0]) / determinant : 0.0};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += shift[kind(i)];
}

void TransientSolver::account(const std::vector<double>& before, double power_in, double out) {
  double stored = 0.0;
  for (std::size_t i = 0; i < rise_.size(); ++i)
    stored += problem_.network.heat_capacity[i] * (rise_[i] - before[i]);
  energy_.in += power_in * step_;
  energy_.out += out * step_;
  energy_.stored += stored;
  energy_.moved += (std::abs(power_in) + std::abs(out)) * step_ + std::abs(stored);
}

void TransientSolver::backward_euler(const std::vector<double>& into) {
  const std::vector<double>& capacity = problem_.network.heat_capacity;
  const std::vector<double> start = rise_;
  std::vector<double> right = into;
  for (std::size_t i = 0; i < right.size(); ++i) right[i] += scale_ * capacity[i] * start[i];
  solve(right, rise_);
  out_ = taken(rise_);
  if (error_.empty()) return;
  // Half the change of C·dT/dt over the step (heat.md, eq. 10).
  std::vector<double> off(rise_.size());
  multiply(problem_.matrix, start, off);
  for (std::size_t i = 0; i < off.size(); ++i)
    off[i] =
        capacity[i] > 0.0 ? 0.5 * (capacity[i] * (rise_[i] - start[i]) - step_ * (into[i] - off[i])) : 0.0;
  carry_error(off);
}

void TransientSolver::tr_bdf2(const std::vector<double>& into) {
  const std::vector<double>& capacity = problem_.network.heat_capacity;
  const std::vector<double> start = rise_;
  std::vector<double> right(rise_.size());
  // Where the last steps were heading: a good guess saves iterations.
  const bool straight = alike_ >= 1, curved = alike_ >= 3;
  std::vector<double> middle = start;
  for (std::size_t i = 0; straight && i < middle.size(); ++i) {
    middle[i] += gamma * last_step_[i];
    if (curved) middle[i] += 0.5 * gamma * (1.0 + gamma) * (last_step_[i] - step_before_[i]);
  }
  multiply(problem_.matrix, start, right);
  std::vector<double> off;
  if (!error_.empty()) off = right;
  for (std::size_t i = 0; i < right.size(); ++i)
    // Surfaces hold no heat: their balance holds at every instant, not as a mean over the stage.
    right[i] = capacity[i] > 0.0 ? 2.0 * into[i] - right[i] + scale_ * capacity[i] * start[i] : into[i];
  solve(right, middle);

  constexpr double of_middle = 1.0 / (gamma * (2.0 - gamma));
  constexpr double of_start = (1.0 - gamma) * (1.0 - gamma) * of_middle;
  for (std::size_t i = 0; i < right.size(); ++i) {
    right[i] = into[i] + scale_ * capacity[i] * (of_middle * middle[i] - of_start * start[i]);
    const double slope = (middle[i] - start[i]) / gamma;
    rise_[i] = start[i] + slope;
    if (curved) rise_[i] += (1.0 - gamma) / (1.0 + gamma) * (slope - last_step_[i]);
  }
  solve(right, rise_);
  std::swap(step_before_, last_step_);
  last_step_.resize(start.size());
  for (std::size_t i = 0; i < start.size(); ++i) last_step_[i] = rise_[i] - start[i];
  // The heat that left, as the step weighs its three instants.
  constexpr double early = std::numbers::sqrt2 / 4.0, late = gamma / 2.0;
  out_ = early * (taken(start) + taken(middle)) + late * taken(rise_);
  if (error_.empty()) return;
  // C·dT/dt at the three instants, of which the stages hold the later two (heat.md, eq. 9).
  constexpr double weight = (3.0 * gamma * gamma - 4.0 * gamma + 2.0) / (6.0 * (2.0 - gamma));
  for (std::size_t i = 0; i < off.size(); ++i) {
    const double first = into[i] - off[i];
    const double second = scale_ * capacity[i] * (middle[i] - start[i]) - first;
    const double third = scale_ * capacity[i] * (rise_[i] - of_middle * middle[i] + of_start * start[i]);
    off[i] = capacity[i] > 0.0
                 ? weight * step_ * (first / gamma - second / (gamma * (1.0 - gamma)) + third / (1.0 - gamma))
                 : 0.0;
  }
  carry_error(off);
}

void TransientSolver::smooth_error(std::vector<double>& x, const std::vector<double>& off) {
  std::vector<double> right(x.size()), change(x.size(), 0.0);
  multiply(problem_.matrix, x, right);
  for (std::size_t i = 0; i < x.size(); ++i) right[i] = scale_ * off[i] - right[i];
  iterations_ += solver_->solve(right, change, error_tolerance);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += change[i];
}

void TransientSolver::carry_error(const std::vector<double>& off) {
  const std::vector<double>& capacity = problem_.network.heat_capacity;
  double largest = 0.0;
  for (std::size_t i = 0; i < off.size(); ++i)
    if (capacity[i] > 0.0) largest = std::max(largest, std::abs(error_[i] + off[i] / capacity[i]));
  if (largest < least_error) return;
  smooth_error(error_, off);
  if (method_ == TimeMethod::tr_bdf2) smooth_error(error_, std::vector<double>(off.size(), 0.0));
}

void TransientSolver::advance(std::span<const double> powers) {
  const std::vector<double> before = rise_, into = sources(problem_, powers);
  double power = 0.0;
  for (const double p : powers) power += p;
  if (!std::equal(powers.begin(), powers.end(), last_powers_.begin(), last_powers_.end())) alike_ = 0;
  last_powers_.assign(powers.begin(), powers.end());
  if (method_ == TimeMethod::tr_bdf2)
    tr_bdf2(into);
  else
    backward_euler(into);
  ++alike_;
  account(before, power, out_);
  time_ += step_;
}

}  // namespace waverack::thermal
