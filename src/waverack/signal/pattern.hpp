#pragma once
// Test patterns, exact to the bit: PRBS, their PAM4 forms PRBSnQ, and SSPRQ. (docs/theory/patterns.md)

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace waverack::signal {

// Linear-feedback generator of a pseudo-random binary sequence of period 2^order − 1:
//
//   order  polynomial               b[n] =                                   output     source
//     7    x^7 + x^6 + 1            b[n−6]^b[n−7]                            as it is   common use
//     9    x^9 + x^5 + 1            b[n−5]^b[n−9]                            as it is   ITU-T O.150;
//     802.3 120.5.11.2.a
//    13    x^13 + x^12 + x^2 + x+1  b[n−1]^b[n−2]^b[n−12]^b[n−13]            as it is   802.3 120.5.11.2
//    (PRBS13Q) 15    x^15 + x^14 + 1          b[n−14]^b[n−15]                          inverted   ITU-T
//    O.150 5.3 23    x^23 + x^18 + 1          b[n−18]^b[n−23]                          inverted   ITU-T
//    O.150 5.6 31    x^31 + x^28 + 1          b[n−28]^b[n−31]                          inverted   ITU-T
//    O.150 5.8; 802.3 (SSPRQ)
//
// "Inverted" means that the recursion runs on b and the output is NOT b.
class Prbs {
 public:
  // `seed`: the last `order` bits b before the first output bit, the oldest one in the most significant
  // place; 0 stands for all ones. Throws Error for another order, or a seed of more than `order` bits.
  explicit Prbs(int order, std::uint32_t seed = 0);

  // The next output bit, 0 or 1.
  std::uint8_t next() {
    const std::uint32_t bit =
        (state_ >> shifts_[0] ^ state_ >> shifts_[1] ^ state_ >> shifts_[2] ^ state_ >> shifts_[3]) & 1U;
    state_ = (state_ << 1) | bit;
    return static_cast<std::uint8_t>(bit ^ inversion_);
  }

  // Fills `symbols` with the PAM4 symbols (0 … 3) of the next pairs of bits, Gray-coded, the first bit being
  // the more significant one: a stretch of PRBSnQ. Blocks may have any length; the sequence goes on across
  // them.
  void fill_pam4(std::span<std::uint8_t> symbols);

  // Leaves out the next `bits` bits. Cost: order²·log2(bits) operations.
  void skip(std::uint64_t bits);

 private:
  int order_;
  std::uint32_t state_;
  std::uint32_t inversion_;
  std::array<int, 4> shifts_;
};

// The first `length` output bits (0 or 1) of Prbs(order, seed).
std::vector<std::uint8_t> prbs(int order, std::size_t length, std::uint32_t seed = 0);

// PAM4 Gray map of bits taken in pairs, the first bit more significant: 00→0, 01→1, 11→2, 10→3
// (802.3 120.5.7.1). An odd last bit is an error of the caller.
std::vector<std::uint8_t> gray_encode(std::span<const std::uint8_t> bits);
// Its inverse: two bits per symbol.
std::vector<std::uint8_t> gray_decode(std::span<const std::uint8_t> symbols);

// Symbols of 2, 4, 6 or 8 levels from bits, the first bit of a group more significant. 2, 4 and 8 levels: the
// reflected Gray code, which for 4 is gray_encode. 6 levels: five bits on two symbols, which use 32 of the 36
// pairs, a cross without the four corners, as the bit map of quadrature 32-QAM does (J. G. Smith, IEEE Trans.
// Commun. 23, 385, 1975): the middle 24 pairs are a Gray-coded rectangle of 8 × 4 without its outer columns,
// and those columns lie above and below it. The outer levels then come with a probability of 1/8 each, the
// inner ones with 3/16. Throws Error for another number of levels; a number of bits that does not fill the
// last group is an error of the caller.
std::vector<std::uint8_t> symbols_of_bits(std::span<const std::uint8_t> bits, int levels);

// Wrong bits for each bit sent and each crossing of a decision threshold, lowest eye first: the bit error
// ratio is the sum over eyes of this times the two probabilities, summed, of a crossing from either side.
// With a Gray code 1/(levels·bits per symbol) in every eye. For 6 levels the bits in which neighbouring pairs
// differ are counted; crossings into a missing corner are not, because the nearest pair that exists is
// chosen.
std::vector<double> bit_errors_by_eye(int levels);

// One period of the bits of PRBS of `order`, repeated until they fill whole symbols of `levels` levels.
std::vector<std::uint8_t> prbs_symbols(int order, int levels);

// 1/(1 + D) modulo 4 precoder: p[j] = (g[j] − p[j−1]) mod 4, with p[−1] = `before` (802.3 120.5.7).
std::vector<std::uint8_t> precode(std::span<const std::uint8_t> symbols, std::uint8_t before = 0);
// Its inverse: g[j] = (p[j] + p[j−1]) mod 4. A single wrong symbol makes two wrong ones, a burst that
// alternates in sign makes one at its start and one at its end.
std::vector<std::uint8_t> precode_inverse(std::span<const std::uint8_t> symbols, std::uint8_t before = 0);

// PRBS9Q (order 9, 511 symbols) or PRBS13Q (order 13, 8191 symbols): the Gray code of two periods of the PRBS
// in a row, from the all-ones state. Orders 7 and 15 work alike. PRBS31Q has 2^31 − 1 symbols: stream it with
// Prbs(31).fill_pam4().
std::vector<std::uint8_t> prbs_pam4(int order);

// SSPRQ, 65 535 symbols (802.3 120.5.11.2): three pieces of PRBS31, joined, repeated and inverted as the
// theory page lists.
std::vector<std::uint8_t> ssprq();

// A pattern by its name. Binary patterns have symbols 0 and 1.
enum class PatternName { prbs7, prbs9, prbs13, prbs15, prbs9q, prbs13q, ssprq };

// One period of the pattern, to be repeated for ever.
std::vector<std::uint8_t> symbols_of(PatternName name);

// 2 for the binary patterns, 4 for the others.
int level_count(PatternName name);

}  // namespace waverack::signal
