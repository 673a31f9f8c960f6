#pragma once
// Mean time between failures of a job from a rate per node.

namespace waverack::cluster {

// [s]; `failures` per node and second. Independent failures: the rates add, so the mean time is one over
// their sum (facts: cluster 7.3).
inline double time_between_failures(double nodes, double failures) { return 1.0 / (nodes * failures); }

}  // namespace waverack::cluster
