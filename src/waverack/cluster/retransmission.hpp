#pragma once
// What lost frames cost: from the loss of a link to the pace of a collective.

#include <cstdint>
#include <span>

#include "waverack/cluster/job.hpp"

namespace waverack::cluster {

// 1 − (1 − ratio)^codewords, exact for small ratios: a frame is lost with any of the codewords that it spans.
double frame_loss(double codeword_error_ratio, double codewords);

// Loss of a full frame from that of one of 64 octets, by the codewords that they touch: those of a frame with
// preamble and gap of b bits among k codewords in turn, k·(1 + b/(5140·k)) (KP4; facts: cluster 8.1).
// (theory: collectives, eq. 2)
double loss_of_frame(double loss_of_64_octets, double bytes, int interleaved = 2);

// 1 − Π(1 − loss) over the links of a path.
double path_loss(std::span<const double> link_losses);

// Share of the rate that is left. `window`: frames in flight when a loss is noticed, at least 1. Go-back-N
// sends all of them again: (1 − p)/(1 − p + p·W) (D. Bertsekas and R. Gallager, Data Networks, 2nd ed., 2.4),
// for small p 1/(1 + p·W); the others one frame: 1 − p. (theory: collectives, eq. 3)
double throughput(Recovery, double loss, double window);

// A message on its way over one path.
struct Flow {
  double loss = 0.0;             // of a data frame on the path
  double ack_loss = 0.0;         // of its acknowledgement, on the way back
  double frames = 1.0;           // of the message
  double rate = 0.0;             // [bit/s]
  double round_trip = 0.0;       // of the path [s]
  double link_round_trip = 0.0;  // of its last link [s]
};

struct RetryCost {
  double window = 1.0;      // frames
  double throughput = 1.0;  // of a long flow, share of the rate
  double losses = 0.0;      // expected in the message, those that later frames reveal
  double each = 0.0;        // time that one of them costs [s]
  double timeouts = 0.0;    // probability that the message waits for a timeout
  double expected = 0.0;    // added to the message [s]
};

// Only a later frame reveals a loss; the last frame, and the acknowledgement of the message, are missed by
// timeout. With retries by the link neither costs more than a round trip of that link.
// (theory: collectives, eq. 4 and 5)
RetryCost retry_cost(const Flow&, const Transport&);

// Added to one step in which `flows` independent messages have to end, at most: expected maximum of Poisson
// numbers of losses. Exact where a step seldom sees a loss and a timeout at once. [s]
// Cost: as many powers as the worst flow has losses. (theory: collectives, eq. 6)
double slowest_of(const RetryCost&, const Transport&, double flows);

}  // namespace waverack::cluster
