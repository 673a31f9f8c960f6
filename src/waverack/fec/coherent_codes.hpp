#pragma once
// The codes of coherent modules: what they cost in rate and latency, and up to which error ratio they work.
//
// Rates, overheads and latencies follow from the codes' structure; limits are those of the documents.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace waverack::fec {

struct CoherentCode {
  std::string_view name;  // "oFEC", "C-FEC"
  std::string_view used_by;
  std::uint32_t information_bits, coded_bits;  // per coded_bits, rate in lowest terms: 111/128, 1673/1920
  double pre_fec_ber;                          // up to which it gives a post-FEC error ratio of 1e-15
  double post_fec_ber;                         // 1e-15
  double net_coding_gain_db;                   // as stated, for 16QAM
  double encoder_latency_bits;  // coded bits that a bit waits for on its way out of the encoder
  double decoder_latency_bits;  // coded bits that the decoders of this library hold, interleavers included;
                                // of oFEC with 3 soft and 2 hard sweeps
  std::string_view source;
};

// oFEC and C-FEC, in this order.
std::span<const CoherentCode> coherent_codes();
// The one with this name; another name throws Error.
const CoherentCode& coherent_code(std::string_view name);

inline double code_rate(const CoherentCode& code) {
  return static_cast<double>(code.information_bits) / code.coded_bits;
}
inline double code_overhead(const CoherentCode& code) {
  return static_cast<double>(code.coded_bits) / code.information_bits - 1.0;
}

// Net coding gain in dB: how much less SNR per bit of information a code with this rate needs, at its limit
// `pre`, for an error ratio of `post` than no code does, in white noise: 10·log10(rate·SNR(post)/SNR(pre)).
// SNR(p) is that at which Gray-coded QPSK (2 bits) or 16QAM (4 bits of a symbol) errs with ratio p. 0 < post
// < pre ≤ 0.1, 0 < rate ≤ 1, otherwise throws Error. (theory: ofec, equation 13)
double net_coding_gain_db(double pre, double post, double rate, int bits_per_symbol);

// Latency in seconds at a line rate in coded bits per second, pilots and training not counted. `sweeps` ≥ 1:
// those of oFEC's decoder, soft and hard together (C-FEC's window stays as it is); without it 5.
double code_latency(const CoherentCode& code, double coded_bits_per_second);
double code_latency(const CoherentCode& code, double coded_bits_per_second, int sweeps);

}  // namespace waverack::fec
