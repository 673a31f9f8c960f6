#pragma once
// The few figures that a reader wants first.

#include <string>
#include <vector>

#include "waverack/design/result.hpp"

namespace waverack::io {

struct Headline {
  std::string label;
  std::string value;  // with its unit: "5.2 pJ/bit", "4.1e-9"
  std::string note;
  Verdict verdict = Verdict::info;
  bool of_lane = false;  // not of laser, module or data hall
};

std::vector<Headline> headline(const Result&);

}  // namespace waverack::io
