#pragma once
// What forward error correction makes of a lane's errors.

#include <optional>
#include <string>
#include <vector>

#include "waverack/fec/interleaving.hpp"
#include "waverack/link/lane.hpp"
#include "waverack/link/result.hpp"

namespace waverack::link {

// Codewords of an interface and its nominal rate [bit/s].
struct EthernetFormat {
  fec::PcsFormat pcs;
  double rate = 0.0;
};
EthernetFormat format_of(Ethernet);

// The outer code; of Fec::none RS(544,514), which counting errors then uses.
const fec::BlockCode& outer_code(Fec);

// What the codewords say that were counted in a segment of the lane, below what can be counted; none where no
// codeword was complete or the lane has no code.
std::optional<fec::TailEstimate> counted_tail(const Lane& lane, const ErrorCounts& counts, bool precoded);

// Correction of what the segments leave: each with the error ratio, the length of error events and, where
// they were counted, the inner codewords that are stated in it. Segments err independently, and all physical
// lanes of the interface err as this one does. Runs of errors are geometric (fec/error_chain.hpp); bits of
// PAM6, and where nothing is fed back, are taken as independent. The inner code protects the segment that
// carries light; where no inner codeword was counted there, it is decoded in white Gaussian noise that gives
// the same error ratio, from 200 000 codewords. `segments` as solved for `lane`. Cost: 1 to 3 ms. (theory:
// fec-analysis)
FecResult correct(const Lane& lane, const std::vector<SegmentResult>& segments);

}  // namespace waverack::link
