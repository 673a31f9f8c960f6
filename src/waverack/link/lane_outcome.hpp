#pragma once
// The few numbers of a lane by which a module is accepted or refused, in as little time as they take.

#include <string>
#include <vector>

#include "waverack/link/plan.hpp"

namespace waverack::link {

// Light at a test point in front of the fibre, noiseless, as LaneResult::test_points has it.
struct LaunchedLight {
  std::string test_point;
  double oma_outer = 0.0;  // [W]
  double extinction_ratio = 0.0;
  double average_power = 0.0;  // [W]
};

struct LaneOutcome {
  // Of each segment of the plan: the optical margin where it carries light, else that of its noise
  // (LaneResult::margin_db and snr_margin_db). NaN where it does not exist, or was not asked for.
  std::vector<double> margins_db;
  std::vector<LaunchedLight> light;
};

// Which of them are wanted: `margins` has one entry for each segment of the plan, `light` for all test
// points. Where only a verdict on an optical margin is wanted, `judge_at_db` [segment] is the limit: that
// takes one solve instead of a search (margin_judged_at_db()). Empty or NaN: the margin is searched.
struct OutcomeQuestions {
  std::vector<bool> margins;
  std::vector<double> judge_at_db{};
  bool light = true;
};

// On the lane's short pattern, at most 8 samples per symbol: margins as in LaneResult. Throws Error as
// make_plan() does. One thread; cost: about 50 ms for an optical margin, 10 ms for one of noise, 5 ms for
// each test point.
LaneOutcome solve_outcome(const Lane&, const OutcomeQuestions&);

}  // namespace waverack::link
