#include "waverack/io/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "../base/message_of.hpp"
#include "waverack/cluster/installation.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/part_catalogue.hpp"

namespace waverack::io {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// Expected words stand in the describe() lists and in designs/parts/.
TEST(Explain, AKeyOfTheLane) {
  const Explanation explanation = explain("lane.symbol_rate");
  ASSERT_EQ(explanation.keys.size(), 1u);
  const KeyText& key = explanation.keys.front();
  EXPECT_EQ(key.unit, "GBd");
  EXPECT_EQ(key.range, "0.1 GBd to 1000 GBd");
  EXPECT_TRUE(key.required);
  EXPECT_EQ(key.default_value, "");
}

TEST(Explain, AKeyWithADefaultAndItsSource) {
  const KeyText key = explain("cluster.facility.chilled_water").keys.front();
  EXPECT_EQ(key.unit, "degC");
  EXPECT_EQ(key.default_value, "16 degC");
  EXPECT_EQ(key.kind, "assumed");
  EXPECT_FALSE(key.source.empty());
}

TEST(Explain, AChoiceListsItsNames) {
  EXPECT_EQ(explain("lane.modulation").keys.front().range,
            "PAM2, PAM4, PAM6, PAM8, DP-QPSK, DP-8QAM, DP-16QAM");
}

TEST(Explain, AKeyOfAPartByTypeByNameAndAlone) {
  const KeyText by_type = explain("lane.chain.connector.insertion_loss").keys.front();
  EXPECT_EQ(by_type.unit, "dB");
  const Explanation alone = explain("connector.insertion_loss");
  EXPECT_EQ(alone.keys.front().meaning, by_type.meaning);

  // Any part of a built-in design that has a name of its own.
  const Design design = load_design("cpo-3.2t").loaded.design;
  const auto named =
      std::find_if(design.lane.chain.begin(), design.lane.chain.end(), [](const parts::Instance& instance) {
        return parts::info(instance.part).type == "connector" && instance.name != "connector";
      });
  ASSERT_NE(named, design.lane.chain.end());
  EXPECT_EQ(explain("lane.chain." + named->name + ".insertion_loss").keys.front().meaning, by_type.meaning);
}

TEST(Explain, CardsSayWhatTheyGive) {
  const Explanation explanation = explain("lane.chain.mach_zehnder.v_pi_l");
  const auto imec = std::find_if(explanation.cards.begin(), explanation.cards.end(),
                                 [](const CardValue& value) { return value.card == "mzm-siph-imec"; });
  ASSERT_NE(imec, explanation.cards.end());
  EXPECT_EQ(imec->value, "1.7 V cm");
  EXPECT_EQ(imec->kind, "measured");
  EXPECT_THAT(imec->source, StartsWith("imec iSiPP50G"));
}

TEST(Explain, AKeyInsideARetimer) {
  EXPECT_EQ(explain("lane.chain.retimer.output.swing").keys.front().unit,
            explain("host_transmitter.swing").keys.front().unit);
}

TEST(Explain, TablesListTheirKeys) {
  const Explanation module = explain("module");
  EXPECT_TRUE(module.table);
  EXPECT_EQ(module.keys.front().key, "form");
  const Explanation chain = explain("lane.chain");
  EXPECT_EQ(chain.keys.size(), part_types().size());
  EXPECT_THAT(explain("limits").title, HasSubstr("checked against"));
}

TEST(Explain, WhatEveryPartHas) {
  EXPECT_THAT(explain("lane.chain.tia.card").keys.front().meaning, HasSubstr("Card"));
  EXPECT_EQ(explain("lane.chain.tia.place").keys.front().range, "host, module, laser");
}

TEST(Explain, ElementsOfAListAreExplainedAsTheList) {
  EXPECT_EQ(explain("host_transmitter.taps[2]").keys.front().key, "taps");
}

// Whatever the reader accepts can be explained.
TEST(Explain, EveryKeyOfEveryPart) {
  for (const PartType& part : part_types())
    for (const Field& field : part.fields->items) {
      if (field.key.empty()) continue;
      const std::string path = "lane.chain." + part.type + "." + std::string(field.key);
      EXPECT_FALSE(explanation_text(explain(path), {}).empty()) << path;
    }
}

// Paths of every key below a table, those of lists and profiles too.
void add_paths(const FieldList& list, const std::string& path, std::vector<std::string>& paths) {
  for (const Field& field : list.items) {
    if (field.key.empty()) continue;
    paths.push_back(path.empty() ? std::string(field.key) : path + "." + std::string(field.key));
    if (field.type->nested) add_paths(*field.type->nested(), std::string(paths.back()), paths);
  }
}

TEST(Explain, EveryKeyOfAClustersFile) {
  std::vector<std::string> paths;
  add_paths(fields_of<cluster::Installation>(), "", paths);
  EXPECT_GT(paths.size(), 100u);
  for (const std::string& path : paths) {
    const Explanation explanation = explain(path);
    EXPECT_FALSE(explanation_text(explanation, {}).empty()) << path;
    for (const KeyText& key : explanation.keys) EXPECT_FALSE(key.meaning.empty()) << path << " " << key.key;
  }
}

// Ranges and defaults are those of the facts that describe() names.
TEST(Explain, AKeyOfAClustersFile) {
  const KeyText water = explain("hall.facility_water").keys.front();
  EXPECT_EQ(water.type, "number with a range");
  EXPECT_EQ(water.unit, "degC");
  EXPECT_EQ(water.range, "10 degC to 60 degC");
  EXPECT_EQ(water.default_value, "32 degC");
  EXPECT_EQ(water.kind, "assumed");
  EXPECT_EQ(explain("job.checkpoint_time").keys.front().default_value, "60 s (5 s to 120 s)");
  EXPECT_EQ(explain("hall.climate").keys.front().range, "cold, temperate, hot_humid");
  EXPECT_TRUE(explain("gpus").keys.front().required);
  EXPECT_EQ(explain("failures.rates.no_fault_found").keys.front().default_value, "0.8 (0.5 to 0.9)");
  EXPECT_THAT(explain("scenarios").notes, ::testing::ElementsAre("Of a cluster's file."));
  EXPECT_THAT(explain("lane.symbol_rate").notes, ::testing::IsEmpty());
}

// --set addresses a network by its name, and so does explain.
TEST(Explain, AKeyOfANamedNetwork) {
  const KeyText planes = explain("networks.planes").keys.front();
  EXPECT_EQ(planes.default_value, "1");
  EXPECT_EQ(explain("networks.back-end.planes").keys.front().meaning, planes.meaning);
  EXPECT_EQ(explain("networks[1].planes").keys.front().meaning, planes.meaning);
  EXPECT_EQ(explain("networks.back-end.switches.cage_power").keys.front().default_value, "30 W");
  EXPECT_THAT(message_of([] { explain("networks.plane"); }), HasSubstr("Did you mean 'planes'?"));
}

TEST(Explain, WrongPathsNameTheNearest) {
  EXPECT_THAT(message_of([] { explain("lane.symbol_rat"); }),
              StartsWith("lane.symbol_rat: there is no 'symbol_rat' (allowed: symbol_rate, modulation, "));
  EXPECT_THAT(message_of([] { explain("lane.symbol_rat"); }), HasSubstr("Did you mean 'symbol_rate'?"));
  EXPECT_THAT(message_of([] { explain("lane.chain.tai.power"); }), HasSubstr("Did you mean 'tia'?"));
  EXPECT_THAT(message_of([] { explain("lane.chain.tia.pover"); }), HasSubstr("Did you mean 'power'?"));
  EXPECT_THAT(message_of([] { explain("fiber"); }), HasSubstr("Did you mean 'fibre'?"));
  EXPECT_THAT(message_of([] { explain("scenario"); }), HasSubstr("Did you mean 'scenarios'?"));
  EXPECT_THAT(message_of([] { explain("hall.facilty_water"); }), HasSubstr("Did you mean 'facility_water'?"));
  EXPECT_EQ(message_of([] { explain("lane.symbol_rate.unit"); }),
            "lane.symbol_rate.unit: there is no 'unit'");
  EXPECT_EQ(message_of([] { explain(""); }), "the path is empty (allowed: for example lane.symbol_rate)");
}

}  // namespace
}  // namespace waverack::io
