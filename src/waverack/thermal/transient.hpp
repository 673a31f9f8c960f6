#pragma once
// Temperatures of a stack in time (docs/theory/heat.md, section 6).

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waverack/thermal/steady.hpp"

namespace waverack::thermal {

// Heat since the start [J].
struct EnergyAccount {
  double in = 0.0;      // of the blocks
  double out = 0.0;     // through faces and into coolants
  double stored = 0.0;  // in the cells
  double moved = 0.0;   // everything that went anywhere, to which a balance is relative
};

// Steps of one length. Every step solves (s·C + M)·T = …, C the heat capacities, with a set-up that is used
// as long as the step and the conductivities stay.
class TransientSolver {
 public:
  // Starts at `initial`, the temperature of every node [K]. Conductivities and coolants are those of the
  // problem until refresh(). Throws Error where a layer has no heat capacity, or the step is not positive.
  TransientSolver(HeatProblem, std::vector<double> initial, double step, TimeMethod = TimeMethod::tr_bdf2,
                  double tolerance = 1e-6);

  // One step with these powers of the blocks [W], the same from its beginning to its end. TR-BDF2 (R. E. Bank
  // et al., IEEE Trans. Electron Devices 32 (1985) 1992, with the γ of equal matrices): second order, damps
  // what is faster than the step; two solves. Backward Euler: first order, one solve.
  void advance(std::span<const double> powers);

  void set_step(double step);
  // Takes conductivities and coolants at the present temperatures.
  void refresh();

  double time() const { return time_; }
  const HeatProblem& problem() const { return problem_; }
  const EnergyAccount& energy() const { return energy_; }
  int iterations() const { return iterations_; }  // of the linear solver, in all
  std::vector<double> temperature() const;        // of every node [K]

  // From now on every step adds what it is off by to step_error(). Cost: half a step to a step for each.
  void follow_error() { error_.assign(rise_.size(), 0.0); }
  // How far the steps since follow_error() have moved every node from what infinitely short ones would give
  // [K], conductivities and coolants as they were taken: the difference to the companion of the next order,
  // carried on as heat (docs/theory/heat.md, section 6). Empty where it is not followed.
  const std::vector<double>& step_error() const { return error_; }

 private:
  void set_up();
  double taken(const std::vector<double>& rise) const;
  std::size_t kind(std::size_t node) const { return problem_.network.heat_capacity[node] > 0.0 ? 0 : 1; }
  // Solves (s·C + M)·x = right from the given x.
  void solve(const std::vector<double>& right, std::vector<double>& x);
  void backward_euler(const std::vector<double>& into);
  void tr_bdf2(const std::vector<double>& into);
  // `off`: the error of this step alone, times the heat capacity [J].
  void carry_error(const std::vector<double>& off);
  // x ← (s·C + M)⁻¹·s·(C·x + off), what that changes to 3 %.
  void smooth_error(std::vector<double>& x, const std::vector<double>& off);
  void account(const std::vector<double>& before, double power_in, double out);

  HeatProblem problem_;
  TimeMethod method_;
  double step_, tolerance_, time_ = 0.0;
  double scale_ = 0.0;                           // s [1/s]
  std::vector<double> rise_;                     // above the reference [K]
  std::vector<double> last_step_, step_before_;  // what the last two steps added [K]; empty at first
  std::vector<double> last_powers_;              // [W]
  int alike_ = 0;                                // steps so far of one length, set-up and powers
  std::vector<double> error_;                    // step_error() [K]
  std::optional<LinearSolver> solver_;
  // What of (s·C + M) ties nodes that hold heat, 0, and surfaces, 1, to one another: sums of entries [W/K].
  std::array<std::array<double, 2>, 2> whole_{};
  EnergyAccount energy_;
  double out_ = 0.0;  // heat that left in the last step, as its method weighs it [W]
  int iterations_ = 0;
};

struct TransientResult {
  std::vector<double> time;                           // [s], the start included
  std::vector<std::vector<BlockTemperature>> blocks;  // shape (times, blocks), in the order of the stack
  std::vector<std::vector<double>> points;            // shape (times, points) [K]
  std::vector<std::vector<double>> outlets;  // of coolants, mean over the flow, shape (times, cavities) [K]
  double energy_balance = 0.0;               // |in − out − stored| relative to what moved
  // Of the length of the steps (TransientSolver::step_error): largest over times and the cells of each block,
  // and over times at each point [K].
  std::vector<double> block_errors, point_errors;
  double step_error = 0.0;  // largest of those; of all nodes where there are none
  int iterations = 0;       // of the linear solver
  double seconds = 0.0;     // wall time
  Field last;               // at the end
  bool complete = true;     // whether `progress` let it run to the end of the slots
  std::vector<Warning> warnings;
};

// A time with powers of its own.
struct PowerSlot {
  double duration = 0.0;       // [s]
  std::vector<double> powers;  // of blocks, in the order of the stack [W]
};

// Those that the stack states. Throws Error for a block that is none.
std::vector<PowerSlot> power_slots(const Stack&);

// The slots one after another, in equal steps of at most the one that is stated. What depends on temperature
// is taken anew at the start of every slot; a warning says where temperatures move by more than 20 K within
// one. `progress` is called with the share that is done, and ends the run by returning false: the result is
// that of the steps so far, and a warning says where it ended. Throws Error where there are no slots, and
// where temperatures become impossible (possible.hpp). Cost: for 1e5 cells about 0.1 s for a step.
TransientResult solve_transient(const Stack&, std::span<const PowerSlot>,
                                const std::function<bool(double)>& progress = {});

}  // namespace waverack::thermal
