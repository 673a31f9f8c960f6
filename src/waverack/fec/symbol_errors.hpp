#pragma once
// Wrong symbols in a codeword whose bits go wrong in runs: exact, by a generating function.

#include <cstddef>
#include <span>
#include <vector>

#include "waverack/fec/error_chain.hpp"
#include "waverack/fec/interleaving.hpp"

namespace waverack::fec {

// Distribution of the wrong ones among `symbols` symbols of a codeword that lie on a lane as `layout` says,
// of `entries` entries, the last holding all larger counts too; entries ≥ 2. The chain is stationary when it
// meets the first of them. A wrong line symbol has one wrong bit, at any of its places as bit_share() says.
// Nothing is subtracted, so small entries are as accurate as large ones. (theory: fec-analysis, eqs. 7 to 10;
// facts: fec-and-kernels 5.3 for symbols that follow one another.) Cost: see bench/fec_analysis_bench; about
// symbols·entries·10 ns/own.
std::vector<double> symbol_error_distribution(const ErrorChain&, const LaneLayout& layout, int symbols,
                                              std::size_t entries);

// Of codeword `codeword` of an interface whose physical lanes err independently, each with its own chain.
std::vector<double> symbol_error_distribution(const PcsFormat&, const BlockCode&,
                                              std::span<const PhysicalLane> lanes,
                                              std::span<const ErrorChain> chains, int codeword,
                                              std::size_t entries);

}  // namespace waverack::fec
