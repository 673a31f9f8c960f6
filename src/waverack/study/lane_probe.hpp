#pragma once
// What calibration loops ask the lane: the voltages at its modulator, and what settings cost of its margin.

#include <optional>
#include <string>
#include <vector>

#include "waverack/link/plan.hpp"
#include "waverack/study/sensitivity.hpp"

namespace waverack::study {

// The modulator of a lane and what reaches it.
struct ModulatorAt {
  const parts::Instance* instance = nullptr;
  std::string path;              // "lane.chain.micro_ring"
  parts::Conditions conditions;  // at its place, light included
  std::vector<float> voltages;   // one period of the short pattern, behind the modulator's input response [V]
  std::vector<float> light;      // behind it [W]
};

// Of the first Mach-Zehnder modulator or ring of the lane; `lane` must outlive it. Throws Error if the chain
// is wrong, std::logic_error without a modulator. Cost: some 10 ms.
ModulatorAt modulator_of(const link::Lane& lane);

// Answers questions about the lane with settings laid over it; what was asked before is not solved again.
class LaneProbe {
 public:
  explicit LaneProbe(const Reload& reload, std::vector<std::string> always = {})
      : reload_(reload), always_(std::move(always)) {}

  link::Lane lane(const std::vector<std::string>& settings) const;
  double error_ratio(const std::vector<std::string>& settings) const;
  // Optical margin, or that of the noise in a lane without light [dB].
  double margin_db(const std::vector<std::string>& settings) const;
  // Margin at `settings` less the smaller one of two others; not below 0.
  double penalty_db(const std::vector<std::string>& settings, const std::vector<std::string>& one,
                    const std::vector<std::string>& other) const;

 private:
  const Reload& reload_;
  std::vector<std::string> always_;
};

}  // namespace waverack::study
