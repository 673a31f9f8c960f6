#pragma once
// What the charts and the test-point table show of a solved lane.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/link/plan.hpp"
#include "waverack/link/segment.hpp"

namespace waverack::link {

// Average power and OMA at the photodiode, where the segment has one.
void note_received_light(const Segment&, const SolvedSegment&, std::span<const std::uint8_t> symbols,
                         const Lane&, LaneResult&);

// Eyes and their measures at every test point, and what the reference receiver of the lane's PMD says of
// light. `shared`: the work of each segment that its solution shared.
void add_test_points(const Plan&, const Lane&, const std::vector<SolvedSegment>&,
                     std::span<const std::uint8_t> symbols, std::span<SharedWork> shared, LaneResult&,
                     int threads);

// Small-signal frequency responses by section, and pulse responses before and after the equaliser, per
// segment.
void add_response_curves(const Plan&, const Lane&, const std::vector<SolvedSegment>&, LaneResult&);

void add_bathtub(const Bathtub&, const Lane&, SegmentResult&, LaneResult&);

}  // namespace waverack::link
