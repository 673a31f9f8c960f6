#pragma once
// The split step of split_step.hpp in double precision on one record, written to be read: for validation and
// for whoever wants more digits than a batch has.

#include <complex>
#include <vector>

#include "waverack/coherent/split_step.hpp"

namespace waverack::coherent {

// One period of a periodic field in two polarisations [sqrt(W)]; the size is a power of two.
struct DualRecord {
  std::vector<std::complex<double>> x, y;
};

// Takes the record through a span with its connectors. Cost: 4·(steps + 1) transforms in double precision.
void split_step_reference(DualRecord& record, double sample_rate, const FibreSpan& span, const StepPlan& plan,
                          double carrier, const std::vector<PlacedJones>& placed = {});

// Σ|x|² + |y|² over the samples [W].
double energy(const DualRecord&);
// Of `a` from `b`, rms over rms.
double relative_error(const DualRecord& a, const DualRecord& b);

DualRecord record_of(const DualBatch&, int record);
void set_record(DualBatch&, int record, const DualRecord& samples);

}  // namespace waverack::coherent
