#pragma once
// Failure rates of bounded-distance block codes from the distribution of wrong symbols in a codeword.

#include <string_view>
#include <vector>

namespace waverack::fec {

// An RS(n, k) code over symbols of m bits that corrects t symbols.
struct BlockCode {
  std::string_view name;
  int n, k, bits_per_symbol, t;
};
inline constexpr BlockCode kp4{"RS(544,514)", 544, 514, 10, 15};  // IEEE 802.3 Clause 91
inline constexpr BlockCode kr4{"RS(528,514)", 528, 514, 10, 7};

// Probability of a wrong symbol when bits err independently with ratio `ber`: 1 − (1 − ber)^m.
double symbol_error_ratio(const BlockCode&, double ber);

// Probability of exactly 0 … n wrong symbols in a codeword, independent symbols: the binomial.
// Accurate far below 1e-300 relative to the largest entry (computed in logarithms). Cost O(n).
std::vector<double> symbol_error_distribution(const BlockCode&, double symbol_error_ratio);

// Distribution of the sum of two independent counts: a codeword that crosses two segments. It is as long as
// the longer of the two, and its last entry holds all larger counts too.
std::vector<double> convolve_distributions(const std::vector<double>& a, const std::vector<double>& b);

// Distribution of the sum of `times` independent counts, of `entries` entries, the last holding all larger
// counts too. times ≥ 0. Cost: entries²·2·log2(times).
std::vector<double> repeat_distribution(std::vector<double> one, int times, std::size_t entries);

// Probability of more than t wrong symbols.
double codeword_error_ratio(const BlockCode&, const std::vector<double>& distribution);

// Loss ratio of frames of `octets` octets at minimum gap that go through `interleaved` codewords at a time: a
// frame of L = 8·(octets + 20) bits, preamble and gap included, meets m = interleaved + L/(10·k) codewords on
// average, and is lost unless all are decoded: 1 − (1 − CER)^m (facts: cluster 8.1).
double frame_loss_ratio(const BlockCode&, double codeword_error_ratio, int octets = 64, int interleaved = 1);

}  // namespace waverack::fec
