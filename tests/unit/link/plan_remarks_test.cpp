#include <gtest/gtest.h>

#include "waverack/link/plan.hpp"

namespace waverack::link {
namespace {

// What a part remarks about itself is a warning of its lane: here a line without losses of which 2 dB are
// asked.
TEST(Plan, RemarksOfPartsAreWarnings) {
  parts::PackageLine lossless;
  lossless.a_1 = lossless.a_2 = 0.0;
  lossless.loss = from_db(2.0);
  Lane lane;
  lane.chain = {{"host", "", parts::Place::host, parts::HostTransmitter{}, {}},
                {"board", "", parts::Place::host, lossless, {}},
                {"decision", "", parts::Place::host, parts::Receiver{}, {}}};
  const Plan plan = make_plan(lane);
  ASSERT_EQ(plan.warnings.size(), 1u);
  EXPECT_EQ(plan.warnings[0].path, "lane.chain.board");
  EXPECT_EQ(plan.warnings[0].message,
            "a loss is stated, but the line has no loss per length; its length counts instead");
}

// So is what a filter in the path of continuous light remarks, at the laser's wavelength.
TEST(Plan, RemarksOfTheLightAreWarnings) {
  parts::MeasuredResponse filter;
  filter.domain = parts::Carried::light;
  filter.table = std::make_shared<const network::FrequencyTable>(
      network::FrequencyTable{"gc.csv", {190e12, 200e12}, {0.5, 0.5}, {}, {}});
  Lane lane;
  lane.light = {{"laser", "", parts::Place::laser, parts::CwLaser{}, {}},
                {"coupler", "", parts::Place::module, filter, {}}};
  lane.chain = {{"host", "", parts::Place::host, parts::HostTransmitter{}, {}},
                {"decision", "", parts::Place::host, parts::Receiver{}, {}}};
  const Plan plan = make_plan(lane);
  ASSERT_EQ(plan.warnings.size(), 2u);
  EXPECT_EQ(plan.warnings[0].path, "lane.light.coupler");
  EXPECT_NE(plan.warnings[0].message.find("is outside of the data, 190 THz to 200 THz"), std::string::npos);
  EXPECT_EQ(plan.warnings[1].message, "the file states no phase: no dispersion is assumed");
}

// A list of levels speaks of one modulation.
TEST(Plan, RefusesLevelsOfAnotherModulation) {
  parts::HostTransmitter host;
  host.levels = {-1.0, -0.4, 0.4, 1.0};
  Lane lane;
  lane.chain = {{"host", "", parts::Place::host, host, {}},
                {"decision", "", parts::Place::host, parts::Receiver{}, {}}};
  EXPECT_NO_THROW(make_plan(lane));
  lane.modulation = Modulation::pam6;
  try {
    make_plan(lane);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, "lane.chain.host.levels");
    EXPECT_EQ(error.info().message, "4 levels are given, but the modulation has 6");
  }
}

}  // namespace
}  // namespace waverack::link
