#include "waverack/compliance/com_search.hpp"

#include <cmath>
#include <functional>

#include "waverack/base/error.hpp"
#include "waverack/base/parallel.hpp"
#include "waverack/compliance/com_filters.hpp"

namespace waverack::compliance {
namespace {

// Calls visit(taps) for every setting whose main tap is large enough; the last tap varies fastest.
template <class Visit>
void visit_transmit_grid(const ComTransmitter& transmitter, Visit visit) {
  const std::size_t pre = transmitter.pre_taps.size();
  std::vector<std::vector<double>> ranges;
  for (const ComRange& range : transmitter.pre_taps) ranges.push_back(values_of(range));
  for (const ComRange& range : transmitter.post_taps) ranges.push_back(values_of(range));
  std::vector<double> taps(ranges.size() + 1);
  constexpr double rounding = 1e-9;
  const std::function<void(std::size_t, double)> choose = [&](std::size_t i, double main) {
    if (main < transmitter.smallest_main_tap - rounding) return;
    if (i == ranges.size()) {
      taps[pre] = main;
      visit(taps);
      return;
    }
    for (const double value : ranges[i]) {
      taps[i < pre ? i : i + 1] = value;
      choose(i + 1, main - std::abs(value));
    }
  };
  choose(0, 1.0);
}

}  // namespace

std::vector<ComGains> gain_grid(const ComSheet& sheet) {
  std::vector<ComGains> grid;
  for (const double low : values_of(sheet.ctle.dc_gain_low_db))
    for (const double gain : values_of(sheet.ctle.dc_gain_db))
      if (gains_allowed(sheet.ctle, gain, low)) grid.push_back({gain, low});
  return grid;
}

std::vector<std::vector<double>> transmit_grid(const ComSheet& sheet) {
  std::vector<std::vector<double>> grid;
  visit_transmit_grid(sheet.transmitter, [&](const std::vector<double>& taps) { grid.push_back(taps); });
  if (grid.empty()) throw Error("no transmit equaliser of the sheet has a main tap that is large enough");
  return grid;
}

std::int64_t transmit_grid_size(const ComSheet& sheet) {
  std::int64_t size = 0;
  visit_transmit_grid(sheet.transmitter, [&](const std::vector<double>&) { ++size; });
  return size;
}

ComSearchResult search_equaliser(const ComSheet& sheet, const ComPulses& pulses,
                                 const CtleProducts& receiver_noise, int threads) {
  const std::vector<ComGains> gains = gain_grid(sheet);
  const std::vector<std::vector<double>> transmit = transmit_grid(sheet);
  struct Best {
    double figure = 0.0;
    std::size_t taps = 0;
  };
  std::vector<Best> best(gains.size());
  parallel_for(static_cast<int>(gains.size()), threads, [&](int i) {
    const auto index = static_cast<std::size_t>(i);
    const CtleFactors factors = ctle_factors(gains[index].dc_gain_db, gains[index].dc_gain_low_db);
    ComCandidates candidates(sheet, pulses, factors, noise_power(receiver_noise, factors));
    for (std::size_t k = 0; k < transmit.size(); ++k) {
      const double figure = candidates.figure_of_merit(transmit[k], best[index].figure);
      if (figure > best[index].figure) best[index] = {figure, k};
    }
  });
  ComSearchResult result;
  result.grid = static_cast<std::int64_t>(gains.size() * transmit.size());
  for (std::size_t i = 0; i < gains.size(); ++i) {
    if (best[i].figure <= result.figure_of_merit) continue;
    result.figure_of_merit = best[i].figure;
    result.setting = {gains[i].dc_gain_db, gains[i].dc_gain_low_db, transmit[best[i].taps]};
  }
  if (!(result.figure_of_merit > 0.0)) throw Error("no equaliser setting of the sheet opens the eye");
  return result;
}

}  // namespace waverack::compliance
