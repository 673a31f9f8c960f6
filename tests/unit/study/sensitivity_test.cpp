#include "waverack/study/sensitivity.hpp"

#include <gtest/gtest.h>

namespace waverack::study {
namespace {

// A host, a receiver with known noise, and a module of one lane with known watts.
LoadedDesign sensitive_design(const std::vector<std::string>& settings) {
  LoadedDesign loaded;
  link::Lane& lane = loaded.design.lane;
  lane.pattern = link::Pattern::prbs9q;
  parts::Instance transmitter, receiver;
  transmitter.name = "host_transmitter";
  transmitter.part = parts::HostTransmitter{};
  transmitter.place = parts::Place::host;
  parts::Receiver noisy;
  noisy.noise_density = 1e-7;
  for (const std::string& setting : settings)
    if (setting == "lane.chain.receiver.noise_density=110 nV/sqrt(Hz)")
      noisy.noise_density = 1.1e-7;
    else if (setting == "module.control_power=1.1 W")
      loaded.design.module.control_power = 1.1;
    else if (setting == "lane.chain.receiver.refused=2.2")
      throw Error("out of range");
    else if (setting == "lane.chain.receiver.refused=1.8")
      noisy.noise_density = 0.9e-7;
  receiver.name = "receiver";
  receiver.part = noisy;
  receiver.place = parts::Place::host;
  lane.chain = {transmitter, receiver};
  for (const std::string& setting : settings)
    if (setting == "lane.chain.receiver.too_much=2.2") lane.chain.clear();  // reads well, cannot be solved
  if (loaded.design.module.control_power == 0.5) loaded.design.module.control_power = 1.0;
  loaded.design.module.lanes = 1;
  loaded.design.module.conversion_efficiency = 0.5;
  return loaded;
}

Assumption assumed(const char* path, const char* value) {
  return {path, value, Kind::assumed, "", "default"};
}

TEST(Sensitivity, MovesOneNumberAtATimeAndSortsByWhatItDoes) {
  const std::vector<Assumption> assumptions{
      assumed("module.control_power", "1 W"), assumed("lane.chain.receiver.noise_density", "100 nV/sqrt(Hz)"),
      assumed("lane.chain.host_transmitter.taps", "[0, 1, 0]"), assumed("cluster.gpu_power", "1889 W")};
  const std::vector<Sensitivity> list = sensitivities(sensitive_design, assumptions, 2);
  ASSERT_EQ(list.size(), 2u);  // a list and a number of the cluster are not moved
  EXPECT_EQ(list[0].path, "lane.chain.receiver.noise_density");
  EXPECT_EQ(list[0].step, "+10 %");
  // Receiver noise is not all the noise there is: ten per cent of it cost less than 20·log10(1.1) = 0.83 dB.
  EXPECT_LT(list[0].snr_margin_change_db, -0.3);
  EXPECT_GT(list[0].snr_margin_change_db, -0.83);
  EXPECT_EQ(list[0].power_change_w, 0.0);
  // 0.1 W behind a converter of 50 %.
  EXPECT_NEAR(list[1].power_change_w, 0.2, 1e-12);
  EXPECT_EQ(list[1].snr_margin_change_db, 0.0);
}

TEST(Sensitivity, StepsDownWhereTheRangeEnds) {
  const std::vector<Sensitivity> list =
      sensitivities(sensitive_design, {assumed("lane.chain.receiver.refused", "2")}, 1);
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].step, "−10 %");
  EXPECT_GT(list[0].snr_margin_change_db, 0.0);
}

// As where a step asks a laser for more than it gives.
TEST(Sensitivity, StepsDownWhereTheStepUpCannotBeSolved) {
  const std::vector<Sensitivity> list =
      sensitivities(sensitive_design, {assumed("lane.chain.receiver.too_much", "2")}, 1);
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].step, "−10 %");
}

}  // namespace
}  // namespace waverack::study
