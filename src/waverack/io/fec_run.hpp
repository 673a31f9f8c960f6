#pragma once
// A question to forward error correction alone: what becomes of a bit error ratio, or of counted codewords.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "waverack/fec/block_code.hpp"
#include "waverack/fec/inner_counts.hpp"
#include "waverack/fec/latency.hpp"
#include "waverack/fec/tail.hpp"
#include "waverack/link/result.hpp"

namespace waverack::io {

struct FecQuestion {
  std::string code = "KP4";  // "KP4", "KR4", or "KP4+inner"
  double ber = 0.0;          // of the bits that reach the decoder, 0 < ber < 0.2
  // Codewords that share the lane symbol by symbol, 1 … 32; with the inner code those that share its blocks,
  // 1, 2, 4 or
  // 12. 0: one, or 12 with the inner code.
  int interleave = 0;
  double burst =
      0.0;  // chance that a wrong decision follows a wrong one, 0 … 0.97; 0: errors are independent
  bool precoded = false;
  int lanes = 1;            // that the symbols of a codeword are spread over evenly, with errors of their own
  double target = 1.7e-12;  // loss ratio of 64-octet frames that is allowed (400 Gb/s; facts: standards 8.1)
  double rate = 0.0;        // of the interface, coding excluded [bit/s]; 0: no latency is stated
  int test_bits = fec::inner_test_bits;  // of the inner decoder
  std::uint64_t blocks = 200'000;        // inner codewords that are drawn for each ratio
  int threads = 1;
  std::vector<std::uint64_t> counted;  // codewords with 0, 1 … wrong symbols, the last entry all above
};

struct FecAnswer {
  FecQuestion question;
  fec::BlockCode code = fec::kp4;
  std::string method = {};                // how wrong symbols of a codeword were found
  std::vector<double> distribution = {};  // of wrong symbols in a codeword; the last entry holds all above
  double codeword_error_ratio = 0.0, post_fec_ber = 0.0;
  double frame_loss_64 = 0.0, frame_loss_1518 = 0.0;
  double ber_limit = 0.0;  // at which 64-octet frames are lost with the target; NaN where it was not found
  double margin_db = 0.0, margin_orders = 0.0;
  std::optional<fec::InnerCounts> inner = std::nullopt;
  // 95 % interval of the codeword error ratio that the drawn inner codewords leave; NaN without them, or
  // where a codeword has more than one symbol in a block.
  double codeword_error_ratio_low = 0.0, codeword_error_ratio_high = 0.0;
  std::optional<fec::FecLatency> latency = std::nullopt;
  std::optional<fec::TailEstimate> tail = std::nullopt;
  std::vector<link::Curve> curves = {};  // "waterfall", "wrong_symbols"
  std::string command = {};
};

// Throws Error for what the question cannot be. Cost: 0.1 s; with the inner code 15 times the drawing of its
// codewords, about a million of them a second.
FecAnswer answer_fec(const FecQuestion&);

}  // namespace waverack::io
