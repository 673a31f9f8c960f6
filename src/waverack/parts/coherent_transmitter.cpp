#include "waverack/parts/coherent_transmitter.hpp"

#include <cmath>
#include <memory>
#include <numbers>

#include "waverack/parts/batch_values.hpp"

namespace waverack::parts {
namespace {

// Angle and gain of the branches: v_Q → g·v_Q, and the quadrature branch takes sin δ of the in-phase one.
void mix_branches(const BranchErrors& errors, coherent::DualBatch& batch) {
  const float g = static_cast<float>(std::sqrt(errors.iq_gain));
  const float leak = static_cast<float>(std::sin(errors.quadrature_error));
  const float y = static_cast<float>(std::sqrt(errors.polarisation_gain));
  for_each_row(batch, [&](auto real, auto imaginary) {
    for (int i = 0; i < signal::fft_lanes; ++i) {
      const float polarisation = i < coherent::batch_records ? 1.0f : y;
      const float in_phase = real[i] * polarisation, quadrature = imaginary[i] * polarisation;
      real[i] = in_phase - leak * g * quadrature;
      imaginary[i] = g * quadrature;
    }
  });
}

coherent::BranchResponses branches_of(const Response& whole, const BranchErrors& errors) {
  const auto delayed = [&](double delay) {
    return
        [whole, delay](double f) { return whole(f) * std::polar(1.0, -2.0 * std::numbers::pi * f * delay); };
  };
  const double iq = errors.iq_skew / 2.0, polarisation = errors.polarisation_skew / 2.0;
  return {delayed(-polarisation - iq), delayed(-polarisation + iq), delayed(polarisation - iq),
          delayed(polarisation + iq)};
}

}  // namespace

Response branch_response(const CoherentTransmitter& part, const Conditions& conditions) {
  const double bandwidth = part.dac_bandwidth_ratio * conditions.symbol_rate;
  const double delay = 2.113918 / (2.0 * std::numbers::pi * bandwidth);
  return [filter = signal::bessel_thomson(bandwidth), advance = signal::ideal_delay(-delay)](double f) {
    return filter(f) * advance(f);
  };
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
  // A full-scale sine has half the square of the full scale; the signal 1/backoff of it.
  const double in_nyquist = 0.5 * backoff / (1.5 * std::exp2(2.0 * enob));
  return in_nyquist / samples_per_symbol;
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
             branches_of(dac, context.ideal ? without_errors() : part.errors)}});
  const double full_scale = part.swing / 2.0;
  return [=](coherent::DualBatch& batch) {
    state->emphasis.apply(batch);
    if (state->gain == 0.0) state->gain = full_scale / std::sqrt(part.dac_backoff) / branch_rms(batch);
    coherent::scale(batch, static_cast<float>(state->gain));
    if (!context.ideal) {
      clip(batch, static_cast<float>(full_scale));
      if (part.dac_enob > 0.0) {
        const double variance = 0.5 * full_scale * full_scale / (1.5 * std::exp2(2.0 * part.dac_enob));
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
