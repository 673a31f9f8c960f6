#pragma once
// The result of a run: it describes itself, so that it can be understood and run again on its own.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "waverack/design/design.hpp"
#include "waverack/link/waveform_solver.hpp"

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

struct Assumption {
  std::string path;
  std::string value;
  Kind kind = Kind::assumed;
  std::string source;
  std::string where;  // "default", "card", "design", "--set"
};

struct Result {
  int seed = 1;
  Design design;        // with defaults filled in
  std::string summary;  // one sentence
  link::LaneResult lane;
  module::ModuleResult module;
  cluster::ClusterResult cluster;
  std::vector<Check> checks;
  std::vector<Assumption> assumptions;  // claimed and assumed numbers that were used
  std::vector<Warning> warnings;
};

struct Options {
  int threads = 0;  // 0: one per core
  int seed = 1;
  bool penalties = true;  // solve again without each impairment
  bool charts = true;     // test points, eyes, responses, bathtub
  // Count errors with the waveform solver; its seed is this one's.
  std::optional<link::CountOptions> count = std::nullopt;
};

// Solves lane, module and cluster.
Result solve(const LoadedDesign&, const Options& = {});

}  // namespace waverack
