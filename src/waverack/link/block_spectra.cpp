#include "waverack/link/block_spectra.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace waverack::link {
namespace {

constexpr double negligible_noise = 1e-5;  // share of its power that may be left out

}  // namespace

void push(std::vector<float>& spectrum, std::complex<double> value) {
  spectrum.push_back(static_cast<float>(value.real()));
  spectrum.push_back(static_cast<float>(value.imag()));
}

std::vector<std::int32_t> all_rows(int count) {
  std::vector<std::int32_t> rows(static_cast<std::size_t>(count));
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

std::vector<int> places(const signal::FftPlan& plan) {
  std::vector<int> place(static_cast<std::size_t>(plan.size()));
  for (int p = 0; p < plan.size(); ++p) place[static_cast<std::size_t>(plan.bin_of_position()[p])] = p;
  return place;
}

BinNoise bin_noise(const BlockBins& bins, const signal::FftPlan& plan,
                   const std::function<double(int)>& density) {
  BinNoise noise;
  const std::size_t size = static_cast<std::size_t>(plan.size());
  std::vector<double> power(size);
  for (std::size_t p = 0; p < size; ++p)
    power[p] = density(plan.bin_of_position()[p]) * bins.sample_rate / bins.samples;
  std::vector<std::int32_t> order = all_rows(plan.size());
  std::sort(order.begin(), order.end(), [&](int a, int b) { return power[a] > power[b]; });
  const double total = std::accumulate(power.begin(), power.end(), 0.0);
  if (total <= 0.0) return noise;
  double kept = 0.0;
  std::size_t count = 0;
  while (count < size && kept < (1.0 - negligible_noise) * total) kept += power[order[count++]];
  order.resize(count);
  std::sort(order.begin(), order.end());
  noise.rows = std::move(order);
  for (const std::int32_t row : noise.rows)
    noise.amplitude.push_back(static_cast<float>(std::sqrt(power[row])));
  return noise;
}

}  // namespace waverack::link
