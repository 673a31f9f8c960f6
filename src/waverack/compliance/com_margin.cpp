#include "waverack/compliance/com_margin.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace waverack::compliance {
namespace {

constexpr double grid_step = 1.0 / 1000.0;       // of the densities, relative to A_s
constexpr double fine_cursor = 4.0 * grid_step;  // cursors below it count as Gaussian
constexpr double negligible_mass = 1e-9;         // mass that is cut off, relative to DER0

}  // namespace

double sum_of_squares(std::span<const double> amplitudes) {
  double sum = 0.0;
  for (const double amplitude : amplitudes) sum += amplitude * amplitude;
  return sum;
}

ComNoiseDensity noise_density(const ComSheet& sheet, const ComCursors& cursors, const ComTerms& terms) {
  const double power = symbol_power(sheet.signal.levels);
  const double step = grid_step * cursors.signal;
  const double jitter = sheet.noise.random_jitter;
  double variance = terms.receiver_noise + terms.quantisation + terms.transmitter_noise +
                    jitter * jitter * power * sum_of_squares(cursors.slopes);
  std::vector<double> amplitudes = cursors.interference;
  for (const double slope : cursors.slopes) amplitudes.push_back(sheet.noise.dual_dirac_jitter * slope);
  for (const std::vector<double>& aggressor : cursors.crosstalk)
    amplitudes.insert(amplitudes.end(), aggressor.begin(), aggressor.end());
  // The largest last: arrays stay short for most of the convolutions.
  std::sort(amplitudes.begin(), amplitudes.end(),
            [](double a, double b) { return std::abs(a) < std::abs(b); });

  ComNoiseDensity density;
  density.bounded = signal::delta(0.0, step);
  for (const double amplitude : amplitudes) {
    if (std::abs(amplitude) < fine_cursor * cursors.signal) {
      variance += power * amplitude * amplitude;
    } else {
      density.bounded = signal::trimmed(signal::convolve_pam(density.bounded, amplitude, sheet.signal.levels),
                                        negligible_mass * sheet.signal.detector_error_ratio);
    }
  }
  density.gaussian = std::sqrt(variance);
  return density;
}

ComMargin com_margin(const ComSheet& sheet, const ComCursors& cursors, const ComTerms& terms,
                     double limit_db) {
  const double power = symbol_power(sheet.signal.levels);
  const double slopes = power * sum_of_squares(cursors.slopes);
  const double random = sheet.noise.random_jitter, bounded = sheet.noise.dual_dirac_jitter;

  ComMargin margin;
  const double gaussian =
      terms.receiver_noise + terms.quantisation + terms.transmitter_noise + random * random * slopes;
  margin.sigma.receiver = std::sqrt(terms.receiver_noise);
  margin.sigma.transmitter = std::sqrt(terms.transmitter_noise);
  margin.sigma.interference = std::sqrt(terms.interference);
  margin.sigma.crosstalk = std::sqrt(terms.crosstalk);
  margin.sigma.jitter = std::sqrt((random * random + bounded * bounded) * slopes);
  margin.sigma.quantisation = std::sqrt(terms.quantisation);
  margin.sigma.gaussian = std::sqrt(gaussian);
  margin.sigma.all = std::sqrt(gaussian + terms.interference + terms.crosstalk + bounded * bounded * slopes);

  margin.noise = noise_density(sheet, cursors, terms);
  const ComNoiseDensity& noise = margin.noise;
  margin.noise_peak =
      -signal::lower_quantile(noise.bounded, sheet.signal.detector_error_ratio, noise.gaussian);
  margin.com_db = 20.0 * std::log10(cursors.signal / margin.noise_peak);
  const double opening = cursors.signal - margin.noise_peak;
  margin.veo = 2.0 * opening;
  margin.vec_db =
      opening > 0.0 ? -20.0 * std::log10(opening / cursors.signal) : std::numeric_limits<double>::infinity();
  margin.error_ratio_at_limit =
      signal::lower_tail(noise.bounded, -cursors.signal * std::pow(10.0, -limit_db / 20.0), noise.gaussian);
  return margin;
}

}  // namespace waverack::compliance
