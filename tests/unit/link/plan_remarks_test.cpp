#include <gtest/gtest.h>

#include "waverack/link/plan.hpp"

namespace waverack::link {
namespace {

// What a part remarks about itself is a warning of its lane: here a line without losses of which 2 dB are
// asked.
TEST(Plan, RemarksOfPartsAreWarnings) {
  parts::PackageLine lossless;
  lossless.a_1 = lossless.a_2 = 0.0;
  lossless.loss = parts::from_db(2.0);
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

}  // namespace
}  // namespace waverack::link
