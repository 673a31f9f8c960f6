#include "waverack/study/module_draws.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/signal/special.hpp"

namespace waverack::study {
namespace {

// Sources of the streams: no noise source of a lane has such numbers.
constexpr std::uint32_t draws_source = 0xD1E0'0000u, points_source = 0xD1E0'0001u,
                        order_source = 0xD1E0'0002u;

double shaped(double normal, parts::Distribution distribution) {
  if (distribution == parts::Distribution::normal) return normal;
  return std::sqrt(3.0) * (1.0 - 2.0 * signal::q_function(normal));
}

}  // namespace

ModuleDraws::ModuleDraws(const std::vector<Variation>& variations, double lane_pitch, int lanes,
                         int lanes_of_laser, std::uint32_t modules, Sampling sampling, std::uint64_t seed)
    : variations_(variations),
      root_pitch_(std::sqrt(lane_pitch)),
      lanes_(lanes),
      lanes_of_laser_(lanes_of_laser),
      modules_(modules),
      seed_(seed) {
  for (std::size_t v = 0; v < variations.size(); ++v) {
    const parts::Spread& spread = variations[v].spread;
    if (spread.sigma > 0.0 && spread.common > 0.0) common_.push_back(v);
    if (spread.sigma > 0.0 && spread.common < 1.0) own_.push_back(v);
    if (spread.walk > 0.0) walking_.push_back(v);
  }
  if (sampling == Sampling::random) return;
  const auto dimensions = [](std::size_t count) {
    return std::clamp(static_cast<int>(count), 1, most_sobol_dimensions);
  };
  for (int i = 0; i <= lanes; ++i)
    points_.emplace_back(dimensions(i == 0 ? common_.size() : own_.size() + walking_.size()),
                         Stream{seed, points_source, static_cast<std::uint32_t>(i), 0});
}

void ModuleDraws::fill(std::span<double> out, const SobolPoints* points, std::uint32_t index,
                       const Stream& name) const {
  std::size_t even = 0;
  if (points) {
    even = std::min<std::size_t>(out.size(), most_sobol_dimensions);
    for (std::size_t d = 0; d < even; ++d)
      out[d] = -signal::inverse_q(points->at(index, static_cast<int>(d)));
  }
  if (even < out.size()) fill_normal(name, out.subspan(even), even);
}

void ModuleDraws::draw(std::uint32_t module, std::span<double> out) const {
  std::vector<double> common(common_.size()), own(own_.size() + walking_.size()),
      walked(walking_.size(), 0.0);
  std::vector<double> shared(variations_.size(), 0.0), of_laser(variations_.size(), 0.0);
  fill(common, points_.empty() ? nullptr : &points_[0], module, {seed_, draws_source, 0, module});
  for (std::size_t i = 0; i < common_.size(); ++i)
    shared[common_[i]] = std::sqrt(variations_[common_[i]].spread.common) * common[i];

  for (int lane = 0; lane < lanes_; ++lane) {
    const auto number = static_cast<std::uint32_t>(lane) + 1;
    std::uint32_t index = module;
    if (!points_.empty()) index = shuffled(module, modules_, {seed_, order_source, number, 0});
    fill(own, points_.empty() ? nullptr : &points_[number], index, {seed_, draws_source, number, module});
    const std::span<double> here =
        out.subspan(static_cast<std::size_t>(lane) * variations_.size(), variations_.size());
    std::copy(shared.begin(), shared.end(), here.begin());
    for (std::size_t i = 0; i < own_.size(); ++i) {
      const Variation& variation = variations_[own_[i]];
      double& of_first = of_laser[own_[i]];
      if (!variation.of_laser || lane % lanes_of_laser_ == 0) of_first = own[i];
      here[own_[i]] += std::sqrt(1.0 - variation.spread.common) * of_first;
    }
    for (std::size_t v = 0; v < variations_.size(); ++v)
      here[v] = variations_[v].spread.sigma * shaped(here[v], variations_[v].spread.distribution);
    for (std::size_t i = 0; i < walking_.size(); ++i) {
      // The first lane is where the walk begins: what it has in common with the others is in sigma.
      if (lane > 0) walked[i] += own[own_.size() + i];
      here[walking_[i]] += variations_[walking_[i]].spread.walk * root_pitch_ * walked[i];
    }
  }
}

}  // namespace waverack::study
