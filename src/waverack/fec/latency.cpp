#include "waverack/fec/latency.hpp"

#include "waverack/fec/inner_code.hpp"

namespace waverack::fec {

double coded_rate(const BlockCode& code, double rate) { return rate * 257.0 / 256.0 * code.n / code.k; }

FecLatency outer_latency(const BlockCode& code, int codewords, double coded_rate, const CodecSpeed& speed) {
  FecLatency latency;
  latency.fill = static_cast<double>(codewords) * code.n * code.bits_per_symbol / coded_rate;
  latency.decode = (2.0 * code.t + 7.0) / speed.clock;
  return latency;
}

FecLatency inner_latency(const BlockCode& outer, int codewords, double coded_rate, double lane_rate,
                         const ConvolutionalInterleaver& interleaver, const CodecSpeed& speed) {
  FecLatency latency = outer_latency(outer, codewords, coded_rate, speed);
  latency.interleaver =
      static_cast<double>(delay_groups(interleaver)) * codewords * outer.bits_per_symbol / lane_rate;
  constexpr double growth = static_cast<double>(inner_bits) / inner_message_bits;
  latency.inner = inner_bits / (lane_rate * growth) + speed.inner_decode_cycles / speed.clock;
  return latency;
}

}  // namespace waverack::fec
