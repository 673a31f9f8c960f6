// The normal density φ along a uniform grid, a vector at a time, for sums of φ and Q over the grid. To be
// included after hwy/highway.h, once for each instruction set.
#if defined(WAVERACK_SIGNAL_NORMAL_STEPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef WAVERACK_SIGNAL_NORMAL_STEPS_INL
#undef WAVERACK_SIGNAL_NORMAL_STEPS_INL
#else
#define WAVERACK_SIGNAL_NORMAL_STEPS_INL
#endif

#include <cmath>
#include <cstddef>

#include "waverack/signal/normal_quadrature.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::signal {
namespace HWY_NAMESPACE {

// φ(z), φ(z + h), φ(z + 2h) …, h of either sign, by a recurrence: φ(z + s) = φ(z)·exp(−zs − s²/2).
class NormalSteps {
 public:
  using Tag = hwy::HWY_NAMESPACE::CappedTag<double, 8>;
  using Vector = hwy::HWY_NAMESPACE::Vec<Tag>;

  // `phi`: φ(z).
  HWY_INLINE NormalSteps(double z, double h, double phi) {
    namespace hn = hwy::HWY_NAMESPACE;
    const Tag d;
    const std::size_t lanes = hn::Lanes(d);
    const double leap = static_cast<double>(lanes) * h;
    HWY_ALIGN double phis[8], ratios[8];
    double step = std::exp(-(z + 0.5 * h) * h), ratio = std::exp(-(z + 0.5 * leap) * leap);
    const double step_shrink = std::exp(-h * h), ratio_shrink = std::exp(-leap * h);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      phis[lane] = phi;
      ratios[lane] = ratio;
      phi *= step;
      step *= step_shrink;
      ratio *= ratio_shrink;
    }
    density_ = hn::Load(d, phis);
    growth_ = hn::Load(d, ratios);
    z_ = hn::MulAdd(hn::Iota(d, 0), hn::Set(d, h), hn::Set(d, z));
    shrink_ = hn::Set(d, std::exp(-leap * leap));
    leap_ = hn::Set(d, leap);
    const NormalQuadrature quadrature(std::abs(h));
    square_ = hn::Set(d, quadrature.square);
    fixed_ = hn::Set(d, quadrature.fixed);
    cube_ = hn::Set(d, quadrature.cube);
    line_ = hn::Set(d, quadrature.line);
  }

  HWY_INLINE Vector z() const { return z_; }
  HWY_INLINE Vector density() const { return density_; }
  // By what φ is multiplied in ∫φ from one point of the grid to the next.
  HWY_INLINE Vector even() const {
    namespace hn = hwy::HWY_NAMESPACE;
    return hn::MulAdd(square_, hn::Mul(z_, z_), fixed_);
  }
  HWY_INLINE Vector odd() const {
    namespace hn = hwy::HWY_NAMESPACE;
    return hn::Mul(z_, hn::MulAdd(cube_, hn::Mul(z_, z_), line_));
  }

  HWY_INLINE void next() {
    namespace hn = hwy::HWY_NAMESPACE;
    density_ = hn::Mul(density_, growth_);
    growth_ = hn::Mul(growth_, shrink_);
    z_ = hn::Add(z_, leap_);
  }

 private:
  Vector density_, growth_, z_, shrink_, leap_, square_, fixed_, cube_, line_;
};

}  // namespace HWY_NAMESPACE
}  // namespace waverack::signal
HWY_AFTER_NAMESPACE();

#endif
