#pragma once
// Builds with -DWAVERACK_HEAT=OFF have no heat solver: what needs one is skipped there.

#include <gtest/gtest.h>

#include "waverack/thermal/linear_solver.hpp"

#define WAVERACK_NEEDS_HEAT_SOLVER()               \
  if (!waverack::thermal::heat_solver_available()) \
  GTEST_SKIP() << "this build has no heat solver (WAVERACK_HEAT=OFF)"
