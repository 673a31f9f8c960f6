#include "waverack/compliance/com_cursor.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::compliance {
namespace {

// What a tap of at most `limit` removes from the square of a post-cursor.
double removed(double post, double limit) {
  const double left = std::max(0.0, std::abs(post) - limit);
  return post * post - left * left;
}

void place_floating_groups(const ComFloatingTaps& floating, int fixed, std::span<const double> post,
                           std::span<double> taps) {
  const int width = floating.taps_per_group;
  const auto at = [](int n) { return static_cast<std::size_t>(n - 1); };
  for (int group = 0; group < floating.groups; ++group) {
    int place = 0;
    double most = 0.0;
    for (int first = fixed + 1; first + width - 1 <= floating.span; ++first) {
      double gain = 0.0;
      bool clear = true;
      for (int n = first; n < first + width; ++n) {
        clear = clear && taps[at(n)] == 0.0;
        gain += removed(post[at(n)], floating.largest_tap);
      }
      if (clear && gain > most) {
        most = gain;
        place = first;
      }
    }
    if (place == 0) return;
    for (int n = place; n < place + width; ++n)
      taps[at(n)] = std::clamp(post[at(n)], -floating.largest_tap, floating.largest_tap);
  }
}

void limit_tail(const ComFloatingTaps& floating, std::span<double> taps) {
  if (floating.tail_start <= 0) return;
  double power = 0.0;
  for (auto n = static_cast<std::size_t>(floating.tail_start); n <= taps.size(); ++n)
    power += taps[n - 1] * taps[n - 1];
  const double root = std::sqrt(power);
  if (root <= floating.largest_tail) return;
  for (auto n = static_cast<std::size_t>(floating.tail_start); n <= taps.size(); ++n)
    taps[n - 1] *= floating.largest_tail / root;
}

}  // namespace

std::size_t mueller_muller_instant(std::span<const double> pulse, std::size_t peak, int samples_per_symbol,
                                   double lower, double upper) {
  const auto m = static_cast<std::size_t>(samples_per_symbol);
  std::size_t best = peak;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = peak - m; i <= peak + m / 2; ++i) {
    const double main = pulse[i], after = pulse[i + m];
    if (!(main > 0.0)) continue;
    const double left = after - std::clamp(after, lower * main, upper * main);
    const double residual = std::abs(pulse[i - m] - left);
    if (residual < least) {
      least = residual;
      best = i;
    }
  }
  return best;
}

int feedback_reach(const ComDfe& dfe) {
  const int fixed = static_cast<int>(dfe.upper.size());
  return dfe.floating.groups > 0 ? std::max(fixed, dfe.floating.span) : fixed;
}

void feedback_taps(const ComDfe& dfe, std::span<const double> post, std::span<double> taps) {
  std::fill(taps.begin(), taps.end(), 0.0);
  for (std::size_t n = 0; n < dfe.upper.size(); ++n)
    taps[n] = std::clamp(post[n], dfe.lower[n], dfe.upper[n]);
  if (dfe.floating.groups == 0) return;
  place_floating_groups(dfe.floating, static_cast<int>(dfe.upper.size()), post, taps);
  limit_tail(dfe.floating, taps);
}

}  // namespace waverack::compliance
