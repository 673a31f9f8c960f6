#include "waverack/compliance/com_eye.hpp"

#include <cmath>
#include <limits>

namespace waverack::compliance {
namespace {

struct Instant {
  double weight = 0.0;
  double signal = 0.0;
  ComNoiseDensity noise;
};

std::vector<Instant> instants_of(const ComSheet& sheet, const ComDecision& decision) {
  const int samples = decision.samples_per_symbol;
  const auto reach = static_cast<int>(std::floor(sheet.eye.half_window * samples + 1e-9));
  std::vector<Instant> instants;
  double sum = 0.0;
  for (int offset = -reach; offset <= reach; ++offset) {
    const double x = offset / (samples * sheet.eye.weight_sigma);
    const ComCursors cursors = cursors_at(decision, offset);
    instants.push_back(
        {std::exp(-0.5 * x * x), cursors.signal, noise_density(sheet, cursors, decision.terms)});
    sum += instants.back().weight;
  }
  for (Instant& instant : instants) instant.weight /= sum;
  return instants;
}

// The probability that a level lies below `v` above its threshold.
double below(const std::vector<Instant>& instants, double v) {
  double probability = 0.0;
  for (const Instant& instant : instants)
    probability += instant.weight *
                   signal::lower_tail(instant.noise.bounded, v - instant.signal, instant.noise.gaussian);
  return probability;
}

}  // namespace

ComEyeOpening eye_opening(const ComSheet& sheet, const ComDecision& decision) {
  const std::vector<Instant> instants = instants_of(sheet, decision);
  const double signal = decision.terms.signal, wanted = sheet.signal.detector_error_ratio;
  double low = -signal, high = signal;
  while (below(instants, low) > wanted) low *= 2.0;
  while (high - low > 1e-9 * signal) {
    const double middle = 0.5 * (low + high);
    (below(instants, middle) > wanted ? high : low) = middle;
  }
  ComEyeOpening opening;
  opening.height = low + high;
  opening.vec_db = opening.height > 0.0 ? 20.0 * std::log10(2.0 * signal / opening.height)
                                        : std::numeric_limits<double>::infinity();
  return opening;
}

}  // namespace waverack::compliance
