#pragma once
// The best of a few settings where every look at them is noisy and costs time: what a production line does.

#include <functional>
#include <span>
#include <vector>

#include "waverack/base/minimise.hpp"
#include "waverack/module/calibration.hpp"

namespace waverack::study {

struct NoisySearch {
  std::vector<double> at;  // where the search ends
  int count = 0;           // measurements
  // Where the search believed the minimum to be after each measurement.
  std::vector<std::vector<double>> believed;
};

// The minimum of what `measure` tells, in exactly `budget` measurements or fewer. Variables as in
// base/minimise.hpp; an infinite value is a place that does not exist. Deterministic but for `measure`.
//   quadratic   pairs of places on either side along every variable, or along directions between them in
//               turn, and a parabola in all variables fitted to all that was measured, near places counting
//               more; its minimum is the next centre, and the pairs draw closer once it lies between them
//               and stands out of the scatter of what was measured.
//               The end is the minimum of the fit, not the luckiest measurement.
//   coordinate  one variable after the other: a parabola through three places; then closer.
//   nelder_mead the simplex (J. A. Nelder and R. Mead, Computer Journal 7, 308, 1965); the end is its best
//               corner as measured.
// (theory: calibration, section 6)
NoisySearch search_noisy(module::LineSearch search,
                         const std::function<double(std::span<const double>)>& measure,
                         std::span<const Variable> variables, int budget);

}  // namespace waverack::study
