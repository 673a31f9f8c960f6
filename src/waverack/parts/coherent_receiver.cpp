#include "waverack/parts/coherent_receiver.hpp"

#include <cmath>
#include <memory>

#include "waverack/base/physical_constants.hpp"
#include "waverack/parts/batch_values.hpp"
#include "waverack/parts/branch_responses.hpp"

namespace waverack::parts {
namespace {

// Of the samples that the receiver takes behind this part. Nothing is filtered there
// (link/clocked_sampler.hpp), so that the noise of the whole waveform folds into their band.
constexpr double taken_samples_per_symbol = 2.0;

}  // namespace

Response branch_response(const CoherentReceiver& part, const Conditions& conditions) {
  return converter_low_pass(part.adc_bandwidth_ratio * conditions.symbol_rate);
}

int dispersion_taps(double dispersion, const Conditions& conditions) {
  const double wavelength = conditions.local_oscillator.wavelength;
  const double spread =
      std::abs(dispersion) * wavelength * wavelength / speed_of_light * conditions.symbol_rate * 1.15;
  return static_cast<int>(std::ceil(spread * 2.0 * conditions.symbol_rate));
}

DualAction action(const CoherentReceiver& part, const Conditions& conditions, const DualContext& context) {
  struct State {
    coherent::BranchFilter filter;
    double gain = 0.0;
  };
  const Response response = branch_response(part, conditions);
  const auto state = std::make_shared<State>(
      State{{*context.plan, context.sample_rate, {response, response, response, response}}});
  return [=](coherent::DualBatch& batch) {
    state->filter.apply(batch);
    // The full scale is 1.
    if (state->gain == 0.0) state->gain = 1.0 / (branch_rms(batch) * std::sqrt(part.adc_backoff));
    coherent::scale(batch, static_cast<float>(state->gain));
    if (context.ideal || part.adc_enob <= 0.0) return;
    clip(batch, 1.0f);
    const double variance = quantisation_noise(part.adc_enob, 1.0);
    coherent::add_noise(batch, variance * taken_samples_per_symbol / part.adc_samples_per_symbol,
                        context.seed, context.source);
  };
}

DspWatts watts(const CoherentReceiver& part, const Conditions& conditions) {
  DspWork work;
  work.symbol_rate = conditions.symbol_rate;
  work.information_rate = conditions.information_rate;
  work.samples_per_symbol = part.adc_samples_per_symbol;
  work.converter_enob = part.adc_enob;
  work.dispersion_taps = dispersion_taps(part.rated_dispersion, conditions);
  work.equaliser_taps = part.equaliser_taps;
  work.phases = part.phases;
  work.soft_sweeps = part.soft_sweeps;
  work.hard_sweeps = part.hard_sweeps;
  return receiving_watts(part.energy, work);
}

double power(const CoherentReceiver& part, const Conditions& conditions) {
  return watts(part, conditions).sum() + part.energy.standing;
}

}  // namespace waverack::parts
