#pragma once
// What a calibration loop tells, whatever it calibrates.

#include <string>
#include <vector>

#include "waverack/link/result.hpp"

namespace waverack::module {

// One number of a loop.
struct LoopMeasure {
  std::string key;    // "ramp_error"
  std::string label;  // for people
  double value = link::not_a_number;
  std::string unit;  // as link::Column's
  std::string note;
};

struct CalibrationLoop {
  std::string name;    // "quadrature"
  std::string label;   // "Bias of mach_zehnder"
  std::string method;  // one sentence
  bool converged = false;
  std::string missed;  // what it was asked and cannot do although it converges; may be empty
  double residual = link::not_a_number;  // rms of what is left, its mean included
  std::string residual_unit;
  double penalty_db = link::not_a_number;        // what the residual costs of the lane's margin
  std::string penalty_basis;                     // how that was found
  double energy_per_bit = 0.0;                   // of the running loop, actuator included [J]
  double time_to_converge = link::not_a_number;  // [s]
  std::vector<LoopMeasure> measures;             // what else is to be said
  std::vector<link::Curve> curves;               // trajectories
  std::vector<Warning> warnings;
};

}  // namespace waverack::module
