#pragma once
// Solving with a baseline, and the two halves of solving a design.

#include "waverack/design/result.hpp"

namespace waverack {

// The pluggable that clusters are compared with. Its watts do not depend on its lane's error ratio, so the
// lane is not solved: this costs microseconds, and some 20 ms where the module states a package.
cluster::Baseline baseline_of(const LoadedDesign&);

// As solve(), with the cluster compared with `baseline`.
Result solve(const LoadedDesign&, const Options&, const cluster::Baseline& baseline);

// Everything that follows a solved lane: module, cluster, checks, assumptions, summary. Without `package`, of
// a module that states one, its watts are those at temperatures found on a coarse grid (some 20 ms).
Result complete(const LoadedDesign&, const Options&, link::LaneResult lane,
                const cluster::Baseline* baseline = nullptr,
                std::optional<module::PackageResult> package = std::nullopt);

}  // namespace waverack
