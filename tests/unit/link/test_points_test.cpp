// What a lane says of the standards that it names.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "lanes.hpp"
#include "waverack/link/solve.hpp"

namespace waverack::link {
namespace {

LaneResult solved(double symbol_rate) {
  Lane lane =
      lanes::optical_lane(symbol_rate, Modulation::pam4, lanes::ideal_transmitter(0.1),
                          lanes::ideal_laser(1e-3), lanes::ideal_modulator(), lanes::ideal_photodiode(1.0),
                          lanes::linear_tia(), lanes::plain_receiver(0.75));
  lane.pattern = Pattern::prbs9q;
  lane.chain.insert(lane.chain.begin() + 2,
                    {lanes::instance(parts::TestPoint{}, "TP2"), lanes::instance(parts::Fibre{})});
  compliance::Pmd pmd;
  pmd.symbol_rate = 53.125e9;
  pmd.wavelength_low = {1304.5e-9};
  pmd.wavelength_high = {1317.5e-9};
  lane.pmd = {"made up", std::make_shared<const compliance::Pmd>(pmd)};
  SolveOptions options;
  options.penalties = options.margins = false;
  return solve(lane, options);
}

std::vector<std::string> remarks_on_pmd(const LaneResult& result) {
  std::vector<std::string> messages;
  for (const Warning& warning : result.warnings)
    if (warning.path == "lane.pmd") messages.push_back(warning.message);
  return messages;
}

TEST(TestPoints, AreNotMeasuredByAPmdOfAnotherSymbolRate) {
  const LaneResult other = solved(106.25e9);
  EXPECT_THAT(remarks_on_pmd(other),
              testing::ElementsAre("TDECQ was not measured: 'made up' is for 53.125 GBd"));
  ASSERT_EQ(other.test_points.size(), 1u);
  EXPECT_FALSE(other.test_points[0].reference || other.test_points[0].behind_fibre);

  const LaneResult own = solved(53.125e9);
  EXPECT_THAT(remarks_on_pmd(own), testing::IsEmpty());
  EXPECT_TRUE(own.test_points.at(0).reference && own.test_points.at(0).behind_fibre);
}

}  // namespace
}  // namespace waverack::link
