#include "waverack/compliance/integrated_crosstalk.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/compliance/spectral_weight.hpp"

namespace waverack::compliance {
namespace {

struct Aggressor {
  double amplitude, bandwidth;  // [V], [Hz]
};

double crosstalk_power(const network::Network& n, const Aggressor& aggressor, double symbol_rate,
                       const IntegratedCrosstalkSettings& settings) {
  if (n.ports != 2)
    network::refuse_network(n, fmt::format("a network of {} ports is no aggressor", n.ports), "a two-port");
  if (n.points() < 2 || n.frequencies.back() < 0.5 * symbol_rate)
    network::refuse_network(n, "the data end below half of the symbol rate",
                            "data to " + format_engineering(0.5 * symbol_rate, "Hz") + " and beyond");
  const double receiver = settings.receiver_bandwidth_ratio * symbol_rate;
  const double spread =
      settings.density == CrosstalkDensity::symbol_rate ? symbol_rate : settings.highest_frequency;
  const double density = aggressor.amplitude * aggressor.amplitude / spread;
  const auto value = [&](std::size_t k) {
    return 2.0 * density * std::norm(n.at(k, 2, 1)) *
           spectral_weight(n.frequencies[k], symbol_rate, aggressor.bandwidth, receiver);
  };
  double power = 0.0;
  for (std::size_t k = 1; k < n.points(); ++k)
    if (n.frequencies[k - 1] >= settings.lowest_frequency && n.frequencies[k] <= settings.highest_frequency)
      power += 0.5 * (value(k - 1) + value(k)) * (n.frequencies[k] - n.frequencies[k - 1]);
  return power;
}

}  // namespace

IntegratedCrosstalk integrated_crosstalk(std::span<const network::Network> far_end,
                                         std::span<const network::Network> near_end, double symbol_rate,
                                         const IntegratedCrosstalkSettings& settings) {
  if (!(symbol_rate > 0.0)) throw Error("the symbol rate is not positive");
  const auto sum = [&](std::span<const network::Network> networks, double amplitude, double ratio) {
    double power = 0.0;
    for (const network::Network& n : networks)
      power += crosstalk_power(n, {amplitude, ratio * symbol_rate}, symbol_rate, settings);
    return std::sqrt(power);
  };
  IntegratedCrosstalk result;
  result.far_end = sum(far_end, settings.far_end_amplitude, settings.far_end_bandwidth_ratio);
  result.near_end = sum(near_end, settings.near_end_amplitude, settings.near_end_bandwidth_ratio);
  result.total = std::hypot(result.far_end, result.near_end);
  return result;
}

}  // namespace waverack::compliance
