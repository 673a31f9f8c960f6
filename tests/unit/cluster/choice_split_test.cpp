// Bins of lengths cut where candidates end. Expected values by hand.

#include <gtest/gtest.h>

#include <cmath>

#include "clusters.hpp"
#include "waverack/cluster/choice.hpp"

namespace waverack::cluster {
namespace {

using example::clos;
using example::copper;
using example::input;
using example::optics;

// A bin of 1 to 3 m and copper that reaches 2.81 m: nine in ten of its links are shorter than that.
TEST(ChoiceSplit, ABinIsCutWhereACandidateEnds) {
  example::Clos network = clos(1000, 64, 1, 64);
  network.topology.links[0].lengths = {{1.0, 1.0, 3.0}};
  std::vector<Technology> technologies{optics("dsp", 16.5), copper("aec", 5.0, 2.8137)};
  ChoiceInput in = input(network, technologies);
  const Topology cut = split_at_reaches({}, in);
  ASSERT_EQ(cut.links[0].lengths.size(), 2u);
  EXPECT_DOUBLE_EQ(cut.links[0].lengths[0].to, 2.81);
  EXPECT_NEAR(cut.links[0].lengths[0].share, 0.905, 1e-12);
  in.topology = &cut;
  const ChoiceResult result = choose({}, in);
  ASSERT_EQ(result.selections.size(), 2u);
  EXPECT_EQ(result.selections[0].a, 1u);
  EXPECT_EQ(result.selections[0].links, 905);
  EXPECT_GE(result.selections[0].margin_db, 0.0);
  EXPECT_EQ(result.selections[1].a, 0u);
  EXPECT_EQ(result.selections[1].links, 95);
}

TEST(ChoiceSplit, NothingIsCutWhereNothingIsGained) {
  // Copper that draws more than the optics; and one that reaches all of the bin, or none of it.
  for (const auto& [watts, reach] : {std::pair{50.0, 2.5}, std::pair{5.0, 3.0}, std::pair{5.0, 0.9}}) {
    example::Clos network = clos(1000, 64, 1, 64);
    network.topology.links[0].lengths = {{0.4, 1.0, 3.0}, {0.6, 5.0, 50.0}};
    const std::vector<Technology> technologies{optics("dsp", 16.5), copper("aec", watts, reach)};
    const Topology cut = split_at_reaches({}, input(network, technologies));
    ASSERT_EQ(cut.links[0].lengths.size(), 2u) << watts << " W, " << reach << " m";
    EXPECT_EQ(cut.links[0].lengths[0].share, 0.4);
    EXPECT_EQ(cut.links[0].lengths[0].to, 3.0);
    EXPECT_EQ(cut.links[0].lengths[1].share, 0.6);
  }
}

// A bound on the latency ends a technology at a length too: 160 ns and 4.9 ns for each metre, 200 ns allowed.
TEST(ChoiceSplit, ALatencyBoundCutsToo) {
  example::Clos network = clos(1000, 64, 1, 64);
  network.topology.links[0].lengths = {{1.0, 5.0, 50.0}};
  std::vector<Technology> technologies{optics("frugal", 8.0), optics("swift", 16.5)};
  technologies[1].latency = 10e-9;
  Choice choice;
  choice.latency_bound = 350e-9;
  const Topology cut = split_at_reaches(choice, input(network, technologies));
  ASSERT_EQ(cut.links[0].lengths.size(), 2u);
  EXPECT_NEAR(cut.links[0].lengths[0].to, std::floor(100.0 * (350.0 - 160.0) / 4.9) / 100.0, 1e-9);
}

// What nothing serves stays: the rest of the bin keeps its reasons.
TEST(ChoiceSplit, LinksBeyondEveryReachStayUnserved) {
  example::Clos network = clos(1000, 64, 1, 64);
  network.topology.links[0].lengths = {{1.0, 1.0, 3.0}};
  const std::vector<Technology> technologies{copper("aec", 5.0, 2.0)};
  ChoiceInput in = input(network, technologies);
  const Topology cut = split_at_reaches({}, in);
  in.topology = &cut;
  const ChoiceResult result = choose({}, in);
  ASSERT_EQ(result.selections.size(), 2u);
  EXPECT_TRUE(result.selections[0].served());
  EXPECT_FALSE(result.selections[1].served());
  ASSERT_EQ(result.selections[1].refused.size(), 1u);
  EXPECT_EQ(result.selections[1].refused[0].reason, "it reaches 2 m with 3 dB of margin, not 3 m");
}

}  // namespace
}  // namespace waverack::cluster
