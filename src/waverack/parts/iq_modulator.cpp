#include "waverack/parts/iq_modulator.hpp"

#include <cmath>
#include <memory>
#include <numbers>

#include "waverack/parts/batch_values.hpp"
#include "waverack/parts/laser_light.hpp"
#include "waverack/parts/second_order.hpp"

namespace waverack::parts {

Response branch_response(const IqModulator& part, const Conditions&) {
  return second_order_low_pass(part.bandwidth, 1.0);
}

double carrier_ratio(const IqModulator& part, double rms) {
  const double leak = std::sin(std::numbers::pi / 2.0 * part.bias_error),
               sigma = std::numbers::pi * rms / (2.0 * part.v_pi);
  return leak * leak / std::tanh(sigma * sigma);
}

DualAction action(const IqModulator& part, const Conditions& conditions, const DualContext& context) {
  const Response response = branch_response(part, conditions);
  const auto filter = std::make_shared<coherent::BranchFilter>(
      *context.plan, context.sample_rate, coherent::BranchResponses{response, response, response, response});
  const float angle = static_cast<float>(std::numbers::pi / (2.0 * part.v_pi));
  const float bias = context.ideal ? 0.0f : static_cast<float>(std::numbers::pi / 2.0 * part.bias_error);
  const float leak = context.ideal ? 0.0f : static_cast<float>(1.0 / std::sqrt(part.extinction_ratio));
  const float field = static_cast<float>(0.5 * std::sqrt(0.5 * conditions.light.power / part.insertion_loss));
  return [=](coherent::DualBatch& batch) {
    filter->apply(batch);
    for_each_row(batch, [&](auto real, auto imaginary) {
      for (int i = 0; i < signal::fft_lanes; ++i) {
        const float in_phase = angle * real[i] + bias, quadrature = angle * imaginary[i] + bias;
        const float mi = std::sin(in_phase), mq = std::sin(quadrature);
        real[i] = field * (mi + leak * (1.0f - std::cos(quadrature)));
        imaginary[i] = field * (mq - leak * (1.0f - std::cos(in_phase)));
      }
    });
    if (!context.ideal) add_intensity_noise(batch, conditions.light.rin, context.seed, context.source);
    turn(batch, context.transmit_phase, 1.0f);
  };
}

double power(const IqModulator& part, const Conditions&) { return part.bias_power; }

}  // namespace waverack::parts
