#include "waverack/coherent/gn_model.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/coherent/amplifier_noise.hpp"
#include "waverack/coherent/nonlinear_spans.hpp"
#include "waverack/coherent/quadrature.hpp"

namespace waverack::coherent {

namespace {

constexpr double own = 16.0 / 27.0, crossed = 32.0 / 27.0;
using std::numbers::pi;

void require_channel(const Channel& channel) {
  if (!(channel.symbol_rate > 0.0)) throw Error("line: a channel's symbol rate is not above 0");
  if (!(channel.power >= 0.0)) throw Error("line: a channel's power is negative");
}

double pairs(const std::vector<NonlinearSpan>& spans, const Channel& channel) {
  double sum = 0.0;
  for (std::size_t m = 0; m < spans.size(); ++m)
    for (std::size_t n = m + 1; n < spans.size(); ++n) {
      const double between = pi * pi * std::abs(spans[n].dispersion_before - spans[m].dispersion_before);
      const double band = channel.symbol_rate * channel.symbol_rate;
      const double overlap = between * band < 1e-9 ? 1.0 : sine_integral(between * band) / (between * band);
      const double both = spans[m].gamma * spans[m].power * effective_length(spans[m]) * spans[n].gamma *
                          spans[n].power * effective_length(spans[n]);
      sum += 2.0 * both * overlap;
    }
  return own * channel.power * channel.power * sum;
}

}  // namespace

double gn_psi(double effective_length, double asymptotic_length, double beta2, double band, double other_band,
              double spacing) {
  const double scale = pi * pi * asymptotic_length * std::abs(beta2) * band;
  const double square = effective_length * effective_length;
  const double high = spacing + 0.5 * other_band, low = spacing - 0.5 * other_band;
  if (scale * high < 1e-6) return square * 0.25 * pi * band * other_band;  // β2 → 0
  return square * (std::asinh(scale * high) - std::asinh(scale * low)) /
         (4.0 * pi * std::abs(beta2) * asymptotic_length);
}

NonlinearNoise gn_noise(const Line& line, const GnOptions& options) {
  const Channel& channel = line.channel;
  require_channel(channel);
  for (const Channel& other : line.neighbours) require_channel(other);
  const std::vector<NonlinearSpan> spans = nonlinear_spans(line);
  const std::vector<LinePoint> points = options.noise ? amplifier_noise(line) : std::vector<LinePoint>{};
  NonlinearNoise noise;
  double before = 0.0;  // interference of the spans before
  for (const NonlinearSpan& span : spans) {
    double all = 1.0;  // light of a channel over its signal
    if (options.noise) {
      const LinePoint& point = points[span.element];
      all += before + point.noise_density * channel.symbol_rate / point.power;
    }
    const double cube = all * all * all;
    const double length = effective_length(span);
    const double reach = span.attenuation > 0.0 ? 1.0 / span.attenuation : span.length;
    const auto part = [&](const Channel& other, double weight) {
      const double offset = other.frequency - channel.frequency;
      const double beta2 = span.beta2 + span.beta3 * pi * offset;  // mean of the two places
      const double field = span.gamma * span.power * other.power / other.symbol_rate;
      return weight * field * field *
             gn_psi(length, reach, beta2, channel.symbol_rate, other.symbol_rate, std::abs(offset));
    };
    noise.self.push_back(cube * part(channel, own));
    double sum = 0.0;
    for (const Channel& other : line.neighbours) sum += part(other, crossed);
    noise.neighbours.push_back(cube * sum);
    before += noise.self.back() + noise.neighbours.back();
  }
  if (options.coherent) noise.coherence = pairs(spans, channel);
  return noise;
}

}  // namespace waverack::coherent
