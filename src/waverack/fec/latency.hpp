#pragma once
// The time that forward error correction takes: waiting for what is decoded together, and decoding it.

#include "waverack/fec/interleaving.hpp"

namespace waverack::fec {

// The rate of an interface of `rate` [bit/s] with 256B/257B transcoding and the outer code: 17/16 of it with
// RS(544,514), 33/32 with RS(528,514) (facts: standards 8.1).
double coded_rate(const BlockCode&, double rate);

struct CodecSpeed {
  double clock = 1e9;                 // of the decoder [Hz]
  double inner_decode_cycles = 10.0;  // of the inner decoder; assumed
};

// All in seconds.
struct FecLatency {
  double fill = 0.0;         // until the codewords that are sent together have arrived
  double decode = 0.0;       // of the outer code
  double interleaver = 0.0;  // convolutional interleaver and de-interleaver
  double inner = 0.0;        // the inner codeword and its decoding
  double total() const { return fill + decode + interleaver + inner; }
};

// `codewords` sent together over an interface of `coded_rate` [bit/s], outer code included, inner excluded:
// filling takes codewords·n·m/coded_rate and decoding 2·t + 7 cycles of the clock: syndromes, key equation
// and correction take 3, 2·t + 1 and
// 3. (facts: cluster 8.2: 37 cycles for RS(544,514), 62.6 ns for 800 Gb/s at 1 GHz)
FecLatency outer_latency(const BlockCode&, int codewords, double coded_rate, const CodecSpeed& = {});

// With the inner code of 802.3dj on lanes of `lane_rate` [bit/s], inner code excluded: the interleaver's
// delay of groups of `codewords` symbols, 128 bits at 16/15 of the rate, and the inner decoder's cycles.
// (theory: fec-analysis, section 8)
FecLatency inner_latency(const BlockCode& outer, int codewords, double coded_rate, double lane_rate,
                         const ConvolutionalInterleaver&, const CodecSpeed& = {});

}  // namespace waverack::fec
