#pragma once
// All eyes of a lane, as the result lists them among its series.

#include <string>
#include <vector>

#include "waverack/link/result.hpp"

namespace waverack::io {

struct ListedEye {
  std::string id;          // "eye.TP2", "counted_eye.sampler"
  std::string test_point;  // empty for one of the waveform solver
  std::string amplitude;   // "power", "current", "voltage", "decision value"
  const link::EyeImage* image = nullptr;
};

// Those of the test points, then those that the waveform solver drew, numbered by segment where there are
// several.
std::vector<ListedEye> eyes_of(const link::LaneResult& lane);

}  // namespace waverack::io
