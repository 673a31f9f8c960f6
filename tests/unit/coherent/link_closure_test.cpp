#include "waverack/coherent/link_closure.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "coherent_lines.hpp"
#include "waverack/base/error.hpp"

namespace waverack::coherent {
namespace {

// Of 16QAM in white noise: 3/8 erfc(a) + 1/4 erfc(3a) − 1/8 erfc(5a), a = √(SNR/10).
double error_ratio_16qam(double snr) {
  const double a = std::sqrt(snr / 10.0);
  return 0.375 * std::erfc(a) + 0.25 * std::erfc(3.0 * a) - 0.125 * std::erfc(5.0 * a);
}

Line amplified(int spans, double noise_figure_db = 5.0) {
  Line line = equal_spans(spans);
  line.channel.power = 1e-3;
  for (NamedElement& named : line.elements)
    if (auto* amplifier = std::get_if<LineAmplifier>(&named.element))
      amplifier->noise_figure = from_db(noise_figure_db);
  return line;
}

TransceiverBudget module_400zr() {
  TransceiverBudget module;
  module.required_snr = required_snr(error_ratio_16qam, 1.25e-2);
  return module;
}

// Published limits of the FECs: 12.711 dB at 2.0e-2, 13.549 at 1.25e-2; in OSNR at 118.2034 GBd 22.47 dB.
TEST(RequiredSnr, Of16Qam) {
  const double ofec = required_snr(error_ratio_16qam, 2.0e-2);
  EXPECT_NEAR(in_db(ofec), 12.711, 1e-3);
  EXPECT_NEAR(in_db(ofec * 118.203350603 / 12.5), 22.47, 5e-3);
  EXPECT_NEAR(in_db(required_snr(error_ratio_16qam, 1.25e-2)), 13.549, 1e-3);
  EXPECT_THROW(required_snr(error_ratio_16qam, 0.9), Error);
}

TEST(PenaltyTable, LinearBetweenAndInfiniteOutside) {
  const PenaltyTable pdl{{1.0, 2.0, 4.0}, {0.5, 1.0, 2.5}};
  EXPECT_DOUBLE_EQ(penalty_db(pdl, 0.0), 0.0);
  EXPECT_DOUBLE_EQ(penalty_db(pdl, 0.5), 0.25);
  EXPECT_DOUBLE_EQ(penalty_db(pdl, 1.0), 0.5);
  EXPECT_DOUBLE_EQ(penalty_db(pdl, 3.0), 1.75);
  EXPECT_DOUBLE_EQ(penalty_db(pdl, 4.0), 2.5);
  EXPECT_TRUE(std::isinf(penalty_db(pdl, 4.1)));
  const PenaltyTable dispersion{{-1.0, 4.0, 24.0}, {0.0, 0.0, 0.5}};
  EXPECT_TRUE(std::isinf(penalty_db(dispersion, -2.0)));
  EXPECT_DOUBLE_EQ(penalty_db(dispersion, 0.0), 0.0);
  EXPECT_DOUBLE_EQ(penalty_db(dispersion, 14.0), 0.25);
  EXPECT_DOUBLE_EQ(penalty_db({}, 1e9), 0.0);
}

// OSNR by the 58 dB rule, the sum of reciprocals, and margins that say the same thing in three ways.
TEST(LinkClosure, OneSpan) {
  const Line line = amplified(1);
  TransceiverBudget module = module_400zr();
  module.noises = {{"transmitter", from_db(20.0), 0.0, true}, {"receiver", from_db(22.0)}};
  const LinkClosure closure = close_link(line, module);
  EXPECT_NEAR(in_db(closure.osnr), 57.953 - 16.0 - 5.0 - in_db(1.0 - from_db(-21.0)), 2e-3);
  // EGN of 16QAM at 0 dBm: the split-step solver's 36.86 dB at 3 dBm and 6 dB more.
  EXPECT_NEAR(in_db(closure.snr_nonlinear), 42.86, 0.2);
  const double sum = 1.0 / closure.snr_ase + 1.0 / closure.snr_nonlinear;
  EXPECT_NEAR(closure.gsnr * sum, 1.0, 1e-12);
  EXPECT_NEAR(in_db(closure.snr_decision), -in_db(sum + from_db(-20.0) + from_db(-22.0)), 1e-9);
  EXPECT_NEAR(closure.margin_db, in_db(closure.snr_decision) - 13.549, 1e-3);
  // With the OSNR lowered to what is required, nothing is left.
  const double ase = 59.84375 / 12.5 / closure.required_osnr;
  EXPECT_NEAR(in_db(1.0 / (ase + 1.0 / closure.snr_nonlinear + 1.0 / closure.snr_module)), 13.549, 1e-3);
  EXPECT_NEAR(closure.osnr_margin_db, in_db(closure.osnr / closure.required_osnr), 1e-12);
  EXPECT_NEAR(in_db(1.0 / (1.0 / closure.required_gsnr + 1.0 / closure.snr_module)), 13.549, 1e-3);
  EXPECT_NEAR(closure.dispersion, 1360e-3, 1e-6);  // 17 ps/(nm km) over 80 km
  EXPECT_GT(closure.margin_db, 0.0);
}

TEST(LinkClosure, ModulesThatAreWorseThanTheFec) {
  TransceiverBudget module = module_400zr();
  module.noises = {{"transmitter", from_db(13.0)}};
  const LinkClosure closure = close_link(amplified(1), module);
  EXPECT_LT(closure.margin_db, 0.0);
  EXPECT_TRUE(std::isinf(closure.required_gsnr));
  EXPECT_TRUE(std::isinf(closure.osnr_margin_db) && closure.osnr_margin_db < 0.0);
}

// The optimum: amplifiers' noise twice the interference, 3 dB between the SNRs; and no power of the curve has
// a better GSNR.
TEST(LinkClosure, BestLaunchPower) {
  Line line = amplified(10);
  const TransceiverBudget module = module_400zr();
  for (const NonlinearModel model :
       {NonlinearModel::closed_form, NonlinearModel::integral, NonlinearModel::format}) {
    const double best = close_link(line, module, model).best_launch_power;
    Line there = line;
    there.channel.power = best;
    const LinkClosure closure = close_link(there, module, model);
    EXPECT_NEAR(in_db(closure.snr_nonlinear / closure.snr_ase), in_db(2.0), 1e-6);
    const auto curve =
        launch_curve(closure, module, {0.8 * best, 0.97 * best, best, 1.03 * best, 1.2 * best});
    for (const LaunchPoint& point : curve) EXPECT_LE(point.gsnr, curve[2].gsnr);
    EXPECT_NEAR(curve[2].margin_db, closure.margin_db, 1e-9);
    // The curve is what closing the line at its powers gives.
    there.channel.power = 1.2 * best;
    EXPECT_NEAR(curve[4].margin_db, close_link(there, module, model).margin_db, 1e-6);
  }
}

TEST(LinkClosure, PenaltiesByName) {
  Line line = amplified(2);
  line.elements.push_back({"ROADM", PolarisationElement{.pdl = from_db(1.5), .dgd = 3e-12}});
  line.elements.push_back({"ROADM", PolarisationElement{.pdl = from_db(2.0), .dgd = 4e-12}});
  line.elements.push_back({"demultiplexer", LineFilter{.bandwidth = 55e9}});
  TransceiverBudget module = module_400zr();
  module.noises = {{"receiver", from_db(18.0)}};
  module.dispersion = {{2.4, 4.8}, {0.5, 1.0}};
  module.dgd = {{10e-12}, {0.5}};
  module.pdl = {{2.0, 3.0}, {0.5, 1.5}};
  module.specified_osnr = from_db(26.0);
  const LinkClosure closure = close_link(line, module);
  ASSERT_EQ(closure.penalties.size(), 4u);
  EXPECT_NEAR(closure.penalties[0].db, 0.5 + 0.5 * (2.72 - 2.4) / 2.4, 1e-4);
  EXPECT_NEAR(closure.penalties[1].db, 0.25, 1e-9);  // 3 and 4 ps make 5
  EXPECT_NEAR(closure.penalties[2].db, 1.0, 1e-9);   // 1.5 and 2 dB make 2.5
  EXPECT_GT(closure.penalties[3].db, 0.05);
  double sum = 0.0;
  for (const NamedPenalty& penalty : closure.penalties) sum += penalty.db;
  EXPECT_NEAR(closure.penalty_db, sum, 1e-12);
  EXPECT_NEAR(closure.specification_margin_db, in_db(closure.gsnr_osnr) - 26.0 - sum, 1e-9);
  line.elements.pop_back();
  EXPECT_NEAR(close_link(line, module).penalty_db, sum - closure.penalties[3].db, 1e-9);
}

// Unamplified: the receiver's own noise goes as the power, so 1 dB more of loss is 1 dB less of margin.
TEST(LinkClosure, WithoutAmplifiers) {
  Line line = amplified(1);
  line.elements.pop_back();
  FibreSpan& span = std::get<FibreSpan>(line.elements[0].element);
  span.length = 40e3;
  line.channel.power = 0.1e-3;
  TransceiverBudget module = module_400zr();
  module.noises = {{"receiver", from_db(20.0), 10e-6}};
  module.lowest_power = 10e-6;
  const LinkClosure closure = close_link(line, module);
  EXPECT_TRUE(std::isinf(closure.osnr));
  EXPECT_NEAR(in_db(closure.received_power / 1e-3), -18.0, 1e-9);
  EXPECT_TRUE(closure.power_fits);
  span.length = 45e3;
  const LinkClosure longer = close_link(line, module);
  EXPECT_NEAR(closure.margin_db - longer.margin_db, 1.0, 0.01);
  EXPECT_FALSE(longer.power_fits == (longer.received_power < module.lowest_power));
  EXPECT_NEAR(longest_span(line, 0, module), 50e3, 2.0);  // −20 dBm
}

TEST(LinkClosure, LongestSpanAndMostRepeats) {
  Line line = amplified(1);
  const TransceiverBudget module = module_400zr();
  const double length = longest_span(line, 0, module, 500e3, NonlinearModel::closed_form);
  FibreSpan& span = std::get<FibreSpan>(line.elements[0].element);
  LineAmplifier& amplifier = std::get<LineAmplifier>(line.elements[1].element);
  amplifier.gain *= std::exp(span.attenuation * (length - span.length));
  span.length = length;
  EXPECT_NEAR(close_link(line, module, NonlinearModel::closed_form).margin_db, 0.0, 1e-3);
  const Line period = amplified(1);
  const int repeats = most_repeats(period, module, 200, NonlinearModel::closed_form);
  EXPECT_GE(close_link(amplified(repeats), module, NonlinearModel::closed_form).margin_db, 0.0);
  EXPECT_LT(close_link(amplified(repeats + 1), module, NonlinearModel::closed_form).margin_db, 0.0);
  EXPECT_THROW(longest_span(line, 1, module), Error);
}

}  // namespace
}  // namespace waverack::coherent
