#pragma once
// The decoder of oFEC: log-likelihood ratios of coded bits to bits of information, a stream at a time, with
// memory that does not grow.
//
// The specification leaves decoding open. Here soft sweeps (Chase and Pyndiah) are followed by hard ones
// (bounded distance), each a stage of a pipeline that works 11 pairs of block rows behind the one before it:
// then every bit of a codeword has been through all codewords of the sweep before. (theory: ofec, section 2)

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "waverack/fec/ofec_code.hpp"

namespace waverack::fec {

// One soft sweep. What a codeword says of a bit is weighted with `weight` (Pyndiah's alpha); where all
// codewords that it found agree it says `certainty` (beta), in the unit of the ratios.
struct OfecSweep {
  double weight = 0.5;           // above 0, at most 1.98; kept to 1/64
  double certainty = 4.0;        // 0 … 127·ratio_step; kept to ratio_step
  bool trust_codewords = false;  // words that are codewords already are not questioned: faster
};

struct OfecDecoderSettings {
  std::vector<OfecSweep> soft_sweeps;  // at least one, or none for hard decoding alone
  int hard_sweeps = 2;                 // 0 … 16
  int test_bits = 7;                   // 5 … 7: 2^(test_bits − 1) patterns for each codeword
  double ratio_step = 0.25;            // ratios are rounded to multiples of it and cut at 127 times it
  bool from_start = true;  // the stream begins as an encoder's does; otherwise what came before is unknown
};

// 3 soft and 2 hard sweeps, as in the model of G.709.3 Appendix III; weights and certainties were fitted for
// a bit error ratio of 2e-2 in white noise.
OfecDecoderSettings ofec_default_settings(int soft_sweeps = 3, int hard_sweeps = 2);

// What a decoder saw in the pairs that have left it.
struct OfecCounts {
  std::uint64_t coded_bits = 0;
  std::uint64_t corrected_bits = 0;  // coded bits that left other than they came: the errors, if all is well
  std::uint64_t failed_codewords = 0;  // no codeword at the last sweep
};

// Pairs that a decoder of so many sweeps, soft and hard together, holds: (theory: ofec, equation 11).
constexpr std::size_t ofec_delay_pairs(std::size_t sweeps) {
  return sweeps == 0 ? 0 : (ofec_reach + 1) * (sweeps - 1) + ofec_reach;
}

class OfecDecoder {
 public:
  explicit OfecDecoder(const OfecDecoderSettings& settings = ofec_default_settings());  // throws Error
  ~OfecDecoder();
  OfecDecoder(OfecDecoder&&) noexcept;
  OfecDecoder& operator=(OfecDecoder&&) noexcept;

  // Takes 4096·n ratios ln P(0)/P(1) in the order of OfecEncoder (another size throws Error), and appends
  // what is ready to `information`: 3552 bits for each pair, delay_pairs() pairs late.
  void decode(std::span<const float> ratios, std::vector<std::uint8_t>& information);

  // The stream has ended: appends the rest. Afterwards the decoder is as new. Some bits of the last 11 pairs
  // lie in one codeword alone, as do some of the first 8 pairs of a stream, whose second codeword takes them
  // as zero: the first 8 and the last 22 pairs, as wrong bits of the last 11 spoil the 11 before, are left
  // out where error ratios are counted.
  void finish(std::vector<std::uint8_t>& information);

  std::size_t delay_pairs() const;  // ofec_delay_pairs()
  const OfecCounts& counts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace waverack::fec
