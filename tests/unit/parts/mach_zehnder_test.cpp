#include "waverack/parts/mach_zehnder.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "closed_forms.hpp"
#include "modulator_levels.hpp"
#include "unit/base/message_of.hpp"
#include "waverack/parts/memoryless.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::parts {
namespace {

// Linear phase, no loss, perfect extinction, V_pi = 1 V.
MachZehnder ideal_mach_zehnder() {
  MachZehnder part;
  part.v_pi_l = 1e-2;
  part.length = 1e-2;
  part.built_in_voltage = 1e9;
  part.bias_voltage = 0.0;
  part.insertion_loss = 1.0;
  part.phase_shifter_loss = part.loss_change = 0.0;
  part.static_extinction = from_db(200.0);
  return part;
}

Conditions one_watt() {
  Conditions conditions;
  conditions.light.power = 1.0;
  return conditions;
}

std::vector<double> powers(const MachZehnder& part, const std::vector<float>& volts) {
  std::vector<std::complex<float>> field(volts.size());
  apply(part, one_watt(), std::span<const float>(volts), std::span<std::complex<float>>(field));
  std::vector<double> result;
  for (const auto& e : field) result.push_back(std::norm(std::complex<double>(e)));
  return result;
}

// Photonics facts 4.1, first reference table: R_LM, outer ER, OMA/P_in, average loss.
TEST(MachZehnder, LevelTableOfTheLinearLimit) {
  for (const Drive drive : {Drive::push_pull, Drive::single_arm}) {
    MachZehnder part = ideal_mach_zehnder();
    part.drive = drive;
    for (const ModulatorLevels& row : modulator_levels) {
      const auto v = static_cast<float>(row.ratio / 2.0);
      const std::vector<double> p = powers(part, {-v, -v / 3.0f, v / 3.0f, v});
      EXPECT_NEAR(signal::r_lm(p), row.r_lm, 1e-4) << row.ratio;
      EXPECT_NEAR(db(p[3] / p[0]), row.extinction_db, 0.006) << row.ratio;
      EXPECT_NEAR(db(p[3] - p[0]), row.oma_db, 0.006) << row.ratio;
      EXPECT_NEAR(db((p[0] + p[1] + p[2] + p[3]) / 4.0), -3.01, 0.006) << row.ratio;
    }
  }
}

// Photonics facts 4.1, travelling-wave table: |H| = 1/√2, no RC term.
TEST(MachZehnder, TravellingWaveTable) {
  const auto bandwidth = [](const MachZehnder& part) {
    double low = 1e9, high = 1e12;
    while (high / low > 1.000001) {
      const double middle = std::sqrt(low * high);
      (std::abs(travelling_wave(part, middle)) > std::numbers::sqrt2 / 2.0 ? low : high) = middle;
    }
    return low / 1e9;
  };
  MachZehnder part;
  part.length = 3e-3;
  part.rf_loss = from_db_per_cm(15.0);
  EXPECT_NEAR(bandwidth(part), 101.6, 0.06);
  part.length = 1e-2;
  part.rf_loss = from_db_per_cm(5.0);
  EXPECT_NEAR(bandwidth(part), 82.3, 0.06);
  part.rf_loss = 0.0;
  part.rf_index_mismatch = 0.1;
  EXPECT_NEAR(bandwidth(part), 132.8, 0.06);
}

// v_pi_l is the small-signal value at the bias, whatever the depletion law does elsewhere.
TEST(MachZehnder, HalfWaveVoltageHoldsAtTheBias) {
  MachZehnder part = ideal_mach_zehnder();
  part.built_in_voltage = 0.9;
  part.bias_voltage = 2.5;
  const std::vector<float> zero{0.0f};
  std::vector<float> result(1);
  slope(part, one_watt(), std::span<const float>(zero), std::span<float>(result));
  EXPECT_NEAR(result[0], std::numbers::pi / 2.0, 1e-5);  // d/dv of ½(1 + sin(πv)) at 0
}

// A depletion junction is weaker at larger reverse bias: one arm alone bends the curve, push-pull cancels it.
TEST(MachZehnder, DepletionLawIsOddInPushPull) {
  MachZehnder part = ideal_mach_zehnder();
  part.built_in_voltage = 0.9;
  part.bias_voltage = 2.0;
  const std::vector<double> p = powers(part, {-0.3f, 0.0f, 0.3f});
  EXPECT_NEAR(p[2] - p[1], p[1] - p[0], 1e-6);
  part.drive = Drive::single_arm;
  const std::vector<double> q = powers(part, {-0.3f, 0.0f, 0.3f});
  EXPECT_GT(q[1] - q[0], 1.02 * (q[2] - q[1]));
}

// The loss law: at v = V_b·3 above no bias, √(1 + V/V_b) − 1 = 1 takes loss_change away.
TEST(MachZehnder, LossFallsWithReverseBias) {
  MachZehnder part = ideal_mach_zehnder();
  part.built_in_voltage = 1.0;
  part.length = 1e-2;
  part.phase_shifter_loss = from_db_per_cm(5.0);
  part.loss_change = from_db_per_cm(1.0);
  EXPECT_NEAR(db(optical_loss(part)), 5.0, 1e-9);
  part.bias_voltage = 3.0;
  EXPECT_NEAR(db(optical_loss(part)), 4.0, 1e-9);
}

TEST(MachZehnder, ExtinctionIsFiniteAndInsertionLossIsAtThePeak) {
  MachZehnder part = ideal_mach_zehnder();
  part.static_extinction = from_db(25.0);
  part.insertion_loss = from_db(3.0);
  const std::vector<double> p = powers(part, {-0.5f, 0.5f});
  EXPECT_NEAR(db(p[1]), -3.0, 1e-4);
  EXPECT_NEAR(db(p[1] / p[0]), 25.0, 1e-3);
}

TEST(MachZehnder, BiasPhaseMovesTheWorkingPoint) {
  MachZehnder part = ideal_mach_zehnder();
  part.bias_phase = -std::numbers::pi / 6.0;
  EXPECT_NEAR(powers(part, {0.0f})[0], 0.25, 1e-6);  // ½(1 − sin 30°)
}

// Push-pull with a linear phase: the phase of the field does not move.
TEST(MachZehnder, PushPullIsFreeOfChirp) {
  const std::vector<float> volts{-0.3f, 0.0f, 0.3f};
  std::vector<std::complex<float>> field(3);
  apply(ideal_mach_zehnder(), one_watt(), std::span<const float>(volts),
        std::span<std::complex<float>>(field));
  EXPECT_NEAR(std::arg(field[0]), std::arg(field[2]), 1e-6);
}

// Many samples go through the table, few through the law itself.
TEST(MachZehnder, TableAgreesWithTheLaw) {
  std::vector<float> volts(50000);
  for (std::size_t i = 0; i < volts.size(); ++i) volts[i] = 1.5f * std::sin(0.37f * static_cast<float>(i));
  std::vector<std::complex<float>> all(volts.size());
  const MachZehnder part;
  apply(part, one_watt(), std::span<const float>(volts), std::span<std::complex<float>>(all));
  for (std::size_t i = 0; i < volts.size(); i += 997) {
    std::complex<float> one;
    apply(part, one_watt(), std::span<const float>(&volts[i], 1), std::span<std::complex<float>>(&one, 1));
    EXPECT_LT(std::abs(one - all[i]), 1e-6f);
  }
}

// A table of π for each volt is the linear limit again, whatever v_pi_l says.
TEST(MachZehnder, LinearTable) {
  MachZehnder part = ideal_mach_zehnder();
  part.v_pi_l = 0.5;
  part.bias_voltage = 2.0;
  part.arm_voltage = {0.0, 1.0, 3.0, 4.0};
  part.arm_phase = {0.0, std::numbers::pi, 3.0 * std::numbers::pi, 4.0 * std::numbers::pi};
  part.arm_loss = {6.0, 6.0, 6.0, 6.0};
  const std::vector<double> p = powers(part, {-0.5f, 0.0f, 0.25f});
  const double loss = from_db(6.0);
  EXPECT_NEAR(p[0], 0.0, 1e-6);
  EXPECT_NEAR(p[1], 0.5 / loss, 1e-6);
  EXPECT_NEAR(p[2], 0.5 * (1.0 + std::sin(0.25 * std::numbers::pi)) / loss, 1e-6);
  EXPECT_NEAR(db(optical_loss(part)), 6.0, 1e-9);
  EXPECT_TRUE(remarks(part, one_watt()).empty());
  part.bias_voltage = 4.5;
  EXPECT_EQ(remarks(part, one_watt()),
            std::vector<std::string>{"the bias of 4.5 V is outside of the table, 0 to 4 V"});
}

// A table of the depletion law (eq. 9 of the theory, V_b = 0.9 V) in steps of 0.1 V does what the law does.
TEST(MachZehnder, TableOfTheDepletionLaw) {
  MachZehnder law;
  law.bias_voltage = 2.0;
  MachZehnder table = law;
  const double slope = std::numbers::pi * law.length / law.v_pi_l * std::sqrt(1.0 + 2.0 / 0.9);
  for (int k = 0; k <= 50; ++k) {
    const double v = 0.1 * k, root = std::sqrt(1.0 + v / 0.9) - 1.0;
    table.arm_voltage.push_back(v);
    table.arm_phase.push_back(slope * 2.0 * 0.9 * root);
    table.arm_loss.push_back(db(std::exp((law.phase_shifter_loss - law.loss_change * root) * law.length)));
  }
  const std::vector<float> volts{-3.0f, -1.3f, 0.0f, 0.7f, 2.9f};
  const std::vector<double> of_law = powers(law, volts), of_table = powers(table, volts);
  for (std::size_t i = 0; i < volts.size(); ++i) EXPECT_NEAR(of_table[i], of_law[i], 2e-5) << volts[i];
  std::vector<float> slope_law(5), slope_table(5);
  parts::slope(law, one_watt(), volts, slope_law);
  parts::slope(table, one_watt(), volts, slope_table);
  for (std::size_t i = 0; i < volts.size(); ++i) EXPECT_NEAR(slope_table[i], slope_law[i], 2e-3) << volts[i];
}

TEST(MachZehnder, TableRefusals) {
  const auto refusal = [](std::vector<double> voltage, std::size_t phases, std::size_t losses) {
    return message_of([&] {
      MachZehnder part;
      part.arm_voltage = std::move(voltage);
      part.arm_phase.resize(phases);
      part.arm_loss.resize(losses);
      const ReadSources none;
      ReadContext context(none);
      resolve(part, context, Node(Table{}), "mzm");
    });
  };
  EXPECT_EQ(refusal({}, 2, 2), "mzm.arm_voltage: a table needs at least two voltages (allowed: two or more)");
  EXPECT_EQ(refusal({0.0, 0.0}, 2, 2),
            "mzm.arm_voltage: the voltages do not rise (allowed: rising voltages)");
  EXPECT_EQ(refusal({0.0, 1.0}, 3, 2), "mzm.arm_phase: 3 values for 2 voltages (allowed: 2 values)");
  EXPECT_EQ(refusal({0.0, 1.0}, 2, 0), "mzm.arm_loss: 0 values for 2 voltages (allowed: 2 values)");
}

// AMF DR8: on-state loss about 2.1 dB in all (photonics facts 4.1).
TEST(MachZehnder, DefaultLoss) { EXPECT_NEAR(db(optical_loss(MachZehnder{})), 2.1, 0.05); }

}  // namespace
}  // namespace waverack::parts
