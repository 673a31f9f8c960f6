#pragma once
// What a count of successes says of their probability.

namespace waverack::signal {

// Regularised incomplete beta function I_x(a, b), a, b > 0, 0 ≤ x ≤ 1; for whole a and b the probability that
// of a + b − 1 trials of probability x at least a succeed. Relative error below 1e-10 for a + b up to 1e6.
// Continued fraction of Abramowitz and Stegun 26.5.8. Cost: about √(a + b) + 20 steps at most.
double lower_beta(double a, double b, double x);

struct ProbabilityInterval {
  double low = 0.0, high = 1.0;
};

// 95 % interval of the probability of which `successes` of `trials` came true: Clopper and Pearson
// (Biometrika 26 (1934) 404). 0 ≤ successes ≤ trials, otherwise throws Error; from 0 to 1 without trials.
// Relative error below 1e-9.
ProbabilityInterval binomial_interval(double successes, double trials);

}  // namespace waverack::signal
