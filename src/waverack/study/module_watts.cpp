#include "waverack/study/module_watts.hpp"

#include <algorithm>

#include "waverack/design/solve.hpp"
#include "waverack/link/plan.hpp"

namespace waverack::study {

ModuleWatts::ModuleWatts(const LoadedDesign& loaded, const std::vector<Variation>& variations)
    : variations_(variations) {
  const Design& design = loaded.design;
  const module::Boundaries nominal = baseline_of(loaded).module.power_w;
  nominal_ = {nominal.module, nominal.with_laser};
  lanes_ = design.module.lanes;
  lanes_of_laser_ = lanes_of_laser(design.lane);
  conditions_ = link::conditions_of(design.lane);

  link::Lane lane = design.lane;
  for (std::size_t v = 0; v < variations.size(); ++v) {
    const Variation& variation = variations[v];
    const parts::Instance& instance = (variation.in_light ? lane.light : lane.chain)[variation.part];
    if (instance.place == parts::Place::host) continue;
    const parts::Conditions conditions = parts::conditions_of(instance, conditions_);
    const double before = parts::power_of(instance.part, conditions);
    set_number(lane, variation, variation.deviation);
    const bool matters = parts::power_of(instance.part, conditions) != before;
    set_number(lane, variation, 0.0);
    if (!matters) continue;
    auto known = std::find_if(parts_.begin(), parts_.end(), [&](const VaryingPart& part) {
      return part.in_light == variation.in_light && part.part == variation.part;
    });
    if (known == parts_.end()) {
      const bool external = instance.place == parts::Place::laser;
      const double inside = 1.0 / design.module.conversion_efficiency;
      parts_.push_back(
          {variation.in_light, variation.part, before, external ? 0.0 : inside, external ? 1.0 : inside, {}});
      known = std::prev(parts_.end());
    }
    known->variations.push_back(v);
  }
}

Watts ModuleWatts::at(std::span<const double> deviations, link::Lane& scratch) const {
  Watts watts = nominal_;
  for (const VaryingPart& part : parts_) {
    const parts::Instance& instance = (part.in_light ? scratch.light : scratch.chain)[part.part];
    const parts::Conditions conditions = parts::conditions_of(instance, conditions_);
    for (int lane = 0; lane < lanes_; lane += part.in_light ? lanes_of_laser_ : 1) {
      for (const std::size_t v : part.variations)
        set_number(scratch, variations_[v],
                   deviations[static_cast<std::size_t>(lane) * variations_.size() + v]);
      const double more = parts::power_of(instance.part, conditions) - part.nominal;
      watts.module += part.of_module * more;
      watts.with_laser += part.of_laser * more;
    }
  }
  return watts;
}

}  // namespace waverack::study
