#pragma once
// The minimum of a function of a few variables without its derivatives, in few calls.

#include <functional>
#include <span>
#include <vector>

namespace waverack {

// One variable: where the search begins, how far the first step goes, and between which bounds it stays.
struct Variable {
  double start = 0.0;
  double step = 1.0;  // > 0; of the size over which the function is about a parabola
  double low = 0.0, high = 0.0;
};

struct MinimiseOptions {
  double step_tolerance = 0.03;  // a search ends when its steps are this fraction of the first ones
  double tolerance = 1e-3;       // another search begins from its end unless it gained less than this
  int largest_count = 400;       // calls of the function
};

struct Minimum {
  std::vector<double> at;
  double value = 0.0;
  int count = 0;           // calls of the function
  bool converged = false;  // false where the calls ran out
};

// A parabola in all variables is laid through the places that were tried, and its minimum within a step of
// the best of them is tried next; steps grow where the parabola promises well and shrink where it does not (a
// trust region: Powell, UOBYQA, Mathematical Programming 92, 555, 2002, is the full-grown method of this
// kind). Where the places do not say how curved the function is, the parabola keeps the curvature it had. A
// new search from the end guards against an end that was none.
//
// An infinite value is a place where the function does not exist; the start must not be one. The result is
// never above the value at the start. Kinks cost accuracy, not safety. The minimum is a local one.
// Deterministic. Throws std::logic_error for a start outside of its bounds. Cost: about 80 calls for six
// variables that depend on one another, beside which its own arithmetic is small.
Minimum minimise(const std::function<double(std::span<const double>)>& function,
                 std::span<const Variable> variables, const MinimiseOptions& options = {});

}  // namespace waverack
