#include "waverack/parts/coherent_transmitter.hpp"

#include <cmath>
#include <memory>

#include "waverack/parts/batch_values.hpp"
#include "waverack/parts/branch_responses.hpp"

namespace waverack::parts {
namespace {

// Gains of the branches, and their angle: the in-phase branch loses sin δ of the quadrature one.
void mix_branches(const BranchErrors& errors, coherent::DualBatch& batch) {
  const BranchGains gains = branch_gains(errors);
  const float leak = static_cast<float>(std::sin(errors.quadrature_error));
  for_each_row(batch, [&](auto real, auto imaginary) {
    for (int i = 0; i < signal::fft_lanes; ++i) {
      const float polarisation = i < coherent::batch_records ? gains.x : gains.y;
      const float in_phase = gains.i * real[i] * polarisation,
                  quadrature = gains.q * imaginary[i] * polarisation;
      real[i] = in_phase - leak * quadrature;
      imaginary[i] = quadrature;
    }
  });
}

}  // namespace

Response branch_response(const CoherentTransmitter& part, const Conditions& conditions) {
  return converter_low_pass(part.dac_bandwidth_ratio * conditions.symbol_rate);
}

Response pre_emphasis(const CoherentTransmitter& part, Response whole) {
  const double largest = std::sqrt(part.pre_emphasis_limit), direct = std::abs(whole(0.0));
  return [whole = std::move(whole), largest, direct](double f) {
    const std::complex<double> value = whole(f) / direct;
    const double size = std::abs(value);
    const double gain = size * largest < 1.0 ? largest : 1.0 / size;
    return size > 0.0 ? std::conj(value) / size * gain : std::complex<double>(gain);
  };
}

double quantisation_ratio(double enob, double backoff, double samples_per_symbol) {
  if (enob <= 0.0) return 0.0;
  return quantisation_noise(enob, 1.0) * backoff / samples_per_symbol;
}

DualAction action(const CoherentTransmitter& part, const Conditions& conditions, const DualContext& context) {
  const Response dac = branch_response(part, conditions);
  const Response whole =
      context.behind ? Response([dac, behind = context.behind](double f) { return dac(f) * behind(f); })
                     : dac;
  const Response emphasis = pre_emphasis(part, whole);
  struct State {
    coherent::BranchFilter emphasis, dac;
    double gain = 0.0;
  };
  const auto state = std::make_shared<State>(
      State{{*context.plan, context.sample_rate, {emphasis, emphasis, emphasis, emphasis}},
            {*context.plan, context.sample_rate,
             delayed_branches(dac, context.ideal ? without_errors() : part.errors)}});
  const double full_scale = part.swing / 2.0;
  return [=](coherent::DualBatch& batch) {
    state->emphasis.apply(batch);
    if (state->gain == 0.0) state->gain = full_scale / std::sqrt(part.dac_backoff) / branch_rms(batch);
    coherent::scale(batch, static_cast<float>(state->gain));
    if (!context.ideal) {
      clip(batch, static_cast<float>(full_scale));
      if (part.dac_enob > 0.0) {
        const double variance = quantisation_noise(part.dac_enob, full_scale);
        const double dac_rate = part.dac_samples_per_symbol * conditions.symbol_rate;
        coherent::add_noise(batch, variance * context.sample_rate / dac_rate, context.seed, context.source);
      }
    }
    state->dac.apply(batch);
    if (!context.ideal) mix_branches(part.errors, batch);
  };
}

DspWatts watts(const CoherentTransmitter& part, const Conditions& conditions) {
  DspWork work;
  work.symbol_rate = conditions.symbol_rate;
  work.information_rate = conditions.information_rate;
  work.samples_per_symbol = part.dac_samples_per_symbol;
  work.converter_enob = part.dac_enob;
  work.shaping_taps = part.shaping_taps;
  return transmitting_watts(part.energy, work);
}

double power(const CoherentTransmitter& part, const Conditions& conditions) {
  return watts(part, conditions).sum();
}

}  // namespace waverack::parts
