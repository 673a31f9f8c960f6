#include "waverack/coherent/link_integral.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace waverack::coherent {

LinkIntegral::LinkIntegral(const std::vector<NonlinearSpan>& spans, double scale, double largest)
    : largest_(largest) {
  // Cubic interpolation over a tenth of a turn's radian is exact to 1e-5; a span's own width is as wide as
  // the phase over its effective length, which is less than over all of it.
  constexpr double phase = 0.25;
  const double turn = std::abs(scale) * largest_dispersion(spans) * largest;
  const auto count = static_cast<std::size_t>(std::clamp(turn / phase, 64.0, 262144.0));
  step_ = largest / static_cast<double>(count);
  cells_.resize(count + 2);
  std::complex<double> before = link_function(spans, 0.0), sum = 0.0;
  cells_[0] = {before, 0.0};
  for (std::size_t i = 1; i < cells_.size(); ++i) {
    const double y = step_ * static_cast<double>(i);
    const std::complex<double> middle = link_function(spans, scale * (y - 0.5 * step_));
    const std::complex<double> here = link_function(spans, scale * y);
    sum += step_ / 6.0 * (before + 4.0 * middle + here);
    cells_[i] = {here, sum};
    before = here;
  }
}

std::complex<double> LinkIntegral::value(double y) const {
  const double place = std::min(std::abs(y), largest_) / step_;
  const auto i = static_cast<std::size_t>(place);
  const double t = place - static_cast<double>(i);
  // The slope of the cubic of the integral: values at both ends, and the integral over the cell.
  const Cell &a = cells_[i], &b = cells_[i + 1];
  const std::complex<double> mean = (b.sum - a.sum) / step_;
  const std::complex<double> here =
      (1.0 - t) * (1.0 - 3.0 * t) * a.value + t * (3.0 * t - 2.0) * b.value + 6.0 * t * (1.0 - t) * mean;
  return y < 0.0 ? std::conj(here) : here;
}

std::complex<double> LinkIntegral::integral(double y) const {
  const double place = std::min(std::abs(y), largest_) / step_;
  const auto i = static_cast<std::size_t>(place);
  const double t = place - static_cast<double>(i);
  const Cell &a = cells_[i], &b = cells_[i + 1];
  const double t2 = t * t, t3 = t2 * t;
  const std::complex<double> here = a.sum + (3.0 * t2 - 2.0 * t3) * (b.sum - a.sum) +
                                    step_ * ((t3 - 2.0 * t2 + t) * a.value + (t3 - t2) * b.value);
  return y < 0.0 ? -std::conj(here) : here;
}

}  // namespace waverack::coherent
