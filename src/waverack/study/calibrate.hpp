#pragma once
// The calibration loops that the parts of a design call for, run as plants. (theory: calibration)

#include <functional>
#include <string>
#include <vector>

#include "waverack/design/result.hpp"
#include "waverack/module/calibration_loop.hpp"
#include "waverack/study/sensitivity.hpp"

namespace waverack::study {

// A kind of loop.
struct LoopKind {
  std::string_view name;
  std::string_view calls;  // what a design must have for it
  bool (*called_for)(const Design&);
};
// quadrature, ring, ring_errors, assignment, tuning, training, power_step.
const std::vector<LoopKind>& loop_kinds();

struct CalibrateOptions {
  std::vector<std::string> loops;  // names; empty: all that the parts call for
  int seed = 1;
  std::function<void(std::string_view loop)> on_loop;  // before each begins; may be empty
};

struct CalibrationResult {
  int seed = 1;
  std::vector<module::CalibrationLoop> loops;
  std::vector<Assumption> assumptions;  // claimed and assumed numbers of the loops
};

// Throws Error for a loop that there is not, for one that the design does not call for, and where it calls
// for none. Random numbers come from streams of their own for each loop, so that a loop gives the same alone.
// Cost: under a second for a loop; for tuning what line_tuning.hpp says, for power_step some seconds.
CalibrationResult calibrate(const LoadedDesign&, const Reload&, const CalibrateOptions& = {});

}  // namespace waverack::study
