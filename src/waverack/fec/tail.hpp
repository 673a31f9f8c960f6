#pragma once
// The tail of a counted histogram of wrong symbols per codeword, below what can be counted.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/fec/error_chain.hpp"
#include "waverack/fec/symbol_errors.hpp"

namespace waverack::fec {

// Where the symbols of a codeword lie: `lanes` lanes alike, each with its share of the n symbols, which has
// to be whole.
struct CodewordPath {
  LaneLayout layout;
  int lanes = 1;
  bool precoded = false;
};

// Distribution of wrong symbols of a codeword on such a path; as symbol_error_distribution(). Throws Error
// for lanes that do not share n evenly.
std::vector<double> symbol_error_distribution(const ErrorChain&, const CodewordPath&, const BlockCode&,
                                              std::size_t entries);

struct TailEstimate {
  ErrorChain chain;                   // the one that fits best
  double codeword_error_ratio = 0.0;  // P(more than t), of that chain
  double low = 0.0, high = 1.0;       // its 95 % interval
  double plausibility = 1.0;          // chance that such a chain gives a histogram that fits no better
  std::vector<double> expected;       // codewords for each entry of the histogram
};

// Markov extrapolation: the two numbers of the error chain (error_chain.hpp), start and persistence, by
// maximum likelihood from counted[i] codewords with i wrong symbols, the last entry holding all above too;
// its generating function then gives the tail. The interval holds the ratios of all chains whose likelihood
// is above exp(−3.84/2) of the best (profile likelihood, S. S. Wilks, Ann. Math. Stat. 9 (1938) 60), walked
// along 48 directions. It is right if the errors are such a chain; the plausibility, of Pearson's χ² over
// entries pooled to at least 5 codewords, tells where they are not (1 where too few entries remain). Without
// any wrong symbol the chain is empty and the interval is that of no failure among the codewords. Cost: some
// 800 distributions.
TailEstimate extrapolate_tail(std::span<const std::uint64_t> counted, const CodewordPath&, const BlockCode&);

}  // namespace waverack::fec
