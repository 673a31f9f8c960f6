#include "waverack/parts/spread.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"
#include "waverack/parts/part.hpp"

namespace waverack::parts {
namespace {

using testing::HasSubstr;

Node table(std::initializer_list<std::pair<std::string, Node>> items) {
  Table result;
  for (const auto& [key, value] : items) result.set(key, value);
  return Node(std::move(result));
}

struct Read {
  std::vector<Spread> list;
  Provenance provenance;
};

template <class P>
Read read_of(const Node& node) {
  const ReadSources sources;
  ReadContext context(sources);
  Read result;
  result.list = read_spread(context, fields_of<P>(), node, "lane.chain.x.spread");
  result.provenance = std::move(context.provenance);
  return result;
}

TEST(Spread, AmountsAreInTheUnitOfTheNumber) {
  const Read read =
      read_of<MachZehnder>(table({{"v_pi_l", table({{"sigma", "0.1 V cm"}, {"common", 0.7}})},
                                  {"insertion_loss", table({{"sigma", "0.2 dB"}})},
                                  {"rc_bandwidth", table({{"sigma", "5 %"}, {"distribution", "uniform"}})}}));
  ASSERT_EQ(read.list.size(), 3u);
  EXPECT_EQ(read.list[0].key, "v_pi_l");
  EXPECT_EQ(read.list[0].scale, SpreadScale::difference);
  EXPECT_DOUBLE_EQ(read.list[0].sigma, 1e-3);
  EXPECT_DOUBLE_EQ(read.list[0].common, 0.7);
  EXPECT_EQ(read.list[1].scale, SpreadScale::decibel);
  EXPECT_NEAR(read.list[1].sigma, 0.2, 1e-12);
  EXPECT_EQ(read.list[2].scale, SpreadScale::share);
  EXPECT_DOUBLE_EQ(read.list[2].sigma, 0.05);
  EXPECT_EQ(read.list[2].distribution, Distribution::uniform);
}

// 1 nm²/cm: 0.10 nm at 100 µm, 1.0 nm at 1 cm (photonics facts 9).
TEST(Spread, AWalkGrowsWithTheRootOfTheDistance) {
  const Read read = read_of<MicroRing>(table({{"resonance_offset", table({{"walk", "1 nm/sqrt(cm)"}})}}));
  ASSERT_EQ(read.list.size(), 1u);
  EXPECT_NEAR(read.list[0].walk * std::sqrt(0.01), 1e-9, 1e-15);
  EXPECT_NEAR(read.list[0].walk * std::sqrt(100e-6), 0.1e-9, 1e-16);
  EXPECT_EQ(read.list[0].sigma, 0.0);
}

TEST(Spread, ParentsOfTheTableStandForItsNumbers) {
  const Read read = read_of<MachZehnder>(table(
      {{"v_pi_l", table({{"sigma", table({{"value", "4 %"}, {"kind", "measured"}, {"source", "wafer map"}})},
                         {"common", 0.5},
                         {"kind", "assumed"},
                         {"source", "nobody knows"}})}}));
  EXPECT_EQ(read.provenance.at("lane.chain.x.spread.v_pi_l.sigma").kind, Kind::measured);
  EXPECT_EQ(read.provenance.at("lane.chain.x.spread.v_pi_l.sigma").source, "wafer map");
  EXPECT_EQ(read.provenance.at("lane.chain.x.spread.v_pi_l.common").kind, Kind::assumed);
  EXPECT_EQ(read.provenance.at("lane.chain.x.spread.v_pi_l.common").source, "nobody knows");
}

// A value that is set over a card does not inherit what the card says of its own.
TEST(Spread, ParentsStayInTheirFile) {
  Node sigma("5 %"), kind("assumed");
  sigma.layer = Layer::set;
  kind.layer = Layer::card;
  const Read read = read_of<MachZehnder>(table({{"v_pi_l", table({{"sigma", sigma}, {"kind", kind}})}}));
  EXPECT_EQ(read.provenance.at("lane.chain.x.spread.v_pi_l.sigma").kind, Kind::choice);
}

TEST(Spread, WrittenTablesReadBackTheSame) {
  const Node node = table({{"input", table({{"noise_density", table({{"sigma", "5 %"}, {"common", 0.9}})}})},
                           {"output", table({{"swing", table({{"sigma", "10 mV"}})}})}});
  const std::vector<Spread> list = read_of<Retimer>(node).list;
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].key, "input.noise_density");
  const std::vector<Spread> again = read_of<Retimer>(write_spread(fields_of<Retimer>(), list)).list;
  ASSERT_EQ(again.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(again[i].key, list[i].key);
    EXPECT_EQ(again[i].scale, list[i].scale);
    EXPECT_DOUBLE_EQ(again[i].sigma, list[i].sigma);
    EXPECT_EQ(again[i].common, list[i].common);
  }
  const Node ring = table({{"resonance_offset", table({{"sigma", "1.645 nm"},
                                                       {"common", 1.0},
                                                       {"distribution", "uniform"},
                                                       {"walk", "1 nm/sqrt(cm)"}})},
                           {"resonance_extinction", table({{"sigma", "1 dB"}})},
                           {"detuning", table({{"sigma", 0.02}})}});
  const std::vector<Spread> rings = read_of<MicroRing>(ring).list;
  const std::vector<Spread> rings_again =
      read_of<MicroRing>(write_spread(fields_of<MicroRing>(), rings)).list;
  ASSERT_EQ(rings_again.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(rings_again[i].sigma, rings[i].sigma, 1e-12 * rings[i].sigma);
    EXPECT_NEAR(rings_again[i].walk, rings[i].walk, 1e-12 * rings[i].walk);
    EXPECT_EQ(rings_again[i].distribution, rings[i].distribution);
  }
}

