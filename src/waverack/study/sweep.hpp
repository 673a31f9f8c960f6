#pragma once
// A design solved at every point of a grid over some of its paths.

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/design/quantities.hpp"
#include "waverack/study/axis.hpp"

namespace waverack::study {

struct Sweep {
  std::vector<Axis> axes;               // at least one; the last runs fastest
  std::vector<std::string> quantities;  // names as in quantities(Result)
};

// How the design is read and solved with settings PATH=VALUE laid over it (io::sweep_source). Both are called
// from several threads, and throw Error for a mistake of the design.
struct SweepSource {
  std::function<LoadedDesign(const std::vector<std::string>& settings)> read;
  std::function<Result(const std::vector<std::string>& settings, const Options&)> solve;
};

enum class PointStatus {
  pass,   // all checks of the design that were judged pass
  fail,   // one does not
  error,  // no result: the design is wrong at this point
  fault   // no result: waverack is
};
std::string_view point_status_name(PointStatus);

struct SweepRow {
  std::vector<std::size_t> at;  // one index into the values of each axis
  std::vector<double> values;   // one for each quantity; NaN where it was not computed
  std::vector<Node> found;      // one for each entry of the design's `tune`; nothing where there is no result
  PointStatus status = PointStatus::error;
  std::string message;  // which checks fail, or what is wrong; else empty
};

struct SweepOptions {
  int threads = 0;         // 0: one per core; the rows do not depend on it
  std::stop_token stop{};  // points that have begun are finished
  // Each row in the order of the grid, as soon as it is complete.
  std::function<void(const SweepRow&)> on_row{};
};

struct SweepResult {
  std::vector<Quantity> quantities;  // names and units, without numbers
  std::vector<SweepRow> rows;        // of the grid from its beginning; fewer than `points` after a stop
  std::size_t points = 0;
  std::vector<FoundNumber> tuned;  // what is found at every point; `before` is what the design states
  // Limits on quantities of test points, which are computed only if one of them is asked for.
  std::vector<std::string> not_judged;
};

// BER, margins, floor, latency, watts and pJ/bit under the four boundaries.
std::vector<std::string> headline_quantities();

// Solves all points. Each is solved on one thread, without penalties, and without charts unless a quantity of
// a test point is asked for: only then are limits on test points judged.
//
// Throws Error before anything is solved if the sweep itself is wrong: a quantity that results of this design
// do not have, a path that stands twice or is found at every point, a text that the design does not take
// where it is, an axis of numbers none of which it takes. Otherwise a mistake of the design at some points is
// the message of their rows. Cost: about 0.3 s of one core for each point of an optical lane.
SweepResult run_sweep(const Sweep&, const SweepSource&, const SweepOptions& = {});

}  // namespace waverack::study
