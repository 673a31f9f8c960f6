#include "waverack/parts/loss_step.hpp"

namespace waverack::parts {

std::vector<LossStep> steps_with_loss(std::vector<LossStep> steps) {
  std::erase_if(steps, [](const LossStep& step) { return step.loss <= 1.0 && step.end_of_life <= 1.0; });
  return steps;
}

double product_of(const std::vector<LossStep>& steps) {
  double loss = 1.0;
  for (const LossStep& step : steps) loss *= step.loss;
  return loss;
}

}  // namespace waverack::parts
