#pragma once
// How many of the modules that a line makes are good: modules of lanes whose numbers differ, calibrated, and
// judged.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "waverack/module/reliability.hpp"
#include "waverack/module/spares.hpp"
#include "waverack/study/lane_measures.hpp"
#include "waverack/study/module_draws.hpp"
#include "waverack/study/module_watts.hpp"
#include "waverack/study/response_surface.hpp"

namespace waverack::study {

struct YieldOptions {
  int modules = 10000;
  std::optional<int> spares = std::nullopt;  // else what the design says
  bool full = false;                         // solve every lane in full
  int check = 0;  // so many of the modules are judged both ways, to compare; at most all of them
  Sampling sampling = Sampling::random;
  int seed = 1;
  int threads = 0;  // 0: one per core; the result does not depend on it
  // Of the surroundings of parts in the field, by path [K], for their failure rates (mean_temperatures() of
  // the design); others have those of their lane.
  std::map<std::string, double> temperatures{};
  std::stop_token stop{};
  // What is being done, and how much of how much of it.
  std::function<void(std::string_view stage, int done, int of)> on_progress{};
};

// How good the polynomial of a measure is.
struct SurfaceQuality {
  std::string measure, unit;
  int places = 0, terms = 0;
  double leave_one_out_rms = 0.0;
  // Against full solutions that it was not fitted to, drawn as the lanes of modules are.
  int held_out = 0;
  double rms = 0.0, largest = 0.0;
};

// Modules with `spares` lanes more than they sell.
struct SpareRow {
  int spares = 0;
  int good = 0;  // modules
  double yield = 0.0;
  module::Interval interval;     // 95 %, as if drawn at random
  double if_independent = 0.0;   // if lanes of a module did not resemble each other
  double of_switch = 0.0;        // that all modules of a switch are good
  std::vector<double> by_limit;  // yield against the margin limit, at YieldResult::limits_db
};

struct Cause {
  std::string path;      // of what varies; "" where no single deviation decides
  int modules = 0;       // refused ones whose deciding lane gains most if this alone is as designed
  int good_without = 0;  // of those, how many would then be good
};

struct RequirementCount {
  std::string name;
  bool at_least = true;
  int modules = 0;  // refused ones that miss it by most
};

struct Bin {
  double from_db = 0.0, to_db = 0.0;  // margin of the weakest lane that is sold
  int modules = 0;
  double mean_w = 0.0;  // with lasers
};

struct Histogram {
  double first = 0.0, width = 1.0;  // of the lowest bin
  std::vector<int> counts;
};

// The same modules judged by the fast path and in full.
struct FullComparison {
  int modules = 0;
  int good_both = 0, good_neither = 0, good_fast_alone = 0, good_full_alone = 0;
  // Of the modules' margins, fast less full, where both exist; only where all modules were solved in full.
  int margins = 0;
  double rms_db = 0.0, largest_db = 0.0, mean_db = 0.0;
  int good_fast() const { return good_both + good_fast_alone; }
  int good_full() const { return good_both + good_full_alone; }
  // Of the yields, fast less full.
  double difference() const { return (good_fast_alone - good_full_alone) / static_cast<double>(modules); }
  module::Interval difference_interval() const {  // 95 %
    return module::paired_difference_interval(static_cast<std::uint64_t>(good_fast_alone),
                                              static_cast<std::uint64_t>(good_full_alone),
                                              static_cast<std::uint64_t>(modules));
  }
};

struct YieldResult {
  YieldOptions options;
  int modules = 0;  // finished ones; fewer than asked for after a stop
  int lanes = 0, spares = 0;
  double modules_per_switch = 1.0;
  std::vector<Variation> variations;
  std::vector<Requirement> lane_requirements, module_requirements;
  std::vector<std::string> not_judged;
  bool nominal_good = false;
  Measure margin;
  double margin_limit_db = 0.0;
  int lanes_solved = 0, places_lost = 0;  // for the polynomials; of them, without a solution
  std::vector<SurfaceQuality> surfaces;

  double lane_yield = 0.0;  // of all lanes that were drawn
  std::vector<double> limits_db;
  std::vector<SpareRow> by_spares;
  // With the chosen spares, if what decides were worse or better by the rms error of its polynomial.
  double yield_if_lower = 0.0, yield_if_higher = 0.0;
  Histogram lane_margins, module_margins;  // [dB]
  std::vector<Bin> bins;
  std::vector<Cause> causes;             // most modules first
  std::vector<RequirementCount> missed;  // the same
  bool watts_vary = false;
  Watts watts_mean, watts_low, watts_high;  // 5 % and 95 % of the modules
  std::optional<FullComparison> comparison;
  module::Reliability reliability;
  std::vector<Warning> warnings;

  bool complete() const { return modules == options.modules; }
  const SpareRow& chosen() const { return by_spares.at(static_cast<std::size_t>(spares)); }
};

// Draws modules as the spreads of the design's parts say, sets what a line sets (the receiver adapts, lasers
// are trimmed), and judges their lanes. A module is good if as many of its lanes as it sells hold every lane
// requirement, and its watts theirs.
//
// The fast path describes every measure of a lane by a polynomial of what varies (response_surface.hpp),
// fitted to 10 full solutions for each number that varies and 24 more, and tells its error on 50 others. It
// leaves out: what polynomials of degree 3, and of 2 across numbers, do not describe; that a laser cannot
// give its power; ranges of numbers. `full` solves every lane (solve_outcome), and compares; `check` compares
// the verdicts on the first modules.
//
// Throws Error where nothing varies or the design cannot be solved. Cost on one core: 50 to 100 ms for each
// full solution, so 10 to 30 s to begin with; then about 0.2 ms for a module of 32 lanes; 2 to 3 s for each
// that is checked.
YieldResult run_yield(const LoadedDesign&, const YieldOptions&);

}  // namespace waverack::study
