#pragma once
// Weights that make every context of near symbols equally likely.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/link/decision.hpp"

namespace waverack::link {

// A symbol that stays in the pattern: the one of instant k − lag, and its coefficient in y_k.
struct Near {
  long lag = 0;
  double coefficient = 0.0;
};

// Samples of the decision variable without the far symbols; the weights of a level sum to 1.
struct Samples {
  std::vector<std::uint8_t> level;
  std::vector<float> value, variance, slope;
  std::vector<double> weight;
};

// `value`: y_k of `in` less its far symbols, one for each symbol of the pattern; `near`: the cursor (lag 0)
// first; `centred`: the levels as the regression counts them, of mean zero. Each context of near symbols gets
// the same weight, whatever the pattern's statistics. A pattern from a short recursion never visits some
// contexts (SSPRQ: 389 of the 1024 of lags 0, 12, 15, 26, 29). Those get the linear prediction of their
// neighbours, and what else a symbol has — nonlinear distortion, noise, jitter — from samples of the same
// level. (theory: semi-analytic, section 4)
Samples weigh_contexts(const DecisionInput& in, std::vector<float> value, std::span<const Near> near,
                       std::span<const double> centred);

}  // namespace waverack::link
