#include "waverack/parts/coherent_front_end.hpp"

#include <cmath>
#include <memory>

#include "waverack/base/physical_constants.hpp"
#include "waverack/parts/batch_values.hpp"
#include "waverack/parts/branch_responses.hpp"
#include "waverack/parts/laser_light.hpp"
#include "waverack/parts/second_order.hpp"

namespace waverack::parts {
namespace {

// Largest excursion of the branches over their rms that the gain control leaves room for, each way.
constexpr double crest = 4.0;
// Of |S|² in the band ±R/2, over its mean square: dispersion makes a normal process of the field of a
// polarisation, whose power varies by its mean and has a spectrum that falls linearly from 0 to ±R.
constexpr double power_variance = 0.75;

}  // namespace

Response branch_response(const CoherentFrontEnd& part, const Conditions&) {
  return second_order_low_pass(part.bandwidth, 1.0);
}

FrontEndNoise noise_ratios(const CoherentFrontEnd& part, const Conditions& conditions, double power) {
  const double signal = power / 2.0 / part.hybrid_loss;
  const double oscillator = conditions.local_oscillator.power / 2.0 / part.hybrid_loss;
  const double r = part.responsivity, band = conditions.symbol_rate / 2.0;
  const double mean_square = r * r * signal * oscillator / 2.0;  // of each branch
  const double common = 1.0 / part.common_mode_rejection * r * r / 4.0;
  FrontEndNoise noise;
  noise.shot = elementary_charge * r * (signal + oscillator) * band / mean_square;
  noise.amplifier = part.noise_density * part.noise_density * band / mean_square;
  noise.oscillator_rin =
      common * oscillator * oscillator * conditions.local_oscillator.rin * band / mean_square;
  noise.self_beat = common * signal * signal * power_variance / mean_square;
  return noise;
}

DualAction action(const CoherentFrontEnd& part, const Conditions& conditions, const DualContext& context) {
  struct State {
    coherent::BranchFilter filter;
    double transimpedance = 0.0;
  };
  const BranchErrors errors = context.ideal ? without_errors() : part.errors;
  const auto state = std::make_shared<State>(State{
      {*context.plan, context.sample_rate, delayed_branches(branch_response(part, conditions), errors)}});

  const double oscillator = conditions.local_oscillator.power / 2.0 / part.hybrid_loss;
  const float beat = static_cast<float>(part.responsivity * std::sqrt(oscillator / part.hybrid_loss));
  const float common =
      context.ideal ? 0.0f
                    : static_cast<float>(part.responsivity / 2.0 / std::sqrt(part.common_mode_rejection));
  const float signal_scale = static_cast<float>(1.0 / part.hybrid_loss);
  const BranchGains gains = branch_gains(errors);
  const float leak = static_cast<float>(std::sin(errors.quadrature_error));
  const double rin_current =
      common * oscillator * std::sqrt(conditions.local_oscillator.rin * context.sample_rate / 2.0);
  return [=](coherent::DualBatch& batch) {
    turn(batch, context.oscillator_phase, -1.0f);
    double power = 0.0;
    for_each_row(batch, [&](auto real, auto imaginary) {
      for (int i = 0; i < signal::fft_lanes; ++i) {
        const float polarisation = i < coherent::batch_records ? gains.x : gains.y;
        const float square = (real[i] * real[i] + imaginary[i] * imaginary[i]) * signal_scale;
        const float in_phase = beat * real[i], quadrature = beat * imaginary[i];
        real[i] = polarisation * (gains.i * in_phase + common * square);
        imaginary[i] = polarisation * (gains.q * (quadrature - leak * in_phase) + common * square);
        power += square;
      }
    });
    const double mean = power / (static_cast<double>(batch.size) * signal::fft_lanes);
    if (!context.ideal) {
      // Shot noise of the mean light: what follows the signal is far below that of the local oscillator.
      const double shot = elementary_charge * part.responsivity * (mean + oscillator);
      const double density = shot + part.noise_density * part.noise_density;
      coherent::add_noise(batch, density * context.sample_rate / 2.0 + rin_current * rin_current,
                          context.seed, context.source);
    }
    state->filter.apply(batch);
    if (state->transimpedance == 0.0)
      state->transimpedance = part.output_swing / (2.0 * crest * branch_rms(batch));
    coherent::scale(batch, static_cast<float>(state->transimpedance));
    if (!context.ideal) compress(batch, static_cast<float>(part.saturation_swing / 2.0));
  };
}

double power(const CoherentFrontEnd& part, const Conditions&) { return part.power; }

}  // namespace waverack::parts
