#include "waverack/link/gaussian_sum.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/signal/special.hpp"

namespace waverack::link {
namespace {

constexpr double farthest = 37.0;
constexpr double root_two_pi = 2.5066282746310002;

double normal_density(double z) { return std::exp(-0.5 * z * z) / root_two_pi; }

// A step of more than this many sigma is too coarse for the quadrature; every term is then computed on its
// own.
constexpr double coarse_step = 0.125;

}  // namespace

GaussianSum gaussian_sum(std::span<const double> mass, double origin, double step, double threshold,
                         double sigma, bool below) {
  GaussianSum sum;
  const long count = static_cast<long>(mass.size());
  const double sign = below ? -1.0 : 1.0;
  const double h = step / sigma;
  const auto z_of = [&](long i) {
    return sign * (threshold - origin - static_cast<double>(i) * step) / sigma;
  };
  // From the largest z to the smallest: z falls with i for the upper tail, and rises for the lower one.
  long i = below ? count - 1 : 0;
  const long towards = below ? -1 : 1;
  // Centres so far out that all of them together, at mass 1, are less than 1e-9 of the nearest one count as
  // nothing too.
  long nearest = below ? 0 : count - 1;
  while (nearest != i && mass[static_cast<std::size_t>(nearest)] == 0.0) nearest -= towards;
  const double z_near = std::max(z_of(nearest), 0.0);
  const double mass_near = std::clamp(mass[static_cast<std::size_t>(nearest)], 1e-100, 1.0);
  const double reach = std::min(farthest, std::sqrt(z_near * z_near - 2.0 * std::log(1e-9 * mass_near)));
  if (const double beyond = z_of(i) - reach; beyond > 0.0)
    i += towards * static_cast<long>(std::ceil(beyond / h));
  if (i < 0 || i >= count) return sum;

  if (h > coarse_step) {
    for (; i >= 0 && i < count; i += towards) {
      const double z = z_of(i);
      sum.density += mass[static_cast<std::size_t>(i)] * normal_density(z);
      sum.tail += mass[static_cast<std::size_t>(i)] * signal::q_function(z);
    }
    sum.density /= sigma;
    return sum;
  }

  const double z = z_of(i);
  double density = normal_density(z), tail = signal::q_function(z);
  // φ(z − t) = φ(z)·exp(zt − t²/2); each quarter step multiplies by a ratio that itself shrinks by exp(−t²).
  const double t = 0.25 * h;
  double ratio = std::exp(z * t - 0.5 * t * t);
  const double shrink = std::exp(-t * t);
  const double weight = h / 90.0;
  for (;;) {
    const double m = mass[static_cast<std::size_t>(i)];
    sum.density += m * density;
    sum.tail += m * tail;
    i += towards;
    if (i < 0 || i >= count) break;
    // Boole's rule on the four quarter steps.
    const double q1 = density * ratio;
    ratio *= shrink;
    const double q2 = q1 * ratio;
    ratio *= shrink;
    const double q3 = q2 * ratio;
    ratio *= shrink;
    const double next = q3 * ratio;
    ratio *= shrink;
    tail += weight * (7.0 * (density + next) + 32.0 * (q1 + q3) + 12.0 * q2);
    density = next;
  }
  sum.density /= sigma;
  return sum;
}

}  // namespace waverack::link
