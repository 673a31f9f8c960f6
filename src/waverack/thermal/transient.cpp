#include "waverack/thermal/transient.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/thermal/materials.hpp"

namespace waverack::thermal {
namespace {

// Both stages of TR-BDF2 have one matrix at this share of the step (docs/theory/heat.md, eq. 24).
constexpr double gamma = 2.0 - std::numbers::sqrt2;

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
  std::vector<double> right = into;
  for (std::size_t i = 0; i < right.size(); ++i)
    right[i] += scale_ * problem_.network.heat_capacity[i] * rise_[i];
  solve(right, rise_);
}

void TransientSolver::tr_bdf2(const std::vector<double>& into) {
  const std::vector<double>& capacity = problem_.network.heat_capacity;
  const std::vector<double> start = rise_;
  std::vector<double> right(rise_.size());
  // Where the last step was heading: a good guess saves iterations.
  std::vector<double> middle = start;
  if (!last_step_.empty())
    for (std::size_t i = 0; i < middle.size(); ++i) middle[i] += gamma * last_step_[i];
  multiply(problem_.matrix, start, right);
  for (std::size_t i = 0; i < right.size(); ++i)
    // Surfaces hold no heat: their balance holds at every instant, not as a mean over the stage.
    right[i] = capacity[i] > 0.0 ? 2.0 * into[i] - right[i] + scale_ * capacity[i] * start[i] : into[i];
  solve(right, middle);

  constexpr double of_middle = 1.0 / (gamma * (2.0 - gamma));
  constexpr double of_start = (1.0 - gamma) * (1.0 - gamma) * of_middle;
  for (std::size_t i = 0; i < right.size(); ++i) {
    right[i] = into[i] + scale_ * capacity[i] * (of_middle * middle[i] - of_start * start[i]);
    rise_[i] = start[i] + (middle[i] - start[i]) / gamma;
  }
  solve(right, rise_);
  last_step_.resize(start.size());
  for (std::size_t i = 0; i < start.size(); ++i) last_step_[i] = rise_[i] - start[i];
  // The heat that left, as the step weighs its three instants.
  constexpr double early = std::numbers::sqrt2 / 4.0, late = gamma / 2.0;
  out_ = early * (taken(start) + taken(middle)) + late * taken(rise_);
}

void TransientSolver::advance(std::span<const double> powers) {
  const std::vector<double> before = rise_, into = sources(problem_, powers);
  double power = 0.0;
  for (const double p : powers) power += p;
  if (method_ == TimeMethod::tr_bdf2) {
    tr_bdf2(into);
  } else {
    backward_euler(into);
    out_ = taken(rise_);
  }
  account(before, power, out_);
  time_ += step_;
}

}  // namespace waverack::thermal
