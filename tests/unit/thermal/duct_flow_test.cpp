#include "waverack/thermal/duct_flow.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::thermal {
namespace {

// R. K. Shah and A. L. London (1978), table 42: exact solutions for rectangular ducts. The polynomials are
// within 0.1 % of the friction and 0.2 % of the Nusselt numbers.
TEST(DuctFlow, DevelopedFlowHasTheTabulatedNumbers) {
  struct Row {
    double aspect, friction, heat_flux, temperature;
  };
  for (const Row& row :
       {Row{0.0, 24.000, 8.235, 7.541}, Row{0.125, 20.585, 6.490, 5.597}, Row{0.25, 18.233, 5.331, 4.439},
        Row{0.5, 15.548, 4.123, 3.391}, Row{1.0, 14.227, 3.608, 2.976}}) {
    SCOPED_TRACE(row.aspect);
    EXPECT_NEAR(laminar_friction(row.aspect) / row.friction, 1.0, 1e-3);
    EXPECT_NEAR(laminar_nusselt(row.aspect, WallCondition::heat_flux) / row.heat_flux, 1.0, 2e-3);
    EXPECT_NEAR(laminar_nusselt(row.aspect, WallCondition::temperature) / row.temperature, 1.0, 2e-3);
  }
}

// Parallel plates whose velocity is developed: R. K. Shah (1975), exact within 1 %. An infinite Prandtl
// number leaves the thermal entrance alone.
TEST(DuctFlow, ThermalEntranceIsThatOfGraetz) {
  constexpr double infinite = 1e30;
  const auto isothermal = [](double x) {
    if (x <= 0.0005) return 1.849 * std::pow(x, -1.0 / 3.0);
    if (x <= 0.006) return 1.849 * std::pow(x, -1.0 / 3.0) + 0.6;
    return 7.541 + 0.0235 / x;
  };
  const auto heated = [](double x) {
    if (x <= 0.001) return 2.236 * std::pow(x, -1.0 / 3.0);
    if (x <= 0.01) return 2.236 * std::pow(x, -1.0 / 3.0) + 0.9;
    return 8.235 + 0.0364 / x;
  };
  for (const double x : {1e-5, 1e-4, 1e-3, 5e-3, 1e-2, 3e-2, 0.1, 1.0, 10.0}) {
    SCOPED_TRACE(x);
    // In between the blend of the two ends is within 7 %.
    EXPECT_NEAR(mean_laminar_nusselt(0.0, WallCondition::temperature, x, infinite) / isothermal(x), 1.0,
                0.07);
    EXPECT_NEAR(mean_laminar_nusselt(0.0, WallCondition::heat_flux, x, infinite) / heated(x), 1.0, 0.08);
  }
  EXPECT_NEAR(mean_laminar_nusselt(0.0, WallCondition::temperature, 1e-6, infinite), 184.9, 0.2);
  EXPECT_NEAR(mean_laminar_nusselt(0.0, WallCondition::heat_flux, 1e-6, infinite), 223.6, 0.2);
  EXPECT_NEAR(mean_laminar_nusselt(0.0, WallCondition::temperature, 1e3, infinite), 7.541, 1e-6);
}

// Parallel plates of one temperature, velocity and temperature developing: K. Stephan (1959) as printed by R.
// K. Shah and M. S. Bhatti (1987), eq. 3.110, Pr 0.1 to 1000. The authors of the blend claim 10 %; it is 10.2
// % at Pr 50.
TEST(DuctFlow, CombinedEntranceIsThatOfStephan) {
  for (const double prandtl : {0.7, 2.0, 5.0, 10.0, 50.0})
    for (const double x : {1e-3, 3e-3, 1e-2, 3e-2, 0.1, 1.0}) {
      SCOPED_TRACE(testing::Message() << "Pr " << prandtl << ", x* " << x);
      const double stephan =
          7.55 + 0.024 * std::pow(x, -1.14) / (1.0 + 0.0358 * std::pow(prandtl, 0.17) * std::pow(x, -0.64));
      EXPECT_NEAR(mean_laminar_nusselt(0.0, WallCondition::temperature, x, prandtl) / stephan, 1.0, 0.11);
    }
}

// The blend itself, worked out by another program: 18.53 of the thermal entrance and 22.13 of the plate for
// one temperature, Pr 0.7 and x* 0.001, with the exponent 2.27 + 1.65·0.7^(1/3) = 3.735.
TEST(DuctFlow, CombinedEntranceIsTheBlendOfItsSource) {
  EXPECT_NEAR(mean_laminar_nusselt(0.0, WallCondition::temperature, 1e-3, 0.7), 24.73, 0.02);
  EXPECT_NEAR(mean_laminar_nusselt(0.0, WallCondition::heat_flux, 1e-2, 0.7), 12.50, 0.02);
}

// R. K. Shah, J. Fluids Eng. 100 (1978) 177, parallel plates, within 2.4 %; the blend is within 10 % of the
// truth.
TEST(DuctFlow, ApparentFrictionIsThatOfShah) {
  for (const double x : {1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 1.0}) {
    SCOPED_TRACE(x);
    const double entry = 3.44 / std::sqrt(x);
    const double shah = entry + (24.0 + 0.674 / (4.0 * x) - entry) / (1.0 + 0.000029 / (x * x));
    EXPECT_NEAR(apparent_laminar_friction(0.0, x) / shah, 1.0, 0.10);
  }
  EXPECT_NEAR(apparent_laminar_friction(1.0, 1e6), 14.2, 0.05);
}

// Friction of smooth pipes on Moody's chart; Nusselt numbers worked out by hand from the printed equation,
// and the old rule 0.023·Re^0.8·Pr^0.4 to a fifth.
TEST(DuctFlow, TurbulentFlowIsThatOfSmoothPipes) {
  EXPECT_NEAR(4.0 * turbulent_friction(1e5), 0.0180, 2e-4);
  EXPECT_NEAR(4.0 * turbulent_friction(1e6), 0.0116, 2e-4);
  EXPECT_NEAR(turbulent_nusselt(1e4, 0.7, 0.0), 29.8, 0.1);
  EXPECT_NEAR(turbulent_nusselt(1e5, 0.7, 0.0) / (0.023 * 1e4 * std::pow(0.7, 0.4)), 1.0, 0.2);
  EXPECT_NEAR(turbulent_nusselt(1e5, 5.0, 0.0) / (0.023 * 1e4 * std::pow(5.0, 0.4)), 1.0, 0.2);
  EXPECT_NEAR(turbulent_nusselt(1e4, 0.7, 0.001) / turbulent_nusselt(1e4, 0.7, 0.0), 1.01, 1e-9);
}

// A long thin slit: the closed form of flow between plates, Δp = 12·µ·L·u/w², and h = 8.235·k/(2w).
TEST(DuctFlow, LongSlitIsPlaneFlow) {
  const RectangularDuct slit{100e-6, 100e-3, 1.0};
  const FluidProperties fluid{1000.0, 4000.0, 0.6, 1e-3};
  const DuctFlow flow = duct_flow(slit, fluid, 0.05 * slit.area());
  EXPECT_NEAR(flow.velocity, 0.05, 1e-15);
  EXPECT_NEAR(flow.reynolds, 10.0, 0.02);  // D_h is 2w to a thousandth
  EXPECT_EQ(flow.regime, FlowRegime::laminar);
  EXPECT_NEAR(flow.friction_pressure / (12.0 * 1e-3 * 1.0 * 0.05 / 1e-8), 1.0, 2e-3);
  EXPECT_NEAR(flow.heat_transfer / (8.235 * 0.6 / 200e-6), 1.0, 2e-3);
  EXPECT_TRUE(flow.warnings.empty());
}

TEST(DuctFlow, GoesOverIntoTurbulenceAndSaysSo) {
  const RectangularDuct duct{2e-3, 2e-3, 0.2};
  const FluidProperties water = fluid_properties(Fluid::water, 313.15);
  const auto at = [&](double reynolds) {
    return duct_flow(duct, water, reynolds * water.viscosity / (water.density * 2e-3) * duct.area(),
                     WallCondition::heat_flux, "plate");
  };
  // The ends of the gap meet their neighbours.
  EXPECT_NEAR(at(2299.999).nusselt, at(2300.001).nusselt, 1e-3);
  EXPECT_NEAR(at(3999.999).nusselt, at(4000.001).nusselt, 1e-3);
  EXPECT_NEAR(at(3999.999).friction, at(4000.001).friction, 1e-6);
  EXPECT_EQ(at(2000.0).regime, FlowRegime::laminar);
  EXPECT_TRUE(at(2000.0).warnings.empty());
  const DuctFlow between = at(3150.0);
  EXPECT_EQ(between.regime, FlowRegime::transitional);
  EXPECT_NEAR(between.nusselt, 0.5 * (at(2300.0).nusselt + at(4000.0).nusselt), 1e-3);
  ASSERT_EQ(between.warnings.size(), 1u);
  EXPECT_EQ(between.warnings[0].path, "plate");
  EXPECT_EQ(at(5000.0).regime, FlowRegime::turbulent);
  EXPECT_TRUE(at(5000.0).warnings.empty());
}

TEST(DuctFlow, RefusesNothing) {
  const FluidProperties water = fluid_properties(Fluid::water, 300.0);
  EXPECT_THROW(duct_flow({1e-3, 1e-3, 0.0}, water, 1e-6), Error);
  EXPECT_THROW(duct_flow({1e-3, 1e-3, 0.1}, water, 0.0), Error);
}

// tanh(1) for mH = 1: h 1e4, k 400, t 50 µm give m = 1000 /m, so 1 mm.
TEST(DuctFlow, FinEfficiencyIsTheTextbooks) {
  EXPECT_NEAR(fin_efficiency(1e4, 400.0, 50e-6, 1e-3), std::tanh(1.0), 1e-12);
  EXPECT_NEAR(fin_efficiency(1e4, 1e30, 50e-6, 1e-3), 1.0, 1e-12);
}

// Ideal fins: all wetted area counts. Two faces share the walls of one.
TEST(DuctFlow, CavityCoefficientsCountTheWettedArea) {
  const RectangularDuct duct{50e-6, 400e-6, 8e-3};
  const CavityCoefficients ideal = cavity_coefficients(1e4, duct, 50e-6, 1e30);
  EXPECT_NEAR(ideal.one_face, 1e4 * (50.0 + 2.0 * 400.0) / 100.0, 1e-6);
  EXPECT_NEAR(ideal.each_face, 1e4 * (50.0 + 400.0) / 100.0, 1e-6);
  const CavityCoefficients copper = cavity_coefficients(1e4, duct, 50e-6, 390.0);
  EXPECT_NEAR(copper.one_face, 1e4 * (50.0 + 2.0 * copper.fin_efficiency * 400.0) / 100.0, 1e-6);
  EXPECT_LT(copper.fin_efficiency, copper.half_fin_efficiency);
}

// 1 L/min against 1 bar is 1.667 W of flow; at 50 % twice that is drawn.
TEST(DuctFlow, PumpPowerAndLosses) {
  EXPECT_NEAR(pump_power(1e-3 / 60.0, 1e5, 0.5), 3.3333, 1e-3);
  EXPECT_NEAR(entrance_loss(0.5), 0.42 * 0.75, 1e-12);
  EXPECT_NEAR(exit_loss(0.5), 0.75 * 0.75, 1e-12);
  EXPECT_EQ(entrance_loss(1.0), 0.0);
  EXPECT_EQ(exit_loss(1.0), 0.0);
  EXPECT_EQ(exit_loss(0.0), 1.0);  // a jet into a large room loses its dynamic pressure
}

}  // namespace
}  // namespace waverack::thermal
