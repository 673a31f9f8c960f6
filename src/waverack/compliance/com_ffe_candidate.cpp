#include "waverack/compliance/com_ffe_candidate.hpp"

#include <algorithm>
#include <limits>

#include "waverack/compliance/com_candidate.hpp"

namespace waverack::compliance {

ComFfeCandidates::ComFfeCandidates(const ComSheet& sheet, const ComPulses& pulses, const CtleFactors& factors,
                                   std::span<const CtleProducts> receiver_noise)
    : sheet_(sheet), samples_(pulses.samples_per_symbol) {
  const auto transmit_taps =
      static_cast<int>(sheet.transmitter.pre_taps.size() + 1 + sheet.transmitter.post_taps.size());
  for (int p = -sheet.receiver_ffe.pre_taps; p <= sheet.receiver_ffe.post_taps; ++p) places_.push_back(p);
  const auto lags = static_cast<int>(places_.size());
  const int sums = lags + transmit_taps;

  const std::vector<double> pulse = pulse_behind_ctle(pulses.paths.front(), factors);
  const auto peak = std::max_element(pulse.begin(), pulse.end()) - pulse.begin();
  expected_peak_ = peak + static_cast<std::ptrdiff_t>(sheet.transmitter.pre_taps.size()) * samples_;
  const int reach = static_cast<int>(sheet.dfe.upper.size());
  lead_ = static_cast<std::ptrdiff_t>(transmit_taps + sheet.receiver_ffe.post_taps + 3) * samples_;
  pulse_.assign(static_cast<std::size_t>(lead_), 0.0);
  pulse_.insert(pulse_.end(), pulse.begin(), pulse.end());
  pulse_.resize(pulse_.size() + static_cast<std::size_t>(
                                    (transmit_taps + sheet.receiver_ffe.pre_taps + reach + 3) * samples_));

  own_ = SymbolSums(pulse, samples_, sums);
  signal_ = own_;
  const double jitter = sheet.noise.random_jitter * sheet.noise.random_jitter +
                        sheet.noise.dual_dirac_jitter * sheet.noise.dual_dirac_jitter;
  signal_.add(SymbolSums(slope_per_symbol(pulse, samples_), samples_, sums), jitter);

  const double power = symbol_power(sheet.signal.levels);
  for (int lag = 0; lag < lags; ++lag)
    fixed_.push_back(noise_power(receiver_noise[static_cast<std::size_t>(lag)], factors) / power);
  for (std::size_t i = 1; i < pulses.paths.size(); ++i) {
    const std::vector<double> aggressor = pulse_behind_ctle(pulses.paths[i], factors);
    if (pulses.paths[i].kind == ComPathKind::near_end) {
      const SymbolSums alone(aggressor, samples_, lags);
      const double unshaped = 1.0;
      const int worst = alone.strongest_phase({&unshaped, 1});
      for (int lag = 0; lag < lags; ++lag) fixed_[static_cast<std::size_t>(lag)] += alone.at(worst, lag);
    } else {
      far_end_.emplace_back(aggressor, samples_, sums);
    }
  }
  doubled_.resize(static_cast<std::size_t>(transmit_taps));
  window_.resize(2 * static_cast<std::size_t>(samples_));
  shaped_.resize(static_cast<std::size_t>(lags));
  correlation_.resize(static_cast<std::size_t>(lags));
  symbols_.resize(static_cast<std::size_t>(lags + reach));
}

std::ptrdiff_t ComFfeCandidates::choose(std::span<const double> taps) {
  taps_.assign(taps.begin(), taps.end());
  doubled_autocorrelation(taps, doubled_);
  const std::ptrdiff_t start = expected_peak_ - samples_;
  std::fill(window_.begin(), window_.end(), 0.0);
  for (std::size_t i = 0; i < taps.size(); ++i) {
    const double* p = pulse_.data() + lead_ + start - static_cast<std::ptrdiff_t>(i) * samples_;
    for (std::size_t k = 0; k < window_.size(); ++k) window_[k] += taps[i] * p[k];
  }
  for (std::size_t lag = 0; lag < shaped_.size(); ++lag) shaped_[lag] = fixed_[lag];
  for (const SymbolSums& sums : far_end_) {
    const int worst = sums.strongest_phase(doubled_);
    for (std::size_t lag = 0; lag < shaped_.size(); ++lag)
      shaped_[lag] += sums.correlation(worst, static_cast<int>(lag), doubled_);
  }
  return start + (std::max_element(window_.begin(), window_.end()) - window_.begin());
}

double ComFfeCandidates::error_at(std::ptrdiff_t instant) {
  const auto phase = static_cast<int>((instant + lead_) % samples_);
  // The noise of the transmitter passes by its equaliser.
  const double from_transmitter = 1.0 / sheet_.noise.transmitter_snr;
  for (std::size_t lag = 0; lag < correlation_.size(); ++lag)
    correlation_[lag] = shaped_[lag] + signal_.correlation(phase, static_cast<int>(lag), doubled_) +
                        from_transmitter * own_.at(phase, static_cast<int>(lag));
  if (sheet_.credits.converter_bits > 0.0) {
    const double power = symbol_power(sheet_.signal.levels);
    correlation_[0] +=
        quantisation_noise(sheet_.credits, power * own_.correlation(phase, 0, doubled_)) / power;
  }
  const int first = -sheet_.receiver_ffe.post_taps;
  for (std::size_t k = 0; k < symbols_.size(); ++k) {
    const double* p = pulse_.data() + lead_ + instant + (first + static_cast<std::ptrdiff_t>(k)) * samples_;
    double sum = 0.0;
    for (std::size_t i = 0; i < taps_.size(); ++i)
      sum += taps_[i] * p[-static_cast<std::ptrdiff_t>(i) * samples_];
    symbols_[k] = sum;
  }
  const MmseProblem problem{places_,
                            correlation_,
                            symbols_,
                            first,
                            sheet_.dfe.lower,
                            sheet_.dfe.upper,
                            sheet_.receiver_ffe.largest_tap};
  return solver_.solve(problem, solution_) ? solution_.error : std::numeric_limits<double>::infinity();
}

}  // namespace waverack::compliance
