#include "waverack/coherent/amplifier_noise.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/coherent/nonlinear_spans.hpp"

namespace waverack::coherent {

std::vector<LinePoint> amplifier_noise(const Line& line, double transmitter_osnr) {
  nonlinear_spans(line);  // its checks
  const Channel& channel = line.channel;
  if (!(channel.power > 0.0)) throw Error("line: the channel's power is not above 0");
  if (!(transmitter_osnr > 0.0)) throw Error("line: the transmitter's OSNR is not above 0");
  LinePoint point{"transmitter", 0.0, channel.power, channel.power / transmitter_osnr / osnr_bandwidth, 0.0};
  std::vector<LinePoint> points{point};
  for (const NamedElement& named : line.elements) {
    double gain = 1.0, added = 0.0;
    if (const auto* fibre = std::get_if<FibreSpan>(&named.element)) {
      gain = std::exp(-fibre->attenuation * fibre->length) / (fibre->input_loss * fibre->output_loss);
      point.distance += fibre->length;
      const double offset = 2.0 * std::numbers::pi * (channel.frequency - fibre->frequency);
      point.dispersion += (fibre->beta2 + fibre->beta3 * offset) * fibre->length;
    } else if (const auto* amplifier = std::get_if<LineAmplifier>(&named.element)) {
      gain = amplifier->gain;
      added = std::max(gain * amplifier->noise_figure - 1.0, 0.0) * planck_constant * channel.frequency;
    } else if (const auto* filter = std::get_if<LineFilter>(&named.element)) {
      gain = 1.0 / filter->loss;
    }
    point.name = named.name;
    point.power *= gain;
    point.noise_density = point.noise_density * gain + added;
    points.push_back(point);
  }
  return points;
}

double osnr(const LinePoint& point) { return point.power / (point.noise_density * osnr_bandwidth); }

double snr_in_symbol_rate(const LinePoint& point, const Channel& channel) {
  return point.power / (point.noise_density * channel.symbol_rate);
}

double osnr_of_one(double input_power, double noise_figure, double frequency) {
  return input_power / (noise_figure * planck_constant * frequency * osnr_bandwidth);
}

}  // namespace waverack::coherent
