#include "waverack/link/margin.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/signal/special.hpp"

namespace waverack::link {

// Decibels of Q for a decibel of attenuation.
constexpr double usual_slope = 1.2;

namespace {

// How far the BER is beyond the limit with extra attenuation. In decibels of the Q factor the miss is nearly
// straight over the attenuation.
double miss_db(const Segment& segment, const parts::Conditions& conditions,
               std::span<const std::uint8_t> symbols, const SegmentOptions& options, double ber_limit,
               double attenuation_db) {
  SegmentOptions attenuated = options;
  attenuated.without.attenuation = std::pow(10.0, attenuation_db / 10.0);
  const double ber = solve_segment(segment, conditions, symbols, attenuated).outcome.ber;
  return 20.0 * std::log10(signal::inverse_q(ber_limit) / signal::inverse_q(std::clamp(ber, 1e-300, 0.49)));
}

}  // namespace

double margin_judged_at_db(const Segment& segment, const parts::Conditions& conditions,
                           std::span<const std::uint8_t> symbols, const SegmentOptions& options,
                           double ber_limit, double at_db) {
  return at_db - miss_db(segment, conditions, symbols, options, ber_limit, at_db) / usual_slope;
}

double attenuation_margin_db(const Segment& segment, const parts::Conditions& conditions,
                             std::span<const std::uint8_t> symbols, const SegmentOptions& options,
                             double ber_limit, double guess) {
  const auto miss = [&](double attenuation_db) {
    return miss_db(segment, conditions, symbols, options, ber_limit, attenuation_db);
  };
  double low = guess, value_low = miss(guess), high = guess, value_high = value_low;
  // So near that the usual slope tells the rest.
  if (guess != 0.0 && std::abs(value_low) < 2e-3) return guess - value_low / usual_slope;
  // How far to go from a point beside the limit: its miss over the slope, and a fifth more to land beyond.
  // Without a slope yet, one decibel for each decibel of Q: where the noise does not depend on the light it
  // takes half of that.
  const auto reach = [&](double value) {
    const double slope = high > low ? (value_high - value_low) / (high - low) : usual_slope;
    return std::clamp(1.2 * std::abs(value) / std::max(slope, 0.2), 0.25, 12.0);
  };
  while (value_low > 0.0) {
    if (low < least_margin_db) return not_a_number;
    const double next = low - reach(value_low);
    high = low, value_high = value_low;
    low = next, value_low = miss(low);
  }
  while (value_high < 0.0) {
    if (high > greatest_margin_db) return not_a_number;
    const double next = high + reach(value_high);
    low = high, value_low = value_high;
    high = next, value_high = miss(high);
  }
  // False position; an end that stays twice counts half, so that it moves (Illinois).
  int stays = 0;
  for (int i = 0; i < 30 && high - low > 0.005; ++i) {
    double middle = low - value_low * (high - low) / (value_high - value_low);
    if (!(middle > low && middle < high)) middle = 0.5 * (low + high);
    const double value = miss(middle);
    if (std::abs(value) < 2e-3) return middle;
    if (value > 0.0) {
      high = middle, value_high = value;
      stays = std::max(stays, 0) + 1;
      if (stays > 1) value_low *= 0.5;
    } else {
      low = middle, value_low = value;
      stays = std::min(stays, 0) - 1;
      if (stays < -1) value_high *= 0.5;
    }
  }
  return 0.5 * (low + high);
}

double floor_ber(const Segment& segment, const parts::Conditions& conditions,
                 std::span<const std::uint8_t> symbols, SegmentOptions options) {
  std::size_t photodiode = 0;
  for (std::size_t e = 0; e < segment.elements.size(); ++e)
    if (segment.elements[e].kind == Element::Kind::nonlinear &&
        segment.elements[e].domain == parts::Domain::current)
      photodiode = e;
  for (const PlacedNoise& noise : segment.noises)
    if (noise.element > photodiode) options.without.noises.insert(noise.path);
  for (const Crosstalk& crosstalk : segment.crosstalk)
    if (crosstalk.element > photodiode) options.without.crosstalk.insert(crosstalk.path);
  options.without.quantisation = true;
  return solve_segment(segment, conditions, symbols, options).outcome.ber;
}

}  // namespace waverack::link
