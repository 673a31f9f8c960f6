#include "waverack/network/quality.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>

#include "unit/network/lines.hpp"
#include "unit/network/shared_data.hpp"
#include "waverack/network/port_order.hpp"

namespace waverack::network {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The definitions of IEEE 370, by hand: an excess of 0.05 over the limit is half of the full 0.1, and |S21 −
// S12| of 0.01 on average is a tenth of it, less the limit of 1e-6.
TEST(Quality, MetricsOfIeee370) {
  const Network gain = matched({1e9, 2e9}, [](double) { return 1.05001; });
  EXPECT_NEAR(quality(gain).passivity, 50.0, 1e-9);
  EXPECT_NEAR(quality(gain).reciprocity, 100.0, 1e-9);
  const Network biased = two_port({1e9, 2e9}, [](double) { return TwoPort{0.0, 0.5, 0.51, 0.0}; });
  EXPECT_NEAR(quality(biased).reciprocity, 100.0 - 10.0 * (1.0 - 1e-4), 1e-9);
  EXPECT_EQ(quality(biased).passivity, 100.0);
}

// A delay turns clockwise, an advance against it; a curve that goes there and back does both alike.
TEST(Quality, CausalityIsTheShareOfClockwiseTurns) {
  EXPECT_NEAR(turning_causality(line(grid(0.0, 1e9, 10e6), 0.5, 1e-9), 2, 1), 100.0, 1e-9);
  EXPECT_NEAR(turning_causality(line(grid(0.0, 1e9, 10e6), 0.5, -1e-9), 2, 1), 0.0, 1e-9);
  const Network there_and_back = matched(grid(0.0, 2e9, 10e6), [](double f) {
    return std::polar(0.5, -2.0 * std::numbers::pi * 1e-9 * std::abs(f - 1e9));
  });
  EXPECT_NEAR(turning_causality(there_and_back, 2, 1), 50.0, 2.0);
  EXPECT_EQ(turning_causality(line(grid(0.0, 1e9, 10e6), 0.5, 0.0), 1, 1), 100.0);
}

TEST(Quality, LinesAndPolarity) {
  const Quality good = quality(lines({{1, 2}, {3, 4}}, 0.01));
  ASSERT_EQ(good.lines.size(), 2u);
  EXPECT_EQ(good.lines[1].left, 3);
  EXPECT_EQ(good.lines[1].right, 4);
  EXPECT_FALSE(good.lines[0].inverted);
  EXPECT_LT(good.lines[0].early_energy, 1e-3);
  EXPECT_FALSE(good.swapped);
  EXPECT_THAT(good.remarks, IsEmpty());
  const Quality inverted = quality(lines({{1, 2}, {3, 4}}, 0.01, -1.0));
  EXPECT_TRUE(inverted.lines[0].inverted);
  EXPECT_TRUE(inverted.swapped);
}

// Conductor 1 ends at port 4: with the ports as stated the pair is exchanged, with those inferred it is not.
TEST(Quality, ExchangedConductors) {
  const Network crossed = lines({{1, 4}, {2, 3}}, 0.01);
  EXPECT_TRUE(quality(crossed, PairPorts{1, 2, 3, 4}).swapped);
  EXPECT_THAT(
      quality(crossed, PairPorts{1, 2, 3, 4}).remarks,
      ElementsAre(
          "+ and - are exchanged between the ends: the pair of ports [1, 2, 3, 4] inverts the signal"));
  EXPECT_FALSE(quality(crossed, PairPorts{1, 2, 4, 3}).swapped);
  EXPECT_FALSE(quality(crossed).swapped);
}

// A pair that crosses two lines passes half of the difference of their crosstalk, 0.01 each: nothing to take
// a sign from.
TEST(Quality, APairThatIsNoThroughPath) {
  const Quality wrong = quality(lines({{1, 2}, {3, 4}}, 0.01), PairPorts{1, 2, 3, 4});
  EXPECT_FALSE(wrong.swapped);
  ASSERT_EQ(wrong.remarks.size(), 1u);
  EXPECT_THAT(wrong.remarks[0], testing::StartsWith("the pair of ports [1, 2, 3, 4] transmits -"));
  EXPECT_THAT(wrong.remarks[0], HasSubstr("no through path; the lines of the file make it [1, 3, 2, 4]"));
  EXPECT_THAT(quality(lines({{1, 2}, {3, 4}}, 0.01), PairPorts{1, 3, 2, 4}).remarks, IsEmpty());
}

// Five precursors of 1.5 % of the amplitude, too weak to be the front, have 5·0.015² = 1.1e-3 of the energy;
// the foot of the pulse itself, below 2 % of its peak, adds half of erfc(2.8), 4e-5.
TEST(Quality, EnergyBeforeTheFront) {
  const Network network = matched(grid(0.0, 20e9, 10e6), [](double f) {
    const auto turn = [&](double delay) { return std::polar(1.0, -2.0 * std::numbers::pi * f * delay); };
    std::complex<double> sum = turn(2e-9);
    for (int i = 1; i <= 5; ++i) sum += 0.015 * turn(0.3e-9 * i);
    return 0.9 * sum;
  });
  const Quality found = quality(network);
  ASSERT_EQ(found.lines.size(), 1u);
  EXPECT_NEAR(found.lines[0].early_energy, 1.16e-3, 0.05e-3);
  EXPECT_THAT(found.remarks,
              ElementsAre(HasSubstr("% of the pulse's energy from port 1 to 2 comes before its front")));
}

TEST(Quality, Bands) {
  const Network through = line(grid(0.0, 10e9, 10e6), 0.5, 1e-9);
  Network cut = line(grid(0.0, 5.55e9, 10e6), 0.5, 1e-9), coarse = line(grid(0.0, 10e9, 20e6), 0.5, 1e-9);
  EXPECT_EQ(band_doubt(through, through), "");
  EXPECT_EQ(band_doubt(cut, through),
            "the data stop at 5.55 GHz, those of the through path at 10 GHz: they may have been cut off");
  EXPECT_THAT(band_doubt(coarse, through),
              HasSubstr("501 points in steps of 20 MHz on average, 1001 of 10 MHz in the through path"));
  EXPECT_THAT(quality(line({0.0, 1e9, 2e9, 4e9}, 0.5, 1e-12)).remarks,
              ElementsAre("the frequency steps are not even: 1 GHz to 2 GHz"));
  EXPECT_EQ(quality(through).last_frequency, 10e9);
}

// The truncated file of the shared data beside the channel of its set, and crosstalk, which has no lines.
TEST(Quality, MeasuredFiles) {
  NEEDS_SHARED_DATA();
  const std::string lim = "channels/lim_3ck_c2m_ch1/112G_cascaded_CDR6_Module_";
  const Network through = read(lim + "Thru_1_etch1100_TX7_L10_Full_Footprint.s4p");
  const Quality found = quality(through);
  ASSERT_EQ(found.lines.size(), 2u);
  EXPECT_EQ(found.passivity, 100.0);
  EXPECT_GT(found.reciprocity, 99.9);
  EXPECT_GT(found.lines[0].causality, 90.0);
  EXPECT_FALSE(found.swapped);
  const Network cut =
      read("channels/truncated/112G_cascaded_CDR6_Module_FEXT2_1_etch1100_TX7_L23_Full_Footprint.s4p");
  EXPECT_THAT(band_doubt(cut, through), HasSubstr("stop at 5.55 GHz"));
  EXPECT_THAT(quality(cut).lines, IsEmpty());
  EXPECT_THAT(quality(cut).remarks, testing::Contains(HasSubstr("a number of 671784 characters")));
}

}  // namespace
}  // namespace waverack::network
