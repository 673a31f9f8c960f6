#include "waverack/coherent/filter_penalty.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include "waverack/base/error.hpp"
#include "waverack/coherent/spectra.hpp"

namespace waverack::coherent {

double filter_power(const LineFilter& filter, double f) {
  const double x = std::abs(2.0 * (f - filter.centre_offset) / filter.bandwidth);
  return std::exp(-std::numbers::ln2 * std::pow(x, 2 * filter.order));
}

FilteredSnr filtered_snr(const Line& line, const std::vector<NoiseSource>& sources) {
  const Channel& channel = line.channel;
  std::vector<std::pair<std::size_t, LineFilter>> filters;
  for (std::size_t i = 0; i < line.elements.size(); ++i)
    if (const auto* filter = std::get_if<LineFilter>(&line.elements[i].element)) {
      if (!(filter->bandwidth > 0.0) || filter->order < 1)
        throw Error("line: \"" + line.elements[i].name +
                    "\": its bandwidth is not above 0 or its order below 1");
      filters.emplace_back(i, *filter);
    }
  double noise = 0.0;
  for (const NoiseSource& source : sources) noise += source.ratio;
  FilteredSnr result{1.0 / noise, 1.0 / noise, 1.0 / noise, 0.0};
  if (filters.empty() || noise == 0.0) return result;

  const auto density = [&](double f) {
    const double signal = raised_cosine(f / channel.symbol_rate, channel.roll_off);
    if (signal == 0.0) return 0.0;
    double all = 1.0;
    for (const auto& [place, filter] : filters) all *= filter_power(filter, f);
    double sum = 0.0;
    for (const NoiseSource& source : sources) {
      double passed = source.ratio;
      for (const auto& [place, filter] : filters)
        if (place >= source.behind) passed *= filter_power(filter, f);
      sum += passed;
    }
    return sum > 0.0 ? signal * all / sum : 0.0;
  };
  // A period that ends at the edges of the band, where all bends: midpoints.
  constexpr int points = 512;
  double inverse = 0.0, least = 0.0;
  for (int i = 0; i < points; ++i) {
    const double f = channel.symbol_rate * ((i + 0.5) / points - 0.5);
    const double folded = density(f - channel.symbol_rate) + density(f) + density(f + channel.symbol_rate);
    inverse += 1.0 / folded / points;
    least += 1.0 / (1.0 + folded) / points;
  }
  result.zero_forcing = 1.0 / inverse;
  result.least_squares = 1.0 / least - 1.0;
  result.penalty_db = 10.0 * std::log10(result.unfiltered / result.least_squares);
  return result;
}

}  // namespace waverack::coherent
