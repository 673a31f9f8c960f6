#pragma once
// A study of yield as text and as JSON (docs/formats/yield.md).

#include <string>
#include <vector>

#include "waverack/io/load.hpp"
#include "waverack/io/terminal.hpp"
#include "waverack/study/yield.hpp"

namespace waverack::io {

struct YieldOutput {
  const Input& input;
  const study::YieldResult& result;
};

// Claimed and assumed numbers that the study used beside those of the lane and the module.
std::vector<Assumption> yield_assumptions(const YieldOutput&);

// A sentence or two: yield, its interval, what most modules fail by.
std::string yield_summary(const YieldOutput&);
// One screen or two.
std::string yield_text(const YieldOutput&, const Style&);
// The format "waverack-yield", version 1.
std::string yield_json(const YieldOutput&);
// One line for each margin limit and number of spares.
std::string yield_csv(const YieldOutput&);

}  // namespace waverack::io
