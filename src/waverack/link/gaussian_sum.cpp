#include "waverack/link/gaussian_sum.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/signal/fft_targets.hpp"
#include "waverack/signal/special.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/link/gaussian_sum.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/signal/normal_steps-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::link {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Adds Σ mass[i]·φ(z_i) and Σ φ(z_i)·((even + odd)·nearer[i] + (even − odd)·(nearer[i] + mass[i])), z_i being
// z − i·h and `phi` φ(z). Reads up to the end of the last vector.
void sum_centres(const double* mass, const double* nearer, std::size_t count, double z, double h, double phi,
                 double* density, double* tail) {
  const signal::HWY_NAMESPACE::NormalSteps::Tag d;
  signal::HWY_NAMESPACE::NormalSteps normal(z, -h, phi);
  auto densities = hn::Zero(d), tails = hn::Zero(d);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto m = hn::LoadU(d, mass + i), n = hn::LoadU(d, nearer + i);
    const auto even = normal.even(), odd = normal.odd();
    densities = hn::MulAdd(normal.density(), m, densities);
    tails = hn::MulAdd(normal.density(), hn::MulAdd(hn::Add(even, even), n, hn::Mul(hn::Sub(even, odd), m)),
                       tails);
    normal.next();
  }
  *density += hn::GetLane(hn::SumOfLanes(d, densities));
  *tail += hn::GetLane(hn::SumOfLanes(d, tails));
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::link
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::link {

HWY_EXPORT(sum_centres);

namespace {

constexpr double farthest = 37.0;
constexpr double root_two_pi = 2.5066282746310002;
constexpr std::size_t most_lanes = 8;

double normal_density(double z) { return std::exp(-0.5 * z * z) / root_two_pi; }

// A step of more than this many sigma is too coarse for the quadrature; every term is then computed on its
// own.
constexpr double coarse_step = 0.125;

}  // namespace

MassRow::MassRow(std::vector<double> farthest_first)
    : count(farthest_first.size()), mass(std::move(farthest_first)), nearer(count + most_lanes, 0.0) {
  mass.resize(count + most_lanes, 0.0);
  for (std::size_t i = count - 1; i > 0; --i) nearer[i - 1] = nearer[i] + mass[i];
}

GaussianSum gaussian_sum(const MassRow& row, double z, double h) {
  GaussianSum sum;
  // Centres so far out that all of them together, at mass 1, are less than 1e-9 of the nearest one count as
  // nothing too.
  std::size_t nearest = row.count - 1;
  while (nearest > 0 && row.mass[nearest] == 0.0) --nearest;
  const double z_near = std::max(z - static_cast<double>(nearest) * h, 0.0);
  const double mass_near = std::clamp(row.mass[nearest], 1e-100, 1.0);
  const double reach = std::min(farthest, std::sqrt(z_near * z_near - 2.0 * std::log(1e-9 * mass_near)));
  const double skipped = std::ceil(std::max(z - reach, 0.0) / h);
  if (!(skipped < static_cast<double>(row.count))) return sum;
  auto i = static_cast<std::size_t>(skipped);

  if (h > coarse_step) {
    for (; i < row.count; ++i) {
      const double at = z - static_cast<double>(i) * h;
      sum.density += row.mass[i] * normal_density(at);
      sum.tail += row.mass[i] * signal::q_function(at);
    }
    return sum;
  }
  // Σ mass[i]·Q(z_i) = Q(z_0)·Σ mass[i] + Σ (Q(z_{i+1}) − Q(z_i))·nearer[i]: ordered by i it asks for φ
  // alone.
  z -= skipped * h;
  const double first = row.mass[i], nearer = row.nearer[i], phi = normal_density(z);
  const signal::NormalQuadrature step(h);
  sum.density = first * phi;
  sum.tail = (first + nearer) * signal::q_function(z) + nearer * phi * (step.even(z) + step.odd(z));
  ++i;
  HWY_DYNAMIC_DISPATCH(sum_centres)
  (row.mass.data() + i, row.nearer.data() + i, row.count - i, z - h, h, phi * std::exp((z - 0.5 * h) * h),
   &sum.density, &sum.tail);
  return sum;
}

}  // namespace waverack::link
#endif
