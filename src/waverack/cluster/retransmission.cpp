#include "waverack/cluster/retransmission.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/fec/block_code.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::cluster {
namespace {

constexpr double frame_gap_octets = 20.0;  // preamble and gap between frames
constexpr double codeword_bits = fec::kp4.k * fec::kp4.bits_per_symbol;

double codewords_of(double octets, int interleaved) {
  return interleaved + 8.0 * (octets + frame_gap_octets) / codeword_bits;
}

}  // namespace

double frame_loss(double codeword_error_ratio, double codewords) {
  return -std::expm1(codewords * std::log1p(-codeword_error_ratio));
}

double loss_of_frame(double loss_of_64_octets, double bytes, int interleaved) {
  return frame_loss(loss_of_64_octets, codewords_of(bytes, interleaved) / codewords_of(64.0, interleaved));
}

double path_loss(std::span<const double> link_losses) {
  double log_survival = 0.0;
  for (const double loss : link_losses) log_survival += std::log1p(-loss);
  return -std::expm1(log_survival);
}

double throughput(Recovery recovery, double loss, double window) {
  const double good = 1.0 - loss;
  return recovery == Recovery::go_back_n ? good / (good + loss * window) : good;
}

RetryCost retry_cost(const Flow& flow, const Transport& transport) {
  const double frame_time = 8.0 * (transport.frame_bytes + frame_gap_octets) / flow.rate;
  RetryCost cost;
  cost.window = std::max(flow.round_trip / frame_time, 1.0);
  cost.throughput = throughput(transport.recovery, flow.loss, cost.window);
  if (transport.recovery == Recovery::link_level) {
    cost.losses = flow.loss * flow.frames + flow.ack_loss;
    cost.each = flow.link_round_trip + frame_time;
  } else {
    cost.losses = flow.loss * (flow.frames - 1.0);
    // The receiver's notice takes a round trip; go-back-N throws away what was sent meanwhile, and otherwise
    // the message waits for it only where the loss was in its last window.
    const double waits = std::min(cost.window / flow.frames, 1.0);
    cost.each = transport.recovery == Recovery::go_back_n ? cost.window * frame_time
                                                          : frame_time + waits * flow.round_trip;
    cost.timeouts = 1.0 - (1.0 - flow.loss) * (1.0 - flow.ack_loss);
  }
  cost.expected = cost.losses * cost.each + cost.timeouts * transport.timeout.value;
  return cost;
}

double slowest_of(const RetryCost& cost, const Transport& transport, double flows) {
  // E[max] = Σ_j P(max > j), with P(one count > j) from the incomplete gamma function.
  const auto any_above = [&](int j) {
    return frame_loss(cost.losses > 0.0 ? signal::lower_gamma(j + 1.0, cost.losses) : 0.0, flows);
  };
  double most = 0.0;
  for (int j = 0;; ++j) {
    const double above = any_above(j);
    most += above;
    if (above < 1e-12) break;
  }
  return most * cost.each + frame_loss(cost.timeouts, flows) * transport.timeout.value;
}

}  // namespace waverack::cluster
