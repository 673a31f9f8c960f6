#include "waverack/cluster/operation.hpp"

#include <algorithm>

namespace waverack::cluster {

Checkpointing checkpointing_of(const Job& job, std::span<const NetworkView> networks) {
  double switching = 0.0;
  for (const NetworkView& network : networks) switching = std::max(switching, network.switching_time);
  return {job.checkpoint_time.value, job.restart_time.value + switching};
}

Operation operate(std::span<const BillLine> bill, std::span<const NetworkView> networks,
                  const Failures& failures, const Job& job, std::int64_t gpus) {
  Operation result;
  if (networks.empty())
    result.step.compute = result.step.total = job.compute_time.value;
  else
    result.step = step_time(job, gpus, networks);
  const double ranks = static_cast<double>(group_size(job, Group::all, gpus));
  const double share = std::min(ranks / static_cast<double>(std::max<std::int64_t>(gpus, 1)), 1.0);
  result.interruptions = interruptions(bill, failures, share);
  result.goodput =
      goodput(result.interruptions, failures, checkpointing_of(job, networks), result.step.exposed_share());
  result.spares = spare_needs(bill, failures);
  result.pace = result.goodput.goodput * (1.0 - result.step.exposed_share());
  return result;
}

}  // namespace waverack::cluster
