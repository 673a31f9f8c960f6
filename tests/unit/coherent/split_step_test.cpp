// The split step against closed forms (facts: coherent, A13), in double precision and in batches.

#include "waverack/coherent/split_step.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "unit/base/message_of.hpp"
#include "unit/coherent/sample_rate.hpp"
#include "waverack/coherent/pulse.hpp"
#include "waverack/coherent/split_step_reference.hpp"

namespace waverack::coherent {
namespace {

using Complex = std::complex<double>;

DualRecord shaped(double dbm, int size = 2048) {
  DualBatch batch(size, sample_rate);
  shape_pulses(batch, random_symbols(size / 4, Format::qam16, false, 1, 1), 0.1,
               1e-3 * std::pow(10.0, dbm / 10));
  return record_of(batch, 0);
}

// Without loss every part of a step is unitary: rounding alone, 2·40 transforms of 2048 points.
TEST(SplitStepReference, KeepsEnergyWithoutLoss) {
  FibreSpan span{.length = 80e3, .attenuation = 0.0};
  DualRecord light = shaped(6.0);
  const double before = energy(light);
  split_step_reference(light, sample_rate, span, equal_steps(span, 40), span.frequency);
  EXPECT_NEAR(energy(light) / before, 1.0, 1e-12);
}

// A fundamental soliton of the Manakov equation in one polarisation, √P·sech(t/T0) with (8/9)·γ·P = |β2|/T0²,
// turns by −z/(2·L_D) and nothing else, L_D = T0²/|β2| (G. P. Agrawal, Nonlinear Fiber Optics, section 5.2);
// one period is z = (π/2)·L_D. 1e-4: target of the facts; the scheme's error falls with the square of the
// step.
TEST(SplitStepReference, CarriesASolitonOverOnePeriod) {
  const double width = 10e-12, window = 64 * width;
  FibreSpan span{.attenuation = 0.0};
  const double dispersion_length = width * width / std::abs(span.beta2);
  span.length = 0.5 * std::numbers::pi * dispersion_length;
  const double power = std::abs(span.beta2) / (8.0 / 9.0 * span.gamma * width * width);
  constexpr std::size_t size = 1024;
  DualRecord light{std::vector<Complex>(size), std::vector<Complex>(size)};
  for (std::size_t n = 0; n < size; ++n) {
    const double t = (static_cast<double>(n) / size - 0.5) * window;
    light.x[n] = std::sqrt(power) / std::cosh(t / width);
  }
  DualRecord expected = light;
  for (auto& a : expected.x) a *= std::polar(1.0, -0.25 * std::numbers::pi);
  double last = 0.0;
  for (const int steps : {50, 100, 200}) {
    DualRecord found = light;
    split_step_reference(found, size / window, span, equal_steps(span, steps), span.frequency);
    const double error = relative_error(found, expected);
    if (steps > 50) {
      EXPECT_NEAR(last / error, 4.0, 0.2) << steps;  // second order
    }
    last = error;
  }
  EXPECT_LT(last, 1e-4);
}

// Without dispersion the power of every sample only decays, and its phase is (8/9)·γ·P·L_eff.
TEST(SplitStepReference, TurnsThePhaseByTheEffectiveLength) {
  FibreSpan span{.beta2 = 0.0, .input_loss = 1.3, .output_loss = 1.1};
  const DualRecord light = shaped(6.0);
  const double effective = (1.0 - std::exp(-span.attenuation * span.length)) / span.attenuation;
  const double loss = 1.3 * 1.1 * std::exp(span.attenuation * span.length);
  for (const StepPlan& plan : {equal_steps(span, 7), phase_steps(span, 0.02, 0.01), equal_steps(span, 1)}) {
    DualRecord found = light;
    split_step_reference(found, sample_rate, span, plan, span.frequency);
    for (std::size_t n = 0; n < light.x.size(); ++n) {
      const double power = (std::norm(light.x[n]) + std::norm(light.y[n])) / 1.3;
      const Complex turn = std::polar(1.0 / std::sqrt(loss), -8.0 / 9.0 * span.gamma * power * effective);
      ASSERT_NEAR(std::abs(found.x[n] - light.x[n] * turn), 0.0, 1e-9 * std::abs(light.x[n]) + 1e-15);
      ASSERT_NEAR(std::abs(found.y[n] - light.y[n] * turn), 0.0, 1e-9 * std::abs(light.y[n]) + 1e-15);
    }
  }
}

// The scheme is symmetric, so the mirrored steps undo it to rounding, however coarse they are.
TEST(SplitStepReference, RunsBackwards) {
  const FibreSpan span{.beta3 = 1.2e-40, .input_loss = 1.1, .output_loss = 1.2};
  const DualRecord light = shaped(9.0);
  DualRecord found = light;
  const StepPlan plan = phase_steps(span, 0.05, 0.05);
  split_step_reference(found, sample_rate, span, plan, span.frequency + 1e12);
  EXPECT_GT(relative_error(found, light), 0.5);
  StepPlan back = plan;
  std::reverse(back.places.begin(), back.places.end());
  for (double& z : back.places) z = span.length - z;
  std::reverse(back.lengths.begin(), back.lengths.end());
  // Effective lengths belong to the power in front of the span, which here is that of its end.
  for (double& length : back.lengths) length *= std::exp(span.attenuation * span.length);
  split_step_reference(found, sample_rate, reversed(span), back, span.frequency + 1e12);
  EXPECT_LT(relative_error(found, light), 1e-12);
}

// Group delay dβ/dω·L of light at an offset: the envelope of a pulse at f moves by 2πf·β2·L + (2πf)²/2·β3·L,
// and β2 at another carrier is β2 + β3·Δω.
TEST(Dispersion, DelaysByTheDerivative) {
  const FibreSpan span{.beta2 = -2e-26, .beta3 = 1.2e-40};
  const double carrier = span.frequency + 2e12, f = 20e9, df = 1e6, length = 80e3;
  const double delay =
      -std::arg(dispersion(span, carrier, length, f + df) / dispersion(span, carrier, length, f - df)) /
      (2.0 * std::numbers::pi * 2.0 * df);
  const double omega = 2.0 * std::numbers::pi * f;
  const double beta2 = -2e-26 + 1.2e-40 * 2.0 * std::numbers::pi * 2e12;
  EXPECT_NEAR(delay / ((beta2 * omega + 0.5 * 1.2e-40 * omega * omega) * length), 1.0, 1e-5);
}

// Dispersion and its inverse on a periodic record (facts: coherent, A4): 5.9e-16 there, 1e-12 asked for.
TEST(Dispersion, IsUndoneByItsInverse) {
  FibreSpan span{.length = 120e3, .attenuation = 0.0, .gamma = 0.0};
  const DualRecord light = shaped(0.0);
  DualRecord found = light;
  split_step_reference(found, sample_rate, span, equal_steps(span, 1), span.frequency);
  split_step_reference(found, sample_rate, reversed(span), equal_steps(span, 1), span.frequency);
  EXPECT_LT(relative_error(found, light), 1e-12);
}

// Single precision: 3e-7 for each of 40 steps, adding up by power or worse.
TEST(SplitStep, IsTheReferenceInEveryRecord) {
  const FibreSpan span{.beta3 = 1.2e-40, .input_loss = 1.1, .output_loss = 1.2};
  DualBatch batch(1024, sample_rate);
  shape_pulses(batch, random_symbols(256, Format::qam16, false, 2, 1), 0.1, 4e-3);
  const auto turned = [](double f) {
    const Complex early = std::polar(1.0, 2e-12 * std::numbers::pi * f);
    return Jones{0.6 * early, 0.8 * std::conj(early), -0.8 * early, 0.6 * std::conj(early)};
  };
  const std::vector<PlacedJones> placed{{0.0, turned}, {33e3, turned}, {34e3, turned}, {80e3, turned}};
  const StepPlan plan = equal_steps(span, 20);
  std::vector<DualRecord> expected;
  for (int r = 0; r < batch_records; ++r) {
    expected.push_back(record_of(batch, r));
    split_step_reference(expected.back(), sample_rate, span, plan, span.frequency - 1e12, placed);
  }
  const SplitStep fibre(batch.plan, sample_rate, span, plan, span.frequency - 1e12, placed);
  EXPECT_EQ(fibre.steps(), 20);
  fibre.apply(batch);
  for (int r = 0; r < batch_records; ++r)
    EXPECT_LT(relative_error(record_of(batch, r), expected[static_cast<std::size_t>(r)]), 1e-5) << r;
}

// 30 W and one step: phases of many turns, which take the other way through the sine. 1e-6 of 10³ radians is
// what single precision has of them.
TEST(SplitStep, TurnsByAnyPhase) {
  const FibreSpan span{.beta2 = 0.0};
  DualBatch batch(256, sample_rate);
  shape_pulses(batch, random_symbols(64, Format::qam16, true, 2, 1), 0.1, 3.0);
  DualRecord expected = record_of(batch, 7);
  const StepPlan plan = equal_steps(span, 1);
  split_step_reference(expected, sample_rate, span, plan, span.frequency);
  SplitStep(batch.plan, sample_rate, span, plan, span.frequency).apply(batch);
  EXPECT_LT(relative_error(record_of(batch, 7), expected), 1e-4);
}

TEST(StepPlan, CoversTheSpan) {
  for (const double attenuation : {4.6e-5, 0.0, -4.6e-5, 1e-9}) {
    const FibreSpan span{.attenuation = attenuation};
    const double effective =
        attenuation == 0.0 ? span.length : -std::expm1(-attenuation * span.length) / attenuation;
    for (const StepPlan& plan :
         {plan_steps(span, 1e-3, 60e9, 1e-3), equal_steps(span, 9), phase_steps(span, 5e-3, 0.01)}) {
      double sum = 0.0;
      for (std::size_t i = 0; i < plan.places.size(); ++i) {
        sum += plan.lengths[i];
        EXPECT_GT(plan.places[i], i == 0 ? 0.0 : plan.places[i - 1]);
      }
      EXPECT_LT(plan.places.back(), span.length);
      EXPECT_NEAR(sum / effective, 1.0, 1e-9);
    }
  }
}

// The promise of the rule: the estimate holds within 15 % of what 250 steps leave (theory: section 3).
TEST(StepPlan, EstimatesTheErrorOfTheField) {
  const FibreSpan span;
  for (const double dbm : {0.0, 6.0}) {
    const double power = 1e-3 * std::pow(10.0, dbm / 10.0);
    const DualRecord light = shaped(dbm, 4096);
    DualRecord exact = light;
    split_step_reference(exact, sample_rate, span, plan_steps(span, power, sample_rate / 4, 5e-6),
                         span.frequency);
    for (const double wanted : {3e-3, 1e-3}) {
      const StepPlan plan = plan_steps(span, power, sample_rate / 4, wanted);
      DualRecord found = light;
      split_step_reference(found, sample_rate, span, plan, span.frequency);
      const double error = relative_error(found, exact);
      EXPECT_LT(error, wanted) << dbm;
      EXPECT_NEAR(error / plan.field_error, 1.0, 0.15) << dbm << ' ' << wanted;
      EXPECT_DOUBLE_EQ(plan.field_error, estimated_field_error(plan, span, power, sample_rate / 4));
    }
  }
}

TEST(StepPlan, RefusesWhatItCannotDo) {
  EXPECT_THAT(message_of([] { plan_steps(FibreSpan{.length = 0.0}, 1e-3, 60e9, 1e-3); }),
              testing::HasSubstr("above 0"));
  EXPECT_THAT(message_of([] { plan_steps(FibreSpan{}, 1e-3, 60e9, 0.0); }), testing::HasSubstr("above 0"));
  EXPECT_THAT(message_of([] { plan_steps(FibreSpan{}, 10.0, 5e12, 1e-6); }), testing::HasSubstr("4096"));
}

}  // namespace
}  // namespace waverack::coherent
