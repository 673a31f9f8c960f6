#pragma once
// Where along a fibre the split step applies its nonlinear phase (docs/theory/fibre-propagation.md, section
// 3).
//
// Between these places light is dispersed and nothing else. With U = A·exp(αz/2) the Manakov equation has the
// nonlinear phase (8/9)·γ·exp(−αz)·|U|², so a place stands for the effective length ∫exp(−αz)dz of its step
// and lies at the centre of gravity of the power in it. A span may be run backwards (`reversed`): gain
// instead of loss, all signs turned.

#include <vector>

#include "waverack/coherent/line.hpp"

namespace waverack::coherent {

struct StepPlan {
  std::vector<double> places;  // from the span's start, increasing [m]; shape (steps)
  std::vector<double> lengths;  // effective length of each, their sum (1 − exp(−αL))/α [m]; shape (steps)
  // Of the field, rms over rms of the field, as estimated by the rule; 0 where a rule has no estimate.
  double field_error = 0.0;
};

// The fewest steps whose estimated error is below `field_error` (> 0).
//
// `power`: mean of both polarisations in front of the span's input connector [W]; `bandwidth`: in which it
// lies [Hz], the symbol rate of a channel. To first order in γ the split step sums up the four-wave mixing
// of the span at its places instead of integrating it; the error is the difference, averaged over a flat
// spectrum with Gaussian statistics (theory: eq. 9). Other formats mix less: 16QAM has about two thirds of
// it. Steps grow along the span as exp(ρ·αz), ρ the best of a few. Cost: 10 to 50 ms. Throws Error where
// 4096 steps are not enough.
StepPlan plan_steps(const FibreSpan& span, double power, double bandwidth, double field_error);

// `count` ≥ 1 steps of the same length.
StepPlan equal_steps(const FibreSpan& span, int count);

// Steps of the same nonlinear phase (8/9)·γ·P·L_eff = `phase` [rad] at the power P = `peak_power` at the
// input, but none longer than `longest` [m]: the usual rule. It has no estimate of the error.
StepPlan phase_steps(const FibreSpan& span, double peak_power, double phase, double longest = 5e3);

// The same fibre from its end to its start, undoing what it has done, connectors included.
FibreSpan reversed(const FibreSpan& span);

// The error that eq. 9 gives for any plan.
double estimated_field_error(const StepPlan& plan, const FibreSpan& span, double power, double bandwidth);

}  // namespace waverack::coherent
