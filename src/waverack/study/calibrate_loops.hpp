#pragma once
// Each calibration loop of a design as the table and the report show it.

#include "waverack/base/random.hpp"
#include "waverack/module/calibration_loop.hpp"
#include "waverack/study/sensitivity.hpp"

namespace waverack::study {

struct LoopInput {
  const LoadedDesign& loaded;
  const Reload& reload;
  Stream stream;  // of this loop
};

module::CalibrationLoop quadrature_loop(const LoopInput&);
module::CalibrationLoop ring_loop(const LoopInput&);
module::CalibrationLoop ring_error_loop(const LoopInput&);
module::CalibrationLoop assignment_loop(const LoopInput&);
module::CalibrationLoop tuning_loop(const LoopInput&);
module::CalibrationLoop training_loop(const LoopInput&);
module::CalibrationLoop power_step_loop(const LoopInput&);

}  // namespace waverack::study
