#pragma once
// What a distribution of wrong symbols in a codeword means for what comes out of the decoder.

#include <functional>
#include <vector>

#include "waverack/fec/block_code.hpp"

namespace waverack::fec {

// Bit error ratio behind a decoder that leaves a codeword as it is where it fails: `ber` times the share of
// the wrong symbols that lie in such codewords, Σ_{i>t} i·P(i)/Σ i·P(i), as long as wrong symbols have as
// many wrong bits there as elsewhere. The distribution should have entries well above t. 0 without errors.
double post_fec_ber(const BlockCode&, const std::vector<double>& distribution, double ber);

// The bit error ratio at which `codeword_error_ratio`, which rises with it, has the value `target`: between
// 1e-15 and `highest`, otherwise NaN. To 1e-9 of itself; cost: some 10 calls.
double ber_at(const std::function<double(double ber)>& codeword_error_ratio, double target,
              double highest = 0.3);

// How much stronger the noise could be [dB], were it white and Gaussian: 20·log10(x(ber)/x(limit)), where
// ber = c·Q(x), c = 2·(1 − 1/M)/m for M = 2^m Gray-coded levels (3/4 for PAM4). Negative above the limit; NaN
// where a ratio is 0 or c/2 and more.
double noise_margin_db(double ber, double limit, int bits_per_symbol = 2);

}  // namespace waverack::fec
