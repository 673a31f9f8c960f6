#pragma once
// One step of a loss ladder: what it costs when new, and what the years add.

#include <string>
#include <string_view>
#include <vector>

namespace waverack::parts {

struct LossStep {
  std::string name;
  double loss = 1.0;         // power ratio ≥ 1
  double end_of_life = 1.0;  // what is added until the end of life, power ratio ≥ 1
};

// The steps that lose something, new or old.
std::vector<LossStep> steps_with_loss(std::vector<LossStep> steps);
// Loss of all steps when they are new.
double product_of(const std::vector<LossStep>& steps);

// Sources of the usual allowances for the end of life.
inline constexpr std::string_view repeated_mating =
    "change that mating tests of connectors allow, Telcordia GR-326, not read again";
inline constexpr std::string_view coupling_drift =
    "change that tests of passive components allow, Telcordia GR-1221, not read again";
inline constexpr std::string_view laser_ageing = "end of a laser's life is often set at 20 % less light";

}  // namespace waverack::parts
