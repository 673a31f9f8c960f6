#include "waverack/compliance/com_decision.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/compliance/com_ffe_adapt.hpp"
#include "waverack/compliance/com_ffe_search.hpp"

namespace waverack::compliance {
namespace {

// Σ_i taps[i]·pulse(t − iT).
std::vector<double> behind_taps(std::span<const double> pulse, std::span<const double> taps, int samples) {
  const auto m = static_cast<std::size_t>(samples);
  std::vector<double> sum(pulse.size() + (taps.size() - 1) * m);
  for (std::size_t i = 0; i < taps.size(); ++i) {
    if (taps[i] == 0.0) continue;
    for (std::size_t k = 0; k < pulse.size(); ++k) sum[k + i * m] += taps[i] * pulse[k];
  }
  return sum;
}

// The samples of a record at one phase, all symbols.
std::vector<double> symbols_at(std::span<const double> record, std::ptrdiff_t phase, int samples) {
  std::vector<double> values;
  for (auto i = static_cast<std::size_t>(phase); i < record.size(); i += static_cast<std::size_t>(samples))
    values.push_back(record[i]);
  return values;
}

// Pulses behind CTLE and transmit equaliser; near-end transmitters have none.
void shape_pulses(const ComPulses& pulses, ComDecision& decision) {
  const CtleFactors factors = ctle_factors(decision.setting.dc_gain_db, decision.setting.dc_gain_low_db);
  for (const ComPathPulse& path : pulses.paths) {
    std::vector<double> pulse = pulse_behind_ctle(path, factors);
    if (path.kind != ComPathKind::near_end)
      pulse = behind_taps(pulse, decision.setting.transmitter_taps, pulses.samples_per_symbol);
    if (path.kind == ComPathKind::victim)
      decision.pulse = std::move(pulse);
    else
      decision.aggressors.push_back(std::move(pulse));
  }
}

int worst_phase(std::span<const double> pulse, int samples) {
  const double alone = 1.0;
  return SymbolSums(pulse, samples, 1).strongest_phase({&alone, 1});
}

// Σ_ij w_i·w_j·r(|i − j|).
double behind_receiver_taps(std::span<const double> correlation, std::span<const double> taps) {
  double power = 0.0;
  for (std::size_t lag = 0; lag < taps.size(); ++lag) {
    double sum = 0.0;
    for (std::size_t i = 0; i + lag < taps.size(); ++i) sum += taps[i] * taps[i + lag];
    power += (lag == 0 ? 1.0 : 2.0) * sum * correlation[lag];
  }
  return power;
}

// Adapts the FFE at the best instant, filters all pulses with it and takes the terms from them.
void adapt_ffe(const ComSheet& sheet, const ComPulses& pulses, std::span<const CtleProducts> receiver_noise,
               ComDecision& decision) {
  const CtleFactors factors = ctle_factors(decision.setting.dc_gain_db, decision.setting.dc_gain_low_db);
  const int samples = pulses.samples_per_symbol;
  std::vector<double> noise;
  for (const CtleProducts& products : receiver_noise) noise.push_back(noise_power(products, factors));
  std::vector<double> unshaped = pulse_behind_ctle(pulses.paths.front(), factors);

  ComFfeCandidates candidates(sheet, pulses, factors, receiver_noise);
  const std::ptrdiff_t instant = best_instant(candidates, decision.setting.transmitter_taps).instant;
  const std::ptrdiff_t phase = instant % samples;
  FfeSamples input;
  input.pulse = symbols_at(decision.pulse, phase, samples);
  input.main = static_cast<std::size_t>(instant / samples);
  input.slopes = symbols_at(slope_per_symbol(decision.pulse, samples), phase, samples);
  input.unshaped = symbols_at(unshaped, phase, samples);
  for (const std::vector<double>& aggressor : decision.aggressors)
    input.crosstalk.push_back(symbols_at(aggressor, worst_phase(aggressor, samples), samples));
  FfeAdaptation adapted = adapt_receiver_ffe(sheet, input, noise);
  // A cursor tap of 1 keeps the signal in volts; the annex scales the equalised cursor to 1.
  std::vector<double>& w = adapted.taps;
  const double cursor_tap = w[static_cast<std::size_t>(sheet.receiver_ffe.pre_taps)];
  for (double& tap : w) tap /= cursor_tap;
  const double power = symbol_power(sheet.signal.levels);
  const double converter = quantisation_noise(sheet.credits, power * sum_of_squares(input.pulse));

  decision.pulse = behind_taps(decision.pulse, w, samples);
  unshaped = behind_taps(unshaped, w, samples);
  for (std::vector<double>& aggressor : decision.aggressors) aggressor = behind_taps(aggressor, w, samples);
  ComTerms& terms = decision.terms;
  terms.feedback = adapted.feedback;
  terms.instant = instant + static_cast<std::ptrdiff_t>(sheet.receiver_ffe.pre_taps) * samples;
  terms.main = decision.pulse[static_cast<std::size_t>(terms.instant)];
  terms.signal = sheet.signal.level_mismatch * terms.main / (sheet.signal.levels - 1);
  const ComCursors cursors = cursors_at(decision);
  terms.interference = power * sum_of_squares(cursors.interference);
  terms.jitter = power * sum_of_squares(cursors.slopes) *
                 (sheet.noise.random_jitter * sheet.noise.random_jitter +
                  sheet.noise.dual_dirac_jitter * sheet.noise.dual_dirac_jitter);
  for (const std::vector<double>& aggressor : cursors.crosstalk)
    terms.crosstalk += power * sum_of_squares(aggressor);
  terms.transmitter_noise =
      power / sheet.noise.transmitter_snr * sum_of_squares(symbols_at(unshaped, phase, samples));
  terms.receiver_noise = behind_receiver_taps(noise, w);
  terms.quantisation = converter * sum_of_squares(w);
  const double ideal = sheet.signal.level_mismatch / (sheet.signal.levels - 1);
  decision.figure_of_merit = ideal * ideal / (power * adapted.error);
  decision.receiver_taps = std::move(adapted.taps);
}

}  // namespace

ComDecision decide(const ComSheet& sheet, const ComPulses& pulses,
                   std::span<const CtleProducts> receiver_noise, const ComSetting& setting) {
  ComDecision decision;
  decision.setting = setting;
  decision.samples_per_symbol = pulses.samples_per_symbol;
  shape_pulses(pulses, decision);
  if (has_receiver_ffe(sheet)) {
    adapt_ffe(sheet, pulses, receiver_noise, decision);
  } else {
    const CtleFactors factors = ctle_factors(setting.dc_gain_db, setting.dc_gain_low_db);
    decision.terms = ComCandidates(sheet, pulses, factors, noise_power(receiver_noise.front(), factors))
                         .terms(setting.transmitter_taps);
    decision.figure_of_merit = decision.terms.figure_of_merit();
  }
  if (!(decision.terms.main > 0.0)) throw Error("the equalised pulse has no cursor");
  return decision;
}

ComCursors cursors_at(const ComDecision& decision, std::ptrdiff_t offset) {
  const int samples = decision.samples_per_symbol;
  const std::ptrdiff_t instant = decision.terms.instant + offset;
  const std::ptrdiff_t phase = instant % samples;
  const auto main = static_cast<std::size_t>(instant / samples);
  ComCursors cursors;
  cursors.interference = symbols_at(decision.pulse, phase, samples);
  const double scale = cursors.interference[main] / decision.terms.main;
  cursors.signal = scale * decision.terms.signal;
  for (std::size_t n = 0; n < decision.terms.feedback.size() && main + n + 1 < cursors.interference.size();
       ++n)
    cursors.interference[main + n + 1] -= decision.terms.feedback[n] * decision.terms.main;
  cursors.interference.erase(cursors.interference.begin() + static_cast<std::ptrdiff_t>(main));
  cursors.slopes = symbols_at(slope_per_symbol(decision.pulse, samples), phase, samples);
  for (const std::vector<double>& aggressor : decision.aggressors)
    cursors.crosstalk.push_back(symbols_at(aggressor, worst_phase(aggressor, samples), samples));
  return cursors;
}

}  // namespace waverack::compliance
