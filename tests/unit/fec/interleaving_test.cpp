#include "waverack/fec/interleaving.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

namespace waverack::fec {
namespace {

// Clause 119: with A and B sent from symbol 543 downwards, tx_out<16k+2j> = A<543−8k−j> and
// tx_out<16k+2j+1> = B<543−8k−j> for even k, the other way round for odd k; 8 lanes and 4 pairs at 200 Gb/s.
TEST(Interleaving, SymbolDistributionOfClause119) {
  for (const auto& [format, pairs] : {std::pair{pcs_400g, 8}, std::pair{pcs_200g, 4}})
    for (int k = 0; k < 544 / pairs; ++k)
      for (int j = 0; j < pairs; ++j) {
        const SymbolPlace even = symbol_place(format, 2 * j, k), odd = symbol_place(format, 2 * j + 1, k);
        EXPECT_EQ(even.symbol, pairs * k + j);
        EXPECT_EQ(odd.symbol, pairs * k + j);
        EXPECT_EQ(even.codeword, k % 2 == 0 ? 0 : 1);
        EXPECT_EQ(odd.codeword, k % 2 == 0 ? 1 : 0);
      }
}

TEST(Interleaving, EverySymbolHasOnePlace) {
  for (const PcsFormat& format : {pcs_100g, pcs_100g_interleaved, pcs_200g, pcs_400g, pcs_800g, pcs_1600g}) {
    std::set<std::pair<int, int>> places;
    for (int lane = 0; lane < format.pcs_lanes; ++lane)
      for (int row = 0; row < 544 * format.codewords / format.pcs_lanes; ++row) {
        const SymbolPlace place = symbol_place(format, lane, row);
        EXPECT_TRUE(place.codeword >= 0 && place.codeword < format.codewords && place.symbol < 544);
        places.insert({place.codeword, place.symbol});
      }
    EXPECT_EQ(places.size(), 544u * static_cast<unsigned>(format.codewords)) << format.name;
  }
}

// Two flows of 400 Gb/s do not share codewords.
TEST(Interleaving, FlowsOf800G) {
  for (int lane = 0; lane < 32; ++lane) EXPECT_EQ(symbol_place(pcs_800g, lane, 5).codeword / 2, lane / 16);
}

TEST(Interleaving, MultiplexingOfLanes) {
  const PhysicalLane by_bits{.pcs_lanes = {0, 1, 4, 6}};
  for (std::uint64_t i = 0; i < 80; ++i) {
    const BitPlace bit = bit_place(pcs_400g, kp4, by_bits, i);
    const SymbolPlace expected = symbol_place(pcs_400g, by_bits.pcs_lanes[i % 4], static_cast<int>(i / 40));
    EXPECT_EQ(bit.place.codeword, expected.codeword);
    EXPECT_EQ(bit.place.symbol, expected.symbol);
    EXPECT_EQ(bit.bit, static_cast<int>(i / 4 % 10));
  }
  // Pairs of symbols: 20 bits of each lane.
  const PhysicalLane by_pairs{.pcs_lanes = {0, 1}, .symbols_at_a_time = 2};
  for (std::uint64_t i = 0; i < 80; ++i) {
    const BitPlace bit = bit_place(pcs_1600g, kp4, by_pairs, i);
    const SymbolPlace expected =
        symbol_place(pcs_1600g, static_cast<int>(i / 20 % 2), static_cast<int>(i / 40 * 2 + i % 20 / 10));
    EXPECT_EQ(bit.place.codeword, expected.codeword);
    EXPECT_EQ(bit.place.symbol, expected.symbol);
    EXPECT_EQ(bit.bit, static_cast<int>(i % 10));
  }
  // The next group goes on behind the last symbol.
  EXPECT_EQ(bit_place(pcs_400g, kp4, by_bits, 68 * 40).place.symbol, 544);
}

TEST(Interleaving, LayoutsHoldTheSymbolsOfOneCodeword) {
  const LaneLayout four = interleaved_layout(kp4, 4);
  EXPECT_EQ(four.own, 1);
  ASSERT_EQ(four.owner.size(), 40u);
  for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(four.owner[i], i < 10 ? 0 : -1);
  // Three bits of PAM8: three symbols of ten bits in ten line symbols.
  EXPECT_EQ(interleaved_layout(kp4, 1, 3).own, 3);
  EXPECT_EQ(interleaved_layout(kp4, 1, 3).owner.size(), 30u);

  const PhysicalLane lane{.pcs_lanes = {0, 1, 16, 17}};
  for (const int codeword : {0, 1, 2, 3}) {
    const LaneLayout layout = lane_layout(pcs_800g, kp4, lane, codeword);
    EXPECT_EQ(layout.own, 2);  // one in each of two rows
    EXPECT_EQ(layout.owner.size(), 80u);
    EXPECT_EQ(symbols_on_lane(pcs_800g, kp4, lane, codeword), 68);
  }
}

// Facts: standards 8.3: the 12 symbols of an inner block belong to 12 codewords.
TEST(Interleaving, ConvolutionalInterleaverSpreads) {
  // Symbols of each of four codewords on a lane of 200 Gb/s, of 1.6 Tb/s and of 800 Gb/s.
  for (const int symbols : {544 / 8, 544 / 4}) {
    const ConvolutionalInterleaver least = spreading_interleaver(symbols);
    const auto spreads = [&](const ConvolutionalInterleaver& interleaver) {
      for (std::int64_t block = 0; block < 1000; ++block) {
        std::set<std::int64_t> codewords;
        for (std::int64_t b = 0; b < 3; ++b) {
          const std::int64_t group = interleaved_group(interleaver, 3 * (block + 1000) + b);
          codewords.insert(group / symbols);
        }
        if (codewords.size() < 3) return false;
      }
      return true;
    };
    EXPECT_TRUE(spreads(least));
    EXPECT_FALSE(spreads({3, least.delay - 1}));
    // Every group leaves once.
    std::set<std::int64_t> groups;
    for (std::int64_t i = 0; i < 6000; ++i) EXPECT_TRUE(groups.insert(interleaved_group(least, i)).second);
    EXPECT_EQ(delay_groups(least), 6 * least.delay);
  }
}

}  // namespace
}  // namespace waverack::fec
