#include "waverack/link/tap_adaptation.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "waverack/link/plan.hpp"

namespace waverack::link {
namespace {

// Eight symbols of PAM4, each level twice: mean square 5/9. Two samples a symbol: the level times 0.4 plus
// 0.1, and 9, which a symbol-spaced equaliser does not see.
const std::vector<float> target{-1.0f, 1.0f, 1.0f / 3, -1.0f / 3, 1.0f / 3, -1.0f, -1.0f / 3, 1.0f};

std::vector<float> waveform() {
  std::vector<float> samples;
  for (const float level : target) {
    samples.push_back(0.4f * level + 0.1f);
    samples.push_back(9.0f);
  }
  return samples;
}

// The inputs: 3 samples and the bias of unit power, and one feedback tap of 5/9.
TEST(TapAdaptation, TakesTheStepOverThePowerOfItsInputs) {
  parts::Receiver receiver;
  const dsp::EqualiserShape shape{1, 1, 1, 1, 1.0};
  EXPECT_FALSE(tap_adaptation(receiver, shape, waveform(), target, 2, 0, 0.01));
  receiver.adaptation_step = 0.2;
  const TapAdaptation found = *tap_adaptation(receiver, shape, waveform(), target, 2, 0, 0.01);
  EXPECT_NEAR(found.rule.mean, 0.1, 1e-6);
  EXPECT_NEAR(found.rule.rms, std::sqrt(0.16 * 5.0 / 9.0 + 0.01), 1e-6);
  EXPECT_NEAR(found.input_power, 4.0 + 5.0 / 9.0, 1e-6);
  EXPECT_NEAR(found.rule.step, 0.2 / found.input_power, 1e-12);
  EXPECT_NEAR(found.misadjustment, 0.2 / 1.8, 1e-12);
}

// M·J on average, and more where the samples under the taps are large: by hand for one tap, without noise.
TEST(TapAdaptation, WandersInProportionToThePowerUnderTheTaps) {
  parts::Receiver receiver;
  receiver.adaptation_step = 0.2;
  const double error = 0.003, misadjustment = 0.2 / 1.8;
  const dsp::EqualiserShape wide{2, 3, 1, 1, 1.0}, single{0, 0, 1, 0, 1.0};
  const TapAdaptation many = *tap_adaptation(receiver, wide, waveform(), target, 2, 0, 0.01);
  const std::vector<float> variance = wandering_variance(many, wide, waveform(), target, 2, 0, error);
  EXPECT_NEAR(std::accumulate(variance.begin(), variance.end(), 0.0) / 8.0, misadjustment * error, 1e-8);

  const TapAdaptation one = *tap_adaptation(receiver, single, waveform(), target, 2, 0, 0.0);
  const std::vector<float> alone = wandering_variance(one, single, waveform(), target, 2, 0, error);
  for (std::size_t k = 0; k < target.size(); ++k)  // u² = a²/(5/9)
    EXPECT_NEAR(alone[k], misadjustment * error * 0.5 * (1.0 + target[k] * target[k] * 9.0 / 5.0), 1e-8);
}

TEST(TapAdaptation, IsNotForSequences) {
  parts::Receiver receiver;
  receiver.adaptation_step = 0.1;
  receiver.mlse_memory = 1;
  Lane lane;
  lane.chain = {{"host", "", parts::Place::host, parts::HostTransmitter{}, {}},
                {"decision", "", parts::Place::host, receiver, {}}};
  try {
    make_plan(lane);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, "lane.chain.decision.adaptation_step");
    EXPECT_EQ(error.info().allowed, "adaptation_step = 0 or mlse_memory = 0");
  }
}

}  // namespace
}  // namespace waverack::link
