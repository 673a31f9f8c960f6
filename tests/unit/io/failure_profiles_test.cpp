// The built-in profiles of failure rates against what was published.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "waverack/cluster/failures.hpp"
#include "waverack/io/profile.hpp"

namespace waverack::io {
namespace {

using cluster::FailureRates;

FailureRates rates(const std::string& name) { return load_profile<FailureRates>("failures", name).value; }

double hours(double rate) { return 1.0 / rate / 3600.0; }

// Facts, cluster 7.1, printed digits.
TEST(FailureProfiles, PublishedNumbers) {
  EXPECT_THAT(profile_names("failures"),
              testing::ElementsAre("credo", "hpn", "llama3", "meta", "mlsysim", "solved"));
  EXPECT_NEAR(hours(2.0 * rates("hpn").pluggable.value), 1.28e6, 0.005e6);
  EXPECT_NEAR(hours(rates("hpn").switch_box.value), 1.43e6, 0.005e6);
  EXPECT_NEAR(hours(rates("meta").pluggable.value), 0.55e6, 0.001e6);
  EXPECT_NEAR(hours(rates("meta").engine_port.value), 2.6e6, 0.001e6);
  EXPECT_NEAR(hours(rates("mlsysim").cable.value), 50e3, 1.0);
  EXPECT_NEAR(hours(rates("credo").cable.value), 1e8, 1.0);
  // 35 interruptions of 16,384 GPUs in 54 days, among four links each with two modules.
  EXPECT_NEAR(8.0 * rates("llama3").pluggable.value / (35.0 / (16384.0 * 54.0 * 86400.0)), 1.0, 0.002);
}

// Numbers in circulation differ by a factor of about 26 (facts: cluster 2).
TEST(FailureProfiles, DisagreementIsKept) {
  EXPECT_NEAR(rates("mlsysim").cable.value / rates("hpn").cable.value, 26.0, 0.5);
}

// What an origin has not published is the default, and its source says so.
TEST(FailureProfiles, RestIsTheDefault) {
  const auto hpn = load_profile<FailureRates>("failures", "hpn");
  EXPECT_FALSE(hpn.value.solved);
  EXPECT_EQ(hpn.value.gpu.value, FailureRates{}.gpu.value);
  EXPECT_EQ(hpn.provenance.at("pluggable").kind, Kind::derived);
  EXPECT_THAT(hpn.provenance.at("engine_port").source, testing::HasSubstr("Meta"));
  const FailureRates solved = rates("solved");
  EXPECT_TRUE(solved.solved);
  EXPECT_EQ(solved.pluggable.value, FailureRates{}.pluggable.value);
  for (const std::string& name : profile_names("failures")) {
    FailureRates value = rates(name);
    EXPECT_FALSE(value.title.empty()) << name;
    visit_ranged(value, "", [&](const std::string& path, const Field&, Ranged& number) {
      EXPECT_LE(number.low, number.value) << name << " " << path;
      EXPECT_GE(number.high, number.value) << name << " " << path;
    });
  }
}

}  // namespace
}  // namespace waverack::io
