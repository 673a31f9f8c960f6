#pragma once
// The result of a run: it describes itself, so that it can be understood and run again on its own.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "waverack/design/design.hpp"
#include "waverack/link/rare_errors.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/module/package_result.hpp"

namespace waverack {

enum class Verdict { pass, fail, info };

struct Check {
  std::string name;  // "lane.ber_pre_fec"
  double value = 0.0;
  double limit = 0.0;
  bool at_least = false;  // the limit is a lower one
  double margin = 0.0;    // positive is good; ratio quantities in dB
  std::string unit;
  std::string source;
  Verdict verdict = Verdict::info;
};

// A quantity of the result beside what others state of it.
struct PublishedNumber {
  std::string name;  // "module.power_w.module"
  double value = 0.0;
  double low = 0.0, high = 0.0;
  std::string unit;
  std::string source;
};

struct Assumption {
  std::string path;
  std::string value;
  Kind kind = Kind::assumed;
  std::string source;
  std::string where;  // "default", "card", "design", "--set"
};

// Numbers that were found instead of given (study/operating_point.hpp).
struct FoundNumber {
  std::string path;
  Node before, after;  // as a design states them
};

// TECQ at a test point, an amplitude ratio, where numbers were found for it.
struct FoundTecq {
  std::string test_point;
  double before = 0.0, after = 0.0;
};

struct OperatingPoint {
  std::vector<FoundNumber> found;  // empty where the design asks for none
  std::vector<std::string>
      settings;  // PATH=VALUE that lead there; none where the design's own numbers are best
  double ber_before = 1.0, ber_after = 1.0;
  std::optional<FoundTecq> tecq = std::nullopt;
  int solves = 0;          // of the lane, on the way
  bool converged = false;  // false where the search ran out of solves
};

struct Result {
  int seed = 1;
  Design design;        // with defaults filled in
  std::string summary;  // one sentence
  link::LaneResult lane;
  module::ModuleResult module;
  std::optional<module::PackageResult> package;  // where the module states one; `lane` is then its worst lane
  cluster::ClusterResult cluster;
  OperatingPoint operating_point;
  std::vector<Check> checks;
  std::vector<PublishedNumber> published;
  std::vector<Assumption> assumptions;  // claimed and assumed numbers that were used
  std::vector<Warning> warnings;
};

struct Options {
  int threads = 0;  // 0: one per core
  int seed = 1;
  bool penalties = true;  // solve again without each impairment
  bool charts = true;     // test points, eyes, responses, bathtub
  // Other coolings, thermal crosstalk, limits of the coolant, grid error (module/package_result.hpp).
  bool package_consequences = true;
  // Count errors with the waveform solver; its seed is this one's.
  std::optional<link::CountOptions> count = std::nullopt;
  // Find error ratios by importance sampling; its seed is this one's.
  std::optional<link::RareErrorOptions> weigh = std::nullopt;
};

// Solves lane, module and cluster.
Result solve(const LoadedDesign&, const Options& = {});

}  // namespace waverack
