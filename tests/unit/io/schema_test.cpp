#include "waverack/io/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema_checker.hpp"
#include "waverack/io/claims_run.hpp"
#include "waverack/io/embedded.hpp"
#include "waverack/io/json_reader.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/run.hpp"
#include "waverack/io/toml_reader.hpp"

namespace waverack::io {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The result of a real run, on a short pattern. Solved once for all tests.
const Node& real_result() {
  static const Node document = [] {
    const Input input = load_design("cpo-3.2t", {"lane.pattern=PRBS9Q"});
    const Result result = solve_input(input, {});
    const std::vector<study::ClaimResult> claims = claims_on(input, result);
    return parse_json(result_json({input, result, claims}), "result.json");
  }();
  return document;
}

Node result_schema_document() { return parse_json(result_schema(), "result.schema.json"); }
Node design_schema_document() { return parse_json(design_schema(), "design.schema.json"); }

TEST(ResultSchema, FitsARealResult) {
  EXPECT_THAT(misfits(result_schema_document(), real_result()), IsEmpty());
}

TEST(ResultSchema, ARealResultHasSomethingInEveryList) {
  // An empty list fits any schema of its items.
  for (const char* path : {"headline", "claims", "checks", "assumptions", "series", "lanes[0].segments",
                           "lanes[0].penalties", "lanes[0].noise_budget", "module.power_items",
                           "module.laser.ladder", "cluster.comparison", "cluster.savings"}) {
    const Node* list = find_path(real_result(), path);
    ASSERT_TRUE(list && list->array()) << path;
    EXPECT_FALSE(list->array()->empty()) << path;
  }
}

TEST(ResultSchema, FitsAnElectricalLaneWithoutBaseline) {
  const Input input = load_design_text(
      "title = \"Copper\"\n[lane]\nsymbol_rate = \"53.125 GBd\"\npattern = \"PRBS9Q\"\n"
      "[[lane.chain]]\npart = \"host_transmitter\"\n[[lane.chain]]\npart = \"test_point\"\n"
      "[[lane.chain]]\npart = \"receiver\"\n",
      "copper.toml");
  const Result result = solve_input(input, {});
  EXPECT_THAT(misfits(result_schema_document(), parse_json(result_json({input, result}), "result.json")),
              IsEmpty());
}

TEST(ResultSchema, FitsWeighedErrors) {
  const Input input = load_design("aec-1.6t", {"lane.pattern=PRBS9Q"});
  Options options;
  options.weigh.emplace();
  options.weigh->decisions = 1;
  const Node result = parse_json(result_json({input, solve_input(input, options)}), "result.json");
  EXPECT_THAT(misfits(result_schema_document(), result), IsEmpty());
  EXPECT_TRUE(find_path(result, "lanes[0].segments[0].weighed.ber"));
}

// Products of samples and reliabilities of bits bring tables of their own.
TEST(ResultSchema, FitsProductsAndReliabilities) {
  const Input input = load_design("cpo-3.2t", {"lane.pattern=PRBS9Q", "lane.chain.receiver.volterra_second=2",
                                               "lane.chain.receiver.volterra_third=1"});
  Options options;
  options.count.emplace();
  options.count->symbols = 1;
  options.count->soft = true;
  const Node result = parse_json(result_json({input, solve_input(input, options)}), "result.json");
  EXPECT_THAT(misfits(result_schema_document(), result), IsEmpty());
  EXPECT_TRUE(find_path(result, "lanes[0].segments[0].counted.soft.gmi"));
  EXPECT_TRUE(find_path(result, "lanes[0].segments[0].counted.soft.reliability[0].bits"));
  const Node* third = find_path(result, "lanes[0].segments[0].volterra.third");
  ASSERT_TRUE(third && third->array());
  EXPECT_EQ(third->array()->size(), 1U);
}

// A laser diode brings its drive and its feedback into the result.
TEST(ResultSchema, FitsALaneWithALaserDiode) {
  const Input input = load_design("dr8-1.6t-isolator-free-qd", {"lane.pattern=PRBS9Q"});
  const Node result = parse_json(result_json({input, solve_input(input, {})}), "result.json");
  EXPECT_THAT(misfits(result_schema_document(), result), IsEmpty());
  EXPECT_TRUE(find_path(result, "module.laser.drive.current_a"));
  const Node* reflectors = find_path(result, "lanes[0].feedback.reflectors");
  ASSERT_TRUE(reflectors && reflectors->array());
  EXPECT_FALSE(reflectors->array()->empty());
}

TEST(ResultSchema, RefusesWhatTheFormatDoesNotHave) {
  Node missing = real_result();
  auto& items = missing.table()->items;
  items.erase(
      std::find_if(items.begin(), items.end(), [](const auto& item) { return item.first == "seed"; }));
  EXPECT_THAT(misfits(result_schema_document(), missing), ElementsAre("$: seed is missing"));

  Node wrong = real_result();
  wrong.table()->find("module")->table()->set("lanes", Node("many"));
  EXPECT_THAT(misfits(result_schema_document(), wrong),
              ElementsAre("$.module.lanes: is not integer but a text"));

  Node unknown = real_result();
  unknown.table()->find("module")->table()->set("colour", Node("red"));
  EXPECT_THAT(misfits(result_schema_document(), unknown),
              ElementsAre("$.module.colour: nothing is allowed here"));
}

TEST(DesignSchema, FitsEveryBuiltInDesign) {
  ASSERT_FALSE(embedded_designs().empty());
  for (const EmbeddedFile& design : embedded_designs())
    EXPECT_THAT(misfits(design_schema_document(), parse_toml(design.text, std::string(design.name))),
                IsEmpty())
        << design.name;
}

TEST(DesignSchema, FitsTheDesignInsideAResult) {
  EXPECT_THAT(misfits(design_schema_document(), *find_path(real_result(), "design")), IsEmpty());
}

TEST(DesignSchema, RefusesUnknownKeysAndMissingOnes) {
  const Node schema = design_schema_document();
  EXPECT_THAT(misfits(schema, parse_toml("title = \"a\"\n", "a.toml")), ElementsAre("$: lane is missing"));
  EXPECT_THAT(
      misfits(schema,
              parse_toml("title = \"a\"\nlane = { symbol_rate = \"1 GBd\", chain = [{ part = \"tia\", "
                         "powr = \"1 W\" }] }\n",
                         "a.toml")),
      ElementsAre("$.lane.chain[0].powr: nothing is allowed here"));
  EXPECT_THAT(
      misfits(schema,
              parse_toml("title = \"a\"\nlane = { symbol_rate = 1, chain = [], fec = \"KP5\" }\n", "a.toml")),
      ElementsAre("$.lane.symbol_rate: fits 0 of anyOf",
                  "$.lane.fec: 'KP5' is not in [none, KR4, KP4, KP4+inner, C-FEC, oFEC]"));
}

Node cluster_schema_document() { return parse_json(cluster_schema(), "cluster.schema.json"); }

TEST(ClusterSchema, FitsEveryBuiltInCluster) {
  ASSERT_FALSE(embedded_clusters().empty());
  for (const EmbeddedFile& cluster : embedded_clusters())
    EXPECT_THAT(misfits(cluster_schema_document(), parse_toml(cluster.text, std::string(cluster.name))),
                IsEmpty())
        << cluster.name;
}

TEST(ClusterSchema, KnowsNumbersWithARangeAndProfilesBasedOnOthers) {
  const std::string start =
      "title = \"a\"\ngpus = 8\nnode = { based_on = \"gb300-nvl72\", liquid_share = 0.9 }\n"
      "[[networks]]\nname = \"n\"\n";
  const auto misfits_of = [&](const std::string& rest) {
    return misfits(cluster_schema_document(), parse_toml(start + rest, "a.toml"));
  };
  EXPECT_THAT(misfits_of("[job]\ncheckpoint_time = { value = \"60 s\", low = \"5 s\", high = \"2 min\", "
                         "source = \"us\", kind = \"measured\" }\n"),
              IsEmpty());
  EXPECT_THAT(misfits_of("[job]\ncheckpoint_time = \"60 s\"\n"), IsEmpty());
  EXPECT_THAT(misfits_of("[job]\ncheckpoint_time = { value = \"60 s\", lowest = \"5 s\" }\n"),
              ElementsAre("$.job.checkpoint_time: fits 0 of anyOf"));
  EXPECT_THAT(misfits_of("[hall]\nclimat = \"cold\"\n"),
              ElementsAre("$.hall.climat: nothing is allowed here"));
}

}  // namespace
}  // namespace waverack::io
