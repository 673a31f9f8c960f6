#pragma once
// Which codeword every bit of a lane belongs to: interleaving of codewords, PCS lanes, and their
// multiplexing.
//
// An Ethernet interface sends a few codewords at a time, symbol by symbol in turn, over its PCS lanes; a
// physical lane carries several of those, multiplexed by bits (up to 100 Gb/s per lane) or by pairs of
// symbols (200 Gb/s). What is sent in one turn is a group of codewords. (theory: fec-analysis, section 4)

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "waverack/fec/block_code.hpp"

namespace waverack::fec {

// Codewords that are sent together, and the PCS lanes that they are dealt to. The lanes fall into `flows`
// equal parts with codewords of their own. In row k, the k-th symbol of every lane, the codewords take the
// lanes of their flow in turn, beginning one codeword later in every row where they are `rotated`.
struct PcsFormat {
  std::string_view name;
  int codewords;
  int pcs_lanes;
  int flows = 1;
  bool rotated = false;
};
// Symbol distribution of Clause 119 for 200 and 400 Gb/s and of Clause 172 for 800 Gb/s, two flows of 400
// Gb/s (facts: standards 8.1, from memory). That the two-way 100G code (Clause 161) and 1.6 Tb/s (Clause 175,
// whose draft was not seen) rotate in the same way is assumed; a lane sees their codewords in turn in any
// case.
inline constexpr PcsFormat pcs_100g{"100G", 1, 4};
inline constexpr PcsFormat pcs_100g_interleaved{"100G two-way", 2, 4, 1, true};
inline constexpr PcsFormat pcs_200g{"200G", 2, 8, 1, true};
inline constexpr PcsFormat pcs_400g{"400G", 2, 16, 1, true};
inline constexpr PcsFormat pcs_800g{"800G", 4, 32, 2, true};
inline constexpr PcsFormat pcs_1600g{"1.6T", 4, 16, 1, true};

// A symbol of a group of codewords, 0 being the first that is sent.
struct SymbolPlace {
  int codeword = 0;
  int symbol = 0;
};

// The `row`-th symbol of a PCS lane. A group of codewords of n symbols has n·codewords/pcs_lanes rows.
SymbolPlace symbol_place(const PcsFormat&, int pcs_lane, int row);

// The PCS lanes that one physical lane carries, in the order in which they are multiplexed.
struct PhysicalLane {
  std::vector<int> pcs_lanes;
  int symbols_at_a_time = 0;  // of each lane in turn; 0: one bit
};

struct BitPlace {
  SymbolPlace place;
  int bit = 0;  // of the symbol, 0 first
};
// Bit `index` of a physical lane, counted from the start of a group of codewords; larger indices go on with
// symbols beyond the last of a codeword: symbol n·g + s is symbol s of the g-th next group.
BitPlace bit_place(const PcsFormat&, const BlockCode&, const PhysicalLane&, std::uint64_t index);

// The symbols of one codeword among those of a physical lane, over one period.
struct LaneLayout {
  int bits_per_symbol = 2;  // of the line symbol
  int own = 1;              // symbols of the codeword in a period
  // For every bit of the line symbols of a period: which of them it belongs to, 0 … own − 1; −1: to another
  // codeword.
  std::vector<int> owner;
};

// Symbol-by-symbol interleaving of `ways` codewords on one lane, ways ≥ 1.
LaneLayout interleaved_layout(const BlockCode&, int ways, int bits_per_symbol = 2);

// Of codeword `codeword` on a physical lane of an interface.
LaneLayout lane_layout(const PcsFormat&, const BlockCode&, const PhysicalLane&, int codeword,
                       int bits_per_symbol = 2);

// Symbols of a codeword that travel on a physical lane.
int symbols_on_lane(const PcsFormat&, const BlockCode&, const PhysicalLane&, int codeword);

// The convolutional interleaver in front of the inner code (802.3dj; facts: standards 8.3): `branches`
// branches take groups of symbols in turn, one symbol of each codeword that is sent together, and branch b
// delays its groups by b·delay of its own turns. Then the groups of an inner block come from different groups
// of codewords.
struct ConvolutionalInterleaver {
  int branches = 3;
  int delay = 0;  // turns
};

// The least delay with which the branches·codewords symbols that leave together belong to as many codewords,
// of which a lane carries `symbols` each: 3·delay − 1 ≥ symbols. The delay that Clause 177 prescribes was not
// seen; no smaller one spreads so.
ConvolutionalInterleaver spreading_interleaver(int symbols, int branches = 3);

// Which group of symbols leaves at place `index` of the output; negative: none yet.
std::int64_t interleaved_group(const ConvolutionalInterleaver&, std::int64_t index);

// Delay of interleaver and de-interleaver together, in groups of symbols: branches·(branches − 1)·delay.
int delay_groups(const ConvolutionalInterleaver&);

}  // namespace waverack::fec