TEST(Spread, MistakesAreExplained) {
  const auto message = [](const Node& node) { return message_of([&] { read_of<MachZehnder>(node); }); };
  EXPECT_THAT(message(table({{"v_pi", table({{"sigma", "3 %"}})}})),
              AllOf(HasSubstr("the part has no 'v_pi'"), HasSubstr("Did you mean 'v_pi_l'?")));
  EXPECT_THAT(message(table({{"v_pi_l", table({{"sigma", "3 GHz"}})}})), HasSubstr("wrong dimension"));
  EXPECT_THAT(message(table({{"v_pi_l", table({{"sigma", "-3 %"}})}})), HasSubstr("out of range"));
  EXPECT_THAT(message(table({{"v_pi_l", table({{"sigm", "3 %"}})}})), HasSubstr("Did you mean 'sigma'?"));
  EXPECT_THAT(message(table({{"v_pi_l", table({{"common", 0.5}})}})), HasSubstr("missing key"));
  EXPECT_THAT(message(table({{"v_pi_l", table({{"sigma", "3 %"}, {"common", 1.5}})}})),
              HasSubstr("out of range"));
  EXPECT_THAT(message(table({{"v_pi_l", Node("3 %")}})), HasSubstr("expected a table"));
  EXPECT_THAT(message(table({{"drive", table({{"sigma", "3 %"}})}})), HasSubstr("only numbers"));
  EXPECT_THAT(message(table({{"insertion_loss", table({{"walk", "1 dB/sqrt(cm)"}})}})),
              HasSubstr("does not walk"));
}

TEST(Spread, DeviatedNumbers) {
  EXPECT_DOUBLE_EQ(deviated(2.0, 0.1, SpreadScale::share, "V"), 2.2);
  EXPECT_DOUBLE_EQ(deviated(2.0, 0.1, SpreadScale::difference, "V"), 2.1);
  EXPECT_NEAR(deviated(2.0, 10.0, SpreadScale::decibel, "dB"), 20.0, 1e-12);
  EXPECT_NEAR(deviated(1e-3, -3.0, SpreadScale::decibel, "dBm"), 1e-3 * std::pow(10.0, -0.3), 1e-15);
}

}  // namespace
}  // namespace waverack::parts
