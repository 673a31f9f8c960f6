#include "waverack/fec/interleaving.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "waverack/base/error.hpp"

namespace waverack::fec {

SymbolPlace symbol_place(const PcsFormat& format, int pcs_lane, int row) {
  assert(pcs_lane >= 0 && pcs_lane < format.pcs_lanes && row >= 0);
  const int lanes = format.pcs_lanes / format.flows, codewords = format.codewords / format.flows;
  const int lane = pcs_lane % lanes, flow = pcs_lane / lanes;
  const int turn = format.rotated ? (lane + row) % codewords : lane % codewords;
  return {flow * codewords + turn, lanes / codewords * row + lane / codewords};
}

BitPlace bit_place(const PcsFormat& format, const BlockCode& code, const PhysicalLane& lane,
                   std::uint64_t index) {
  const auto lanes = lane.pcs_lanes.size();
  const auto bits = static_cast<std::uint64_t>(code.bits_per_symbol);
  std::size_t which = 0;
  std::uint64_t own = 0;  // bit of the PCS lane
  if (lane.symbols_at_a_time == 0) {
    which = index % lanes;
    own = index / lanes;
  } else {
    const auto turn = bits * static_cast<std::uint64_t>(lane.symbols_at_a_time);
    which = index / turn % lanes;
    own = index / turn / lanes * turn + index % turn;
  }
  return {symbol_place(format, lane.pcs_lanes[which], static_cast<int>(own / bits)),
          static_cast<int>(own % bits)};
}

namespace {

// `own_symbol(i)`: which symbol of the codeword holds bit i of the lane, −1 for none.
template <class OwnSymbol>
LaneLayout make_layout(int bits, int bits_per_symbol, OwnSymbol own_symbol) {
  LaneLayout layout{.bits_per_symbol = bits_per_symbol, .own = 0, .owner = {}};
  std::vector<int> seen;  // symbols of the codeword, in the order of their first bits
  for (int i = 0; i < bits; ++i) {
    const int symbol = own_symbol(i);
    if (symbol < 0) {
      layout.owner.push_back(-1);
      continue;
    }
    const auto place = std::find(seen.begin(), seen.end(), symbol);
    layout.owner.push_back(static_cast<int>(place - seen.begin()));
    if (place == seen.end()) seen.push_back(symbol);
  }
  layout.own = static_cast<int>(seen.size());
  return layout;
}

}  // namespace

LaneLayout interleaved_layout(const BlockCode& code, int ways, int bits_per_symbol) {
  if (ways < 1) throw Error("codewords are interleaved at least one way");
  const int bits = std::lcm(ways * code.bits_per_symbol, bits_per_symbol);
  return make_layout(bits, bits_per_symbol, [&](int i) {
    const int symbol = i / code.bits_per_symbol;
    return symbol % ways == 0 ? symbol / ways : -1;
  });
}

LaneLayout lane_layout(const PcsFormat& format, const BlockCode& code, const PhysicalLane& lane, int codeword,
                       int bits_per_symbol) {
  // After as many rows as codewords rotate everything is as before.
  const int rows =
      std::lcm(std::max(lane.symbols_at_a_time, 1), format.rotated ? format.codewords / format.flows : 1);
  const int bits =
      std::lcm(rows * static_cast<int>(lane.pcs_lanes.size()) * code.bits_per_symbol, bits_per_symbol);
  return make_layout(bits, bits_per_symbol, [&](int i) {
    const SymbolPlace place = bit_place(format, code, lane, static_cast<std::uint64_t>(i)).place;
    return place.codeword == codeword ? place.symbol : -1;
  });
}

int symbols_on_lane(const PcsFormat& format, const BlockCode& code, const PhysicalLane& lane, int codeword) {
  int symbols = 0;
  for (int row = 0; row < code.n * format.codewords / format.pcs_lanes; ++row)
    for (const int pcs_lane : lane.pcs_lanes)
      symbols += symbol_place(format, pcs_lane, row).codeword == codeword;
  return symbols;
}

ConvolutionalInterleaver spreading_interleaver(int symbols, int branches) {
  return {branches, (symbols + branches) / branches};
}

std::int64_t interleaved_group(const ConvolutionalInterleaver& interleaver, std::int64_t index) {
  const std::int64_t branch = index % interleaver.branches;
  return index - branch * interleaver.delay * interleaver.branches;
}

int delay_groups(const ConvolutionalInterleaver& interleaver) {
  return interleaver.branches * (interleaver.branches - 1) * interleaver.delay;
}

}  // namespace waverack::fec
