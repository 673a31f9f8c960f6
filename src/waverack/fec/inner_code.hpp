#pragma once
// The inner code of 802.3dj, (128,120), for PAM4 at 200 Gb/s per lane: definition, encoder, and a decoder to
// read.
//
// IEEE P802.3dj Clause 177 (facts: standards 8.3): a codeword has 120 message bits and 8 parity bits, on 64
// Gray-coded PAM4 symbols. The two bits of a symbol, added modulo 2, tell whether its level is odd: Gray code
// 0, 1, 2, 3 = 00, 01, 11, 10. The 60 sums of the message are protected by Hamming(68,60), whose 8 parity
// bits follow the message as they are. Its columns are distinct and of odd weight, so its distance is 4: one
// wrong sum is corrected, two are noticed, and a sum is wrong after an error to the next level, not after one
// of two levels. (theory: fec-analysis, section 1)
//
// The decoder for many codewords is inner_batch.hpp.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace waverack::fec {

inline constexpr int inner_message_bits = 120, inner_bits = 128;
inline constexpr int inner_message_symbols = 60, inner_symbols = 64;
inline constexpr int inner_checked_bits = 68;  // 60 sums and 8 parity bits

// What each checked bit adds to the syndrome; the first parity bit is the highest bit. Columns 0 … 59 are
// the rows of Table 177-1, the others single bits.
extern const std::array<std::uint8_t, inner_checked_bits> inner_columns;

// Parity of 120 message bits (0 or 1), the first parity bit highest.
std::uint8_t inner_parity(std::span<const std::uint8_t> message);

// Message bits to codewords: 120·n bits (0 or 1; otherwise throws Error) become 128·n.
std::vector<std::uint8_t> inner_encode(std::span<const std::uint8_t> message);

// What a receiver knows of one codeword. Reliabilities are differences of squared distances between the best
// choice and the best with the other value, in any one unit; larger is surer.
struct SoftCodeword {
  std::array<double, inner_checked_bits> reliability{};                // of each checked bit, ≥ 0
  std::array<std::uint8_t, inner_message_symbols> decided{}, other{};  // levels 0 … 3: the likeliest, and the
                                                                       // likeliest of the other parity
  std::array<std::uint8_t, 8> parity{};  // the decided parity bits
};

// From 64 samples on the scale of the levels: 0, 1, 2, 3 are the levels as sent, all equally noisy.
// Reliabilities are |min d² over even levels − min d² over odd levels|, those of the parity bits max-log.
SoftCodeword soft_codeword(std::span<const double> samples);

// From the log-likelihood ratios ln P(0)/P(1) of 128 bits, for example of a sequence detector. A sum is as
// sure as its less sure bit, and that bit is the one that changes. The same as soft_codeword(samples) where
// the ratios are max-log of such samples.
SoftCodeword soft_codeword_of_bits(std::span<const double> ratios);

// Least reliable bits that decoders test unless told otherwise: about as many as give the standard's
// threshold of 4.85e-3 (facts: standards 8.3).
inline constexpr int inner_test_bits = 4;

struct InnerDecision {
  std::array<std::uint8_t, inner_message_symbols> symbols{};  // levels 0 … 3; as decided where none was found
  bool found = false;                                         // a codeword among those that were tried
  double distance = 0.0;                                      // sum of the reliabilities of what was changed
};

// Chase's second algorithm (D. Chase, IEEE Trans. Inf. Theory 18 (1972) 170): every change of the `test_bits`
// least reliable checked bits (the first of equals) is followed by the correction of one more where the
// syndrome asks for it; of all codewords so found the one with the least distance. 0 test bits: hard
// decision, one correction. 0 ≤ test_bits ≤ 10, otherwise throws Error. Cost: 68·2^test_bits steps.
InnerDecision inner_decode(const SoftCodeword&, int test_bits);

}  // namespace waverack::fec
