// The built-in PMD profiles against the identities that a standard's budget obeys.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "waverack/compliance/pmd.hpp"
#include "waverack/io/profile.hpp"

namespace waverack::io {
namespace {

using compliance::Pmd;

double dbm(double watts) { return 10.0 * std::log10(watts / 1e-3); }

Profile<Pmd> pmd(const std::string& name) { return load_profile<Pmd>("pmd", name); }

// c − IL − allocation = −k (facts: standards 4.5), and both floors begin at the same penalty. Profiles state
// tenths of a decibel.
TEST(PmdProfiles, BudgetsAddUp) {
  const std::vector<std::string> names = profile_names("pmd");
  EXPECT_THAT(names, testing::ElementsAre("1.6tbase-dr8", "1.6tbase-dr8-2", "400g-lane", "400gbase-dr4",
                                          "400gbase-fr4", "800gbase-dr8"));
  for (const std::string& name : names) {
    const Pmd value = pmd(name).value;
    EXPECT_NEAR(10.0 * std::log10(budget_excess(value)), 0.0, 1e-9) << name;
    EXPECT_NEAR(value.transmitter.oma_floor / value.transmitter.oma_per_tdecq,
                value.receiver.sensitivity_floor / value.receiver.sensitivity_per_secq, 1e-6)
        << name;
    // The stress is the worst transmitter that is allowed (facts: standards 4.1: -5.3 + 3.4 = -1.9, -6.0
    // + 3.4 = -2.6).
    EXPECT_NEAR(sensitivity(value, value.receiver.stress_secq) / value.receiver.stressed_sensitivity, 1.0,
                1e-6)
        << name;
    EXPECT_NEAR(value.receiver.stress_secq, value.transmitter.tdecq_high, 1e-9) << name;
    EXPECT_EQ(value.wavelength_low.size(), value.wavelength_high.size()) << name;
  }
}

// Source: facts, standards 4.1, 4.2, 4.5: the constants of the two identities, the example of clause 180, and
// the rate of clause 182.
TEST(PmdProfiles, HaveThePublishedConstants) {
  EXPECT_NEAR(dbm(pmd("400gbase-dr4").value.receiver.sensitivity_per_secq), -5.3, 1e-9);
  const Pmd dj = pmd("1.6tbase-dr8").value;
  EXPECT_NEAR(dbm(dj.receiver.sensitivity_per_secq), -4.3, 1e-9);
  EXPECT_NEAR(dbm(oma_min(dj, std::pow(10.0, 0.25), 4.0)), 1.3, 1e-9);
  EXPECT_NEAR(dbm(sensitivity(dj, std::pow(10.0, 0.15))), -2.8, 1e-9);
  EXPECT_EQ(dj.tdecq.equaliser.taps, 15);
  EXPECT_NEAR(pmd("1.6tbase-dr8-2").value.symbol_rate, 106.25e9 * 128.0 / 120.0 * 1089.0 / 1088.0, 1.0);
  EXPECT_NEAR(dbm(pmd("400gbase-fr4").value.transmitter.oma_per_tdecq_low_extinction), -1.6, 1e-9);
}

// Every number of a limit says where it comes from.
TEST(PmdProfiles, NameTheirSources) {
  for (const std::string& name : profile_names("pmd"))
    for (const auto& [path, origin] : pmd(name).provenance) {
      const bool limit =
          path.starts_with("transmitter.") || path.starts_with("receiver.") || path.starts_with("channel.");
      EXPECT_TRUE(!limit || !origin.source.empty()) << name << " " << path;
    }
}

}  // namespace
}  // namespace waverack::io
