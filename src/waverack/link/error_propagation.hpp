#pragma once
// How many more symbols go wrong after one wrong decision has been fed back.

#include <functional>
#include <span>

namespace waverack::link {

// Probability that a symbol is decided one level too high or too low, averaged over the levels.
struct ErrorChance {
  double high = 0.0, low = 0.0;
};

// Mean number of wrong symbols for each error that has no wrong decision before it. A decision that is wrong
// by `step` moves the n-th symbol after it by −feedback[n − 1]·step; `chance` gives the errors of a symbol
// that is moved by its argument. Symbols are independent, their noise too, and errors go to the neighbouring
// level. The tree of what can follow is walked as far as its branches weigh more than 1e-4. Without
// feedback: 1. (theory: semi-analytic, error propagation)
double errors_per_event(std::span<const double> feedback, double step,
                        const std::function<ErrorChance(double)>& chance);

}  // namespace waverack::link
