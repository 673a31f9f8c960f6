#include "waverack/compliance/com_ffe_adapt.hpp"

#include <algorithm>
#include <limits>

#include "waverack/base/error.hpp"
#include "waverack/compliance/com_candidate.hpp"
#include "waverack/compliance/com_mmse.hpp"

namespace waverack::compliance {
namespace {

// out[lag] += weight·Σ_k x(k)·x(k + lag).
void add_correlation(std::span<const double> x, double weight, std::span<double> out) {
  for (std::size_t lag = 0; lag < out.size() && lag < x.size(); ++lag) {
    double sum = 0.0;
    for (std::size_t k = 0; k + lag < x.size(); ++k) sum += x[k] * x[k + lag];
    out[lag] += weight * sum;
  }
}

std::vector<double> correlation_of(const ComSheet& sheet, const FfeSamples& samples,
                                   std::span<const double> receiver_noise) {
  const double power = symbol_power(sheet.signal.levels);
  std::vector<double> correlation(static_cast<std::size_t>(noise_lags(sheet)));
  for (std::size_t lag = 0; lag < correlation.size(); ++lag) correlation[lag] = receiver_noise[lag] / power;
  add_correlation(samples.pulse, 1.0, correlation);
  double input = 0.0;
  for (const double value : samples.pulse) input += value * value;
  correlation[0] += quantisation_noise(sheet.credits, input);
  add_correlation(samples.slopes,
                  sheet.noise.random_jitter * sheet.noise.random_jitter +
                      sheet.noise.dual_dirac_jitter * sheet.noise.dual_dirac_jitter,
                  correlation);
  add_correlation(samples.unshaped, 1.0 / sheet.noise.transmitter_snr, correlation);
  for (const std::vector<double>& aggressor : samples.crosstalk) add_correlation(aggressor, 1.0, correlation);
  return correlation;
}

}  // namespace

bool has_receiver_ffe(const ComSheet& sheet) {
  return sheet.receiver_ffe.pre_taps + sheet.receiver_ffe.post_taps > 0;
}

int noise_lags(const ComSheet& sheet) {
  const ComReceiverFfe& ffe = sheet.receiver_ffe;
  return ffe.pre_taps + 1 +
         (ffe.floating.groups > 0 ? std::max(ffe.post_taps, ffe.floating.span) : ffe.post_taps);
}

FfeAdaptation adapt_receiver_ffe(const ComSheet& sheet, const FfeSamples& samples,
                                 std::span<const double> receiver_noise) {
  const ComReceiverFfe& ffe = sheet.receiver_ffe;
  const std::vector<double> correlation = correlation_of(sheet, samples, receiver_noise);
  std::vector<int> places;
  for (int p = -ffe.pre_taps; p <= ffe.post_taps; ++p) places.push_back(p);
  MmseSolver solver;
  MmseSolution solution;
  const auto solve = [&](const std::vector<int>& at) {
    const MmseProblem problem{at,
                              correlation,
                              samples.pulse,
                              -static_cast<int>(samples.main),
                              sheet.dfe.lower,
                              sheet.dfe.upper,
                              ffe.largest_tap};
    return solver.solve(problem, solution) ? solution.error : std::numeric_limits<double>::infinity();
  };
  double least = solve(places);
  for (int group = 0; group < ffe.floating.groups; ++group) {
    std::vector<int> best = places;
    for (int first = ffe.post_taps + 1; first + ffe.floating.taps_per_group - 1 <= ffe.floating.span;
         ++first) {
      std::vector<int> with = places;
      for (int p = first; p < first + ffe.floating.taps_per_group; ++p) with.push_back(p);
      std::sort(with.begin(), with.end());
      if (std::adjacent_find(with.begin(), with.end()) != with.end()) continue;
      const double error = solve(with);
      if (!(error < least)) continue;
      least = error;
      best = with;
    }
    places = best;
  }
  FfeAdaptation result;
  result.error = solve(places);
  if (!(result.error < std::numeric_limits<double>::infinity()))
    throw Error("the receiver's equaliser has no solution for this setting");
  result.taps.assign(static_cast<std::size_t>(places.back() + ffe.pre_taps + 1), 0.0);
  for (std::size_t j = 0; j < places.size(); ++j)
    result.taps[static_cast<std::size_t>(places[j] + ffe.pre_taps)] = solution.taps[j];
  result.feedback = solution.feedback;
  return result;
}

}  // namespace waverack::compliance
