#include "waverack/parts/coherent_driver.hpp"

#include <memory>

#include "waverack/parts/batch_values.hpp"
#include "waverack/parts/second_order.hpp"

namespace waverack::parts {

Response branch_response(const CoherentDriver& part, const Conditions& conditions) {
  return second_order_low_pass(warmed(part.bandwidth, part.bandwidth_drift, conditions), 1.0);
}

DualAction action(const CoherentDriver& part, const Conditions& conditions, const DualContext& context) {
  const Response response = branch_response(part, conditions);
  const auto filter = std::make_shared<coherent::BranchFilter>(
      *context.plan, context.sample_rate, coherent::BranchResponses{response, response, response, response});
  return [=](coherent::DualBatch& batch) {
    if (!context.ideal && part.noise_density > 0.0)
      coherent::add_noise(batch, part.noise_density * part.noise_density * context.sample_rate / 2.0,
                          context.seed, context.source);
    filter->apply(batch);
    coherent::scale(batch, static_cast<float>(part.gain));
    if (!context.ideal) compress(batch, static_cast<float>(part.saturation_swing / 2.0));
  };
}

double power(const CoherentDriver& part, const Conditions&) { return part.power; }

}  // namespace waverack::parts
