#include "waverack/link/gaussian_sum.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/signal/fft_targets.hpp"
#include "waverack/signal/special.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/link/gaussian_sum.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef WAVERACK_LINK_GAUSSIAN_SUM_ONCE
#define WAVERACK_LINK_GAUSSIAN_SUM_ONCE
namespace waverack::link {

constexpr std::size_t most_lanes = 8;

// The integral of a function from a to b = a + h is h/2·(f(a) + f(b)) + 3h²/28·(f'(a) − f'(b)) +
// h³/84·(f''(a) + f''(b)) + h⁴/1680·(f'''(a) − f'''(b)) but for h⁹/25401600·f⁽⁸⁾. The first derivatives of φ
// are −z, z² − 1 and 3z − z³ times φ, so its integral is φ(b)·(even + odd)(b) + φ(a)·(even − odd)(a).
struct Quadrature {
  explicit Quadrature(double h)
      : square(h * h * h / 84.0),
        fixed(0.5 * h - square),
        cube(h * h * h * h / 1680.0),
        line(3.0 * h * h / 28.0 - 3.0 * cube) {}
  double square, fixed;  // even = square·z² + fixed
  double cube, line;     // odd = cube·z³ + line·z
};

}  // namespace waverack::link
#endif

HWY_BEFORE_NAMESPACE();
namespace waverack::link {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Adds Σ mass[i]·φ(z_i) and Σ φ(z_i)·((even + odd)·nearer[i] + (even − odd)·(nearer[i] + mass[i])), z_i being
// z − i·h and `phi` φ(z). Reads up to the end of the last vector.
void sum_centres(const double* mass, const double* nearer, std::size_t count, double z, double h, double phi,
                 double* density, double* tail) {
  const hn::CappedTag<double, most_lanes> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto many = static_cast<double>(lanes);
  // φ(z − s) = φ(z)·exp(zs − s²/2): for a step of h, and for one over all lanes.
  HWY_ALIGN double phis[most_lanes], leaps[most_lanes];
  double step = std::exp((z - 0.5 * h) * h), leap = std::exp((z - 0.5 * many * h) * many * h);
  const double step_shrink = std::exp(-h * h), leap_shrink = std::exp(-many * h * h);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    phis[lane] = phi;
    leaps[lane] = leap;
    phi *= step;
    step *= step_shrink;
    leap *= leap_shrink;
  }
  auto value = hn::Load(d, phis), growth = hn::Load(d, leaps);
  auto at = hn::NegMulAdd(hn::Iota(d, 0), hn::Set(d, h), hn::Set(d, z));
  const auto shrink = hn::Set(d, std::exp(-many * many * h * h)), back = hn::Set(d, many * h);
  const Quadrature quadrature(h);
  const auto square = hn::Set(d, quadrature.square), fixed = hn::Set(d, quadrature.fixed),
             cube = hn::Set(d, quadrature.cube), line = hn::Set(d, quadrature.line);
  auto densities = hn::Zero(d), tails = hn::Zero(d);
  for (std::size_t i = 0; i < count; i += lanes) {
    const auto m = hn::LoadU(d, mass + i), n = hn::LoadU(d, nearer + i), z2 = hn::Mul(at, at);
    const auto even = hn::MulAdd(square, z2, fixed), odd = hn::Mul(at, hn::MulAdd(cube, z2, line));
    densities = hn::MulAdd(value, m, densities);
    tails = hn::MulAdd(value, hn::MulAdd(hn::Add(even, even), n, hn::Mul(hn::Sub(even, odd), m)), tails);
    value = hn::Mul(value, growth);
    growth = hn::Mul(growth, shrink);
    at = hn::Sub(at, back);
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
  // Σ mass[i]·Q(z_i) = Q(z_0)·Σ mass[i] + Σ (Q(z_{i+1}) − Q(z_i))·nearer[i]: ordered by i it asks for φ alone.
  z -= skipped * h;
  const double first = row.mass[i], nearer = row.nearer[i], phi = normal_density(z);
  const Quadrature q(h);
  sum.density = first * phi;
  sum.tail = (first + nearer) * signal::q_function(z) +
             nearer * phi * (q.square * z * z + q.fixed + z * (q.cube * z * z + q.line));
  ++i;
  HWY_DYNAMIC_DISPATCH(sum_centres)
  (row.mass.data() + i, row.nearer.data() + i, row.count - i, z - h, h, phi * std::exp((z - 0.5 * h) * h),
   &sum.density, &sum.tail);
  return sum;
}

}  // namespace waverack::link
#endif
