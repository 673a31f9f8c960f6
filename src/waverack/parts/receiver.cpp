#include "waverack/parts/receiver.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>

namespace waverack::parts {

void resolve(Receiver& part, ReadContext&, const Node& node, const std::string& path) {
  if (std::has_single_bit(static_cast<unsigned>(part.adc_interleaving))) return;
  const Node* given = node.table() ? node.table()->find("adc_interleaving") : nullptr;
  fail(given ? *given : node, join_path(path, "adc_interleaving"),
       fmt::format("{} converters cannot be interleaved here", part.adc_interleaving),
       "a power of two, 1 to 64");
}

Response response(const Receiver& part, const Conditions& conditions) {
  const double f_b = conditions.symbol_rate;
  Response front = signal::butterworth(4, part.bandwidth_ratio * f_b);
  if (part.ctle_dc_gain == 1.0 && part.ctle_dc_gain_low == 1.0) return front;
  signal::Ctle parameters;
  parameters.dc_gain = std::sqrt(part.ctle_dc_gain);
  parameters.dc_gain_low = std::sqrt(part.ctle_dc_gain_low);
  parameters.zero = parameters.pole1 = f_b / 2.5;
  parameters.pole2 = f_b;
  parameters.low_frequency = f_b / 80.0;
  return [front = std::move(front), ctle = signal::ctle(parameters)](double f) { return front(f) * ctle(f); };
}

std::vector<NoiseSource> noise(const Receiver& part, const Conditions&) {
  NoiseSource source;
  source.id = "input";
  source.label = "Receiver front-end noise";
  source.at_input = true;
  source.density = [density = part.noise_density * part.noise_density](double) { return density; };
  return {std::move(source)};
}

Jitter jitter(const Receiver& part, const Conditions& conditions) {
  return {part.random_jitter / conditions.symbol_rate, 0.0};
}

double power(const Receiver& part, const Conditions&) { return part.power; }

}  // namespace waverack::parts
