#include "waverack/compliance/com_candidate.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/compliance/com_cursor.hpp"

namespace waverack::compliance {
namespace {

// Of the equalised pulse, about its expected peak: the peak is sought within 1 UI of it, the instant from 1
// UI before the peak to half a UI after it, and the rule looks 1 UI to both sides of the instant.
constexpr int symbols_before = 3, symbols_after = 3;

int tap_count(const ComTransmitter& transmitter) {
  return static_cast<int>(transmitter.pre_taps.size() + 1 + transmitter.post_taps.size());
}

}  // namespace

double symbol_power(int levels) {
  const double l = levels;
  return (l * l - 1.0) / (3.0 * (l - 1.0) * (l - 1.0));
}

double quantisation_noise(const ComCredits& credits, double input_power) {
  if (!(credits.converter_bits > 0.0)) return 0.0;
  return input_power * credits.converter_peak * credits.converter_peak /
         (3.0 * std::pow(4.0, credits.converter_bits));
}

ComCandidates::ComCandidates(const ComSheet& sheet, const ComPulses& pulses, const CtleFactors& factors,
                             double receiver_noise)
    : sheet_(sheet),
      samples_(pulses.samples_per_symbol),
      symbol_power_(symbol_power(sheet.signal.levels)),
      receiver_noise_(receiver_noise) {
  const int taps = tap_count(sheet.transmitter);
  const int reach = feedback_reach(sheet.dfe);
  const std::vector<double> pulse = pulse_behind_ctle(pulses.paths.front(), factors);
  const auto peak = std::max_element(pulse.begin(), pulse.end()) - pulse.begin();
  const auto pre = static_cast<std::ptrdiff_t>(sheet.transmitter.pre_taps.size());
  expected_peak_ = peak + pre * samples_;
  lead_ = static_cast<std::ptrdiff_t>(taps + symbols_before) * samples_;
  pulse_.assign(static_cast<std::size_t>(lead_), 0.0);
  pulse_.insert(pulse_.end(), pulse.begin(), pulse.end());
  pulse_.resize(pulse_.size() + static_cast<std::size_t>((taps + reach + symbols_after) * samples_));

  own_ = SymbolSums(pulse, samples_, taps);
  slope_ = SymbolSums(slope_per_symbol(pulse, samples_), samples_, taps);
  for (std::size_t i = 1; i < pulses.paths.size(); ++i) {
    const std::vector<double> aggressor = pulse_behind_ctle(pulses.paths[i], factors);
    if (pulses.paths[i].kind == ComPathKind::near_end) {
      const double alone = 1.0;
      near_end_ += symbol_power_ * SymbolSums(aggressor, samples_, 1).largest_power({&alone, 1});
    } else {
      far_end_.emplace_back(aggressor, samples_, taps);
    }
  }
  window_.resize(static_cast<std::size_t>(symbols_before + symbols_after) *
                 static_cast<std::size_t>(samples_));
  post_.resize(static_cast<std::size_t>(std::max(reach, 1)));
  doubled_.resize(static_cast<std::size_t>(taps));
}

double ComCandidates::equalised(std::span<const double> taps, std::ptrdiff_t sample) const {
  const double* p = pulse_.data() + lead_ + sample;
  double sum = 0.0;
  for (std::size_t i = 0; i < taps.size(); ++i)
    sum += taps[i] * p[-static_cast<std::ptrdiff_t>(i) * samples_];
  return sum;
}

bool ComCandidates::evaluate(std::span<const double> taps, double to_beat, ComTerms& terms) {
  // The equalised pulse about its peak.
  const std::ptrdiff_t start = expected_peak_ - symbols_before * samples_;
  std::fill(window_.begin(), window_.end(), 0.0);
  for (std::size_t i = 0; i < taps.size(); ++i) {
    if (taps[i] == 0.0) continue;
    const double* p = pulse_.data() + lead_ + start - static_cast<std::ptrdiff_t>(i) * samples_;
    for (std::size_t k = 0; k < window_.size(); ++k) window_[k] += taps[i] * p[k];
  }
  const auto middle = window_.begin() + symbols_before * samples_;
  const auto peak = std::max_element(middle - samples_, middle + samples_) - window_.begin();
  const bool decides_back = !sheet_.dfe.upper.empty();
  const std::size_t found = mueller_muller_instant(window_, static_cast<std::size_t>(peak), samples_,
                                                   decides_back ? sheet_.dfe.lower.front() : 0.0,
                                                   decides_back ? sheet_.dfe.upper.front() : 0.0);
  terms.instant = start + static_cast<std::ptrdiff_t>(found);
  terms.main = window_[found];
  if (!(terms.main > 0.0)) return false;
  terms.signal = sheet_.signal.level_mismatch * terms.main / (sheet_.signal.levels - 1);

  const auto phase = static_cast<int>((terms.instant + lead_) % samples_);
  doubled_autocorrelation(taps, doubled_);
  const double main_power = terms.main * terms.main;
  terms.transmitter_noise = main_power / sheet_.noise.transmitter_snr;
  terms.receiver_noise = receiver_noise_;
  const double jitter = sheet_.noise.random_jitter * sheet_.noise.random_jitter +
                        sheet_.noise.dual_dirac_jitter * sheet_.noise.dual_dirac_jitter;
  terms.jitter = jitter * symbol_power_ * slope_.power(phase, doubled_);
  terms.crosstalk = near_end_;
  const double input_power = symbol_power_ * own_.power(phase, doubled_);
  terms.quantisation = quantisation_noise(sheet_.credits, input_power);
  const double allowed =
      to_beat > 0.0 ? terms.signal * terms.signal / to_beat : std::numeric_limits<double>::infinity();
  terms.interference = 0.0;
  if (terms.noise() >= allowed) return false;

  double left = input_power / symbol_power_ - main_power;
  terms.feedback.resize(static_cast<std::size_t>(feedback_reach(sheet_.dfe)));
  for (std::size_t n = 0; n < terms.feedback.size(); ++n)
    post_[n] = equalised(taps, terms.instant + static_cast<std::ptrdiff_t>(n + 1) * samples_) / terms.main;
  feedback_taps(sheet_.dfe, post_, terms.feedback);
  for (std::size_t n = 0; n < terms.feedback.size(); ++n) {
    const double after = post_[n] - terms.feedback[n];
    left += main_power * (after * after - post_[n] * post_[n]);
  }
  terms.interference = symbol_power_ * std::max(0.0, left);
  if (terms.noise() >= allowed) return false;
  for (const SymbolSums& sums : far_end_) terms.crosstalk += symbol_power_ * sums.largest_power(doubled_);
  return terms.noise() < allowed;
}

ComTerms ComCandidates::terms(std::span<const double> taps) {
  ComTerms terms;
  evaluate(taps, 0.0, terms);
  return terms;
}

double ComCandidates::figure_of_merit(std::span<const double> taps, double to_beat) {
  return evaluate(taps, to_beat, scratch_) ? scratch_.figure_of_merit() : 0.0;
}

}  // namespace waverack::compliance
