#pragma once
// Steady temperatures of a stack.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/thermal/field.hpp"
#include "waverack/thermal/heat_problem.hpp"
#include "waverack/thermal/stack.hpp"

namespace waverack::thermal {

struct SteadyOptions {
  double tolerance = 1e-10;  // of the linear solver: what may be left of the balance, relative to the sources
  double settled = 1e-4;     // conductivities and coolants are, when no temperature moves more [K]
  int most_solves = 30;      // until then
};

// Heat that a face or a coolant takes away.
struct HeatTaken {
  std::string name;
  double heat = 0.0;  // [W]
};

struct CoolantState {
  std::string name;
  double heat = 0.0;          // [W]
  double inlet = 0.0;         // [K]
  double outlet = 0.0;        // mean over the flow [K]
  double outlet_max = 0.0;    // of the hottest stream [K]
  double hottest_wall = 0.0;  // of the surfaces that it touches [K]
  CavityNumbers numbers;
};

struct SteadyResult {
  Field field;                           // the temperature of every node
  std::vector<BlockTemperature> blocks;  // these and the following in the order of the stack
  std::vector<double> points;            // [K]
  std::vector<LayerTemperature> layers;
  std::vector<HeatTaken> faces;
  std::vector<CoolantState> coolants;
  double power = 0.0;           // of all blocks [W]
  double energy_balance = 0.0;  // |heat in − heat out|, relative to the heat that enters
  int iterations = 0;           // of the linear solver, in all
  int solves = 1;               // until conductivities and coolants were settled
  double seconds = 0.0;         // wall time
  std::vector<Warning> warnings;
};

// Asked again and again for one stack at different powers. The first solve sets the solver up; later ones
// start from the temperatures of the last and reuse the set-up.
class SteadySolver {
 public:
  // Throws Error for a bad stack: see place() in placement.hpp.
  explicit SteadySolver(Stack, const SteadyOptions& = {}, const Refinement& = {});

  // Powers of the blocks in the order of the stack [W]. Throws Error for powers at which temperatures are
  // impossible (possible.hpp), std::runtime_error if the linear solver does not converge for another reason.
  // Cost for 1e5 cells: 0.2 s for the set-up, 0.2 s for a solve, 150 MB; both grow in proportion.
  SteadyResult solve(std::span<const double> powers);

  const HeatProblem& problem() const { return problem_; }
  // Of the last conductivities; set up at the first call.
  const LinearSolver& linear_solver();

 private:
  HeatProblem problem_;
  SteadyOptions options_;
  std::optional<LinearSolver> solver_;
  int iterations_after_set_up_ = 0;
  std::vector<double> rise_;  // above the reference [K]
};

// At the powers that the stack states.
SteadyResult solve_steady(const Stack&, const SteadyOptions& = {}, const Refinement& = {});

}  // namespace waverack::thermal
