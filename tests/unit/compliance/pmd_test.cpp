// What follows from the numbers of a PMD.

#include "waverack/compliance/pmd.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace waverack::compliance {
namespace {

double dbm(double watts) { return 10.0 * std::log10(watts / 1e-3); }
double watts(double dbm) { return 1e-3 * std::pow(10.0, dbm / 10.0); }
double ratio(double decibels) { return std::pow(10.0, decibels / 10.0); }

// 400GBASE-DR4 (facts: standards 4.1).
Pmd dr4() {
  Pmd pmd;
  pmd.wavelength_low = {1304.5e-9};
  pmd.wavelength_high = {1317.5e-9};
  pmd.transmitter.oma_high = watts(4.2);
  pmd.transmitter.oma_floor = watts(-0.8);
  pmd.transmitter.oma_per_tdecq = watts(-2.2);
  pmd.transmitter.oma_per_tdecq_low_extinction = watts(-1.9);
  pmd.transmitter.extinction_step = ratio(5.0);
  pmd.transmitter.tdecq_high = ratio(3.4);
  pmd.channel.insertion_loss = ratio(3.0);
  pmd.channel.allocation = ratio(0.1);
  pmd.receiver.sensitivity_floor = watts(-3.9);
  pmd.receiver.sensitivity_per_secq = watts(-5.3);
  return pmd;
}

TEST(Pmd, AsksForMoreLightOfAWorseTransmitter) {
  const Pmd pmd = dr4();
  EXPECT_NEAR(dbm(oma_min(pmd, ratio(1.0), ratio(6.0))), -0.8, 1e-9);  // the floor
  EXPECT_NEAR(dbm(oma_min(pmd, ratio(3.0), ratio(6.0))), 0.8, 1e-9);
  EXPECT_NEAR(dbm(oma_min(pmd, ratio(3.0), ratio(4.9))), 1.1, 1e-9);
  EXPECT_NEAR(dbm(sensitivity(pmd, ratio(1.0))), -3.9, 1e-9);
  EXPECT_NEAR(dbm(sensitivity(pmd, ratio(3.4))), -1.9, 1e-9);
}

// Source: facts, standards 4.4, printed digits.
TEST(Pmd, HasTheDispersionOfTheTable) {
  const DispersionRange worst = worst_dispersion(dr4());
  EXPECT_NEAR(worst.most * 1e3, 0.798, 5e-4);  // 1 s/m is 1e3 ps/nm
  EXPECT_NEAR(worst.least * 1e3, -0.927, 5e-4);
}

TEST(Pmd, JudgesWhatWasMeasured) {
  const Pmd pmd = dr4();
  Provenance provenance;
  provenance["transmitter.oma_per_tdecq"] = {Kind::datasheet, "a sheet", Layer::card, "-2.2 dBm", {}};
  TransmitterMeasures measured;
  measured.oma_outer = watts(1.0);
  measured.extinction_ratio = ratio(6.0);
  measured.tecq = ratio(2.0);
  measured.tdecq = ratio(2.5);
  const std::vector<PmdCheck> checks = transmitter_checks(pmd, measured, provenance);
  std::vector<std::string> names;
  for (const PmdCheck& check : checks) names.push_back(check.name);
  // No limit of extinction, transition and the like was stated, no wavelength measured.
  EXPECT_THAT(names, testing::ElementsAre("oma_outer", "oma_outer", "extinction_ratio", "tecq", "tdecq"));
  EXPECT_FALSE(checks[0].at_least);
  EXPECT_TRUE(checks[1].at_least);
  EXPECT_NEAR(dbm(checks[1].limit), -2.2 + 2.5, 1e-9);  // by the worse of TECQ and TDECQ
  EXPECT_EQ(checks[1].source, "datasheet: a sheet");
}

}  // namespace
}  // namespace waverack::compliance
