#pragma once
// Errors that follow one another: the two-state model of decision feedback.
//
// A symbol is decided rightly or wrongly, and how depends on the symbol before it alone: right → wrong with
// the probability `start`, wrong → wrong with `persist`. So runs of wrong symbols have geometric lengths,
// with a mean of 1/(1 − persist). Errors go to the next level; in a run they alternate in sign, as the error
// that is fed back asks for. (facts: fec-and-kernels 5.3; theory: fec-analysis, section 3)

#include <cstdint>
#include <span>

namespace waverack::fec {

struct ErrorChain {
  double start = 0.0;     // 0 … 1: IEP, the initial error probability
  double persist = 0.0;   // 0 … 1: EPF, the error propagation factor
  bool precoded = false;  // behind the inverse of 1/(1 + D) mod M: a run leaves an error where it starts and
                          // one behind it
  int bits_per_symbol = 2;  // of the Gray-coded line symbol: 1, 2 or 3
};

// Share of symbols that are decided wrongly: start/(1 − persist + start).
double wrong_decisions(const ErrorChain&);

// Bit error ratio of what is handed to the decoder, with one wrong bit for each wrong symbol. With precoding
// a run gives two of them, so 2·(1 − persist) times as many as without.
double bit_error_ratio(const ErrorChain&);

// Share of the wrong bits at each place of a symbol, the most significant first. Of the 2^m − 1 thresholds
// between levels a Gray code gives 1, 2, 4 … to the first, second, third … bit; modulo 2^m, behind a
// precoder, there is one more, where the first bit changes.
double bit_share(const ErrorChain&, int bit);

// Chain whose decisions are wrong with the ratio `wrong`, from their persistence: PAM4, not precoded; the
// members that say so may be changed. Both from 0 to below 1, and such that `start` is at most 1, otherwise
// throws Error.
ErrorChain chain_of_decisions(double wrong, double persist);

// Chain with this bit error ratio of what is handed to the decoder: bit_error_ratio() gives it back. With
// precoding the persistence is still that of the decisions before its inverse. Throws Error as above.
ErrorChain chain_of_ber(double ber, double persist, bool precoded = false, int bits_per_symbol = 2);

// The highest bit error ratio that a chain of this persistence can have: every right decision is followed by
// a wrong one.
double largest_ber(double persist, bool precoded = false, int bits_per_symbol = 2);

// From one tap of decision feedback: `tap` relative to the main cursor, `half_eye` the distance from a level
// to its threshold over the rms of the noise. Of M levels the share 2·(1 − 1/M)·Q(half_eye) is wrong without
// feedback of errors; after an error the next decision is moved by 2·tap half eyes, which harms unless it
// pushes an outer level outwards: persist = (1 − 1/M)·Q((1 − 2·tap)·half_eye). Residual interference is
// neglected. (facts: fec-and-kernels 5.3)
ErrorChain chain_of_feedback_tap(double tap, double half_eye, bool precoded = false, int bits_per_symbol = 2);

// The persistence that fits runs of wrong decisions best, and its 95 % interval. runs[i]: how many runs had i
// + 1 wrong symbols; the last entry: how many had at least as many. Maximum likelihood of the geometric law:
// of all chances to go on, the share that was taken. The interval is that of Clopper and Pearson (Biometrika
// 26 (1934) 404) for those chances, so exact up to their number being random. Without any run: 0, from 0
// to 1.
struct FittedPersistence {
  double persist = 0.0, low = 0.0, high = 1.0;
  std::uint64_t runs = 0, went_on = 0, ended = 0;
};
FittedPersistence fit_persistence(std::span<const std::uint64_t> runs);

}  // namespace waverack::fec
