#pragma once
// A job on a cluster: its pace, what stops it, and what of its time is useful.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/cluster/goodput.hpp"
#include "waverack/cluster/spare_parts.hpp"
#include "waverack/cluster/step_time.hpp"

namespace waverack::cluster {

struct Operation {
  StepTime step;
  Interruptions interruptions;
  Goodput goodput;
  std::vector<SpareNeed> spares;
  double pace = 1.0;  // computing over time: goodput times the share of a step that computes
};

// Times of the job. A job that starts again leaves out what failed: where circuit switches join its parts,
// new paths are set first, in all of them at once. (theory: goodput, section 4)
Checkpointing checkpointing_of(const Job&, std::span<const NetworkView>);

// Of a bill whose failures are assigned. The job runs on ranks/gpus of everything; spares are for the whole
// cluster. Networks as step_time() takes them; without any the job exchanges nothing. Only `.value` of
// numbers with a range is read, so that a band is a matter of calling it again. Cost: well below 100 µs.
Operation operate(std::span<const BillLine>, std::span<const NetworkView>, const Failures&, const Job&,
                  std::int64_t gpus);

}  // namespace waverack::cluster
