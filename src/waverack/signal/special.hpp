#pragma once
// The tail of the normal distribution, Q(x) = P(N(0,1) > x) = erfc(x/sqrt 2)/2, and its relatives.

namespace waverack::signal {

// Q(x). Relative error below 1e-12 down to Q = 1e-300 (x = 37); smaller values go gradually to 0.
double q_function(double x);

// Natural logarithm of Q(x); has no underflow, so it also serves where Q(x) itself is 0 (x = 1e150).
// Abramowitz and Stegun 26.2.12 (asymptotic series) for x > 25.
double log_q(double x);

// The x with Q(x) = probability, 0 < probability < 1 (otherwise throws Error). Newton's method on log_q;
// relative error about 1e-14.
double inverse_q(double probability);

// Regularised lower incomplete gamma function P(a, x) = ∫₀ˣ t^(a−1)·e^(−t) dt/Γ(a), a > 0, x ≥ 0; the
// probability that a Poisson count of mean x is at least a, for whole a. Relative error below 1e-12 for a up
// to 1e5. Series and continued fraction of Abramowitz and Stegun 6.5.29 and 6.5.31. Cost: about √a + 20
// steps.
double lower_gamma(double a, double x);

// The x with lower_gamma(a, x) = probability, 0 < probability < 1 (otherwise throws Error). Beyond a = 1e5
// the approximation of Wilson and Hilferty (PNAS 17 (1931) 684), whose error is then below 1e-6 standard
// deviations.
double inverse_lower_gamma(double a, double probability);

}  // namespace waverack::signal
