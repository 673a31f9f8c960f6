#pragma once
// An endless stream cut into records that overlap, eight to a batch, so that memory does not grow with its
// length (docs/theory/fibre-propagation.md, section 7).
//
// A record is filtered as one period of a periodic waveform, so its ends see each other. `guard` samples at
// either end are thrown away; with a guard of at least the memory of what the stream goes through
// (line_memory()), the rest is what the endless stream would have been.

#include <array>
#include <cstdint>

#include "waverack/coherent/dual_batch.hpp"

namespace waverack::coherent {

struct OverlappedWindows {
  int size = 8192;         // samples of a record
  int guard = 1024;        // at either end, below size/2
  std::int64_t start = 0;  // first sample of the stream that is wanted

  // Samples of a record, and of a batch, that are good afterwards.
  int valid() const { return size - 2 * guard; }
  std::int64_t valid_of_batch() const { return std::int64_t{batch_records} * valid(); }
};

// Absolute indices [begin, end).
struct SampleRange {
  std::int64_t begin = 0, end = 0;
};

// What record `record` of batch number `batch` ≥ 0 holds, and what of it is good; the good ranges of all
// records in turn join without gap.
inline SampleRange held(const OverlappedWindows& windows, std::int64_t batch, int record) {
  const std::int64_t begin =
      windows.start + (batch * batch_records + record) * std::int64_t{windows.valid()} - windows.guard;
  return {begin, begin + windows.size};
}
inline SampleRange valid(const OverlappedWindows& windows, std::int64_t batch, int record) {
  const SampleRange all = held(windows, batch, record);
  return {all.begin + windows.guard, all.end - windows.guard};
}

// Sets the absolute indices of a batch.
inline void place(const OverlappedWindows& windows, std::int64_t batch, DualBatch& records) {
  for (int r = 0; r < batch_records; ++r)
    records.first[static_cast<std::size_t>(r)] = held(windows, batch, r).begin;
}

}  // namespace waverack::coherent
