#include "waverack/thermal/fluid.hpp"

#include <gtest/gtest.h>

namespace waverack::thermal {
namespace {

constexpr double zero_celsius = 273.15;

// CRC Handbook of Chemistry and Physics, properties of water from 0 to 100 °C, to the digits printed there;
// 1.0016 mPa s at 20 °C is the standard of viscometry (ISO/TR 3666).
TEST(Fluid, WaterHasItsPublishedProperties) {
  struct Row {
    double celsius, density, heat_capacity, viscosity, conductivity;
  };
  for (const Row& row :
       {Row{20.0, 998.21, 4184, 1.0016e-3, 0.598}, Row{25.0, 997.05, 4181.5, 0.890e-3, 0.6065},
        Row{40.0, 992.22, 4179, 0.653e-3, 0.630}, Row{60.0, 983.20, 4185, 0.466e-3, 0.651},
        Row{80.0, 971.80, 4197, 0.354e-3, 0.668}}) {
    SCOPED_TRACE(row.celsius);
    const FluidProperties p = fluid_properties(Fluid::water, zero_celsius + row.celsius);
    EXPECT_NEAR(p.density, row.density, 0.02);
    EXPECT_NEAR(p.heat_capacity, row.heat_capacity, 1.5);
    EXPECT_NEAR(p.viscosity / row.viscosity, 1.0, 2e-3);
    EXPECT_NEAR(p.conductivity / row.conductivity, 1.0, 5e-3);
  }
}

// Airedale's table of propylene glycol at 25 % (facts: thermal 11, and the same page from 0 to 45 °C), which
// is for an inhibited product: half a per cent denser than the pure mixture.
TEST(Fluid, GlycolAgreesWithAnotherTable) {
  struct Row {
    double celsius, density, heat_capacity;
  };
  for (const Row& row : {Row{0, 1031.0, 3860}, Row{10, 1027.6, 3890}, Row{20, 1023.7, 3910},
                         Row{30, 1019.2, 3940}, Row{40, 1014.3, 3960}, Row{45, 1011.6, 3970}}) {
    SCOPED_TRACE(row.celsius);
    const FluidProperties p = fluid_properties(Fluid::pg25, zero_celsius + row.celsius);
    EXPECT_NEAR(p.density / row.density, 1.0, 6e-3);
    EXPECT_NEAR(p.heat_capacity / row.heat_capacity, 1.0, 5e-3);
  }
  // Melinder's polynomials at 0 and 40 °C, evaluated by another program.
  const FluidProperties cold = fluid_properties(Fluid::pg25, zero_celsius);
  EXPECT_NEAR(cold.density, 1025.813, 1e-3);
  EXPECT_NEAR(cold.heat_capacity, 3872.150, 1e-3);
  EXPECT_NEAR(cold.conductivity, 0.449553, 1e-6);
  EXPECT_NEAR(cold.viscosity, 5.51506e-3, 1e-8);
  // Rough marks at 40 °C (facts: thermal 11, from memory): k 0.49 to 0.51, µ 1.1 to 1.2 mPa s.
  const FluidProperties warm = fluid_properties(Fluid::pg25, zero_celsius + 40.0);
  EXPECT_NEAR(warm.heat_capacity, 3968.650, 1e-3);
  EXPECT_NEAR(warm.conductivity, 0.50, 0.03);
  EXPECT_NEAR(warm.viscosity, 1.15e-3, 0.25e-3);
}

// F. P. Incropera et al., Fundamentals of Heat and Mass Transfer, table A.4.
TEST(Fluid, AirHasItsPublishedProperties) {
  struct Row {
    double temperature, density, heat_capacity, viscosity, conductivity, prandtl;
  };
  for (const Row& row :
       {Row{300, 1.1614, 1007, 184.6e-7, 26.3e-3, 0.707}, Row{350, 0.9950, 1009, 208.2e-7, 30.0e-3, 0.700}}) {
    SCOPED_TRACE(row.temperature);
    const FluidProperties p = fluid_properties(Fluid::air, row.temperature);
    EXPECT_NEAR(p.density / row.density, 1.0, 0.015);  // that table is for 1 bar, to its last digits 1 atm
    EXPECT_NEAR(p.heat_capacity / row.heat_capacity, 1.0, 5e-3);
    EXPECT_NEAR(p.viscosity / row.viscosity, 1.0, 5e-3);
    EXPECT_NEAR(p.conductivity / row.conductivity, 1.0, 5e-3);
    EXPECT_NEAR(p.prandtl() / row.prandtl, 1.0, 0.01);
  }
  const double half = fluid_properties(Fluid::air, 300.0, 0.5 * atmosphere).density;
  EXPECT_NEAR(half / fluid_properties(Fluid::air, 300.0).density, 0.5, 1e-12);
}

// IAPWS-IF97, table 36, to its digits.
TEST(Fluid, WaterBoilsWhereTheStandardSays) {
  EXPECT_NEAR(*boiling_temperature(Fluid::water, 0.1e6), 372.755919, 1e-6);
  EXPECT_NEAR(*boiling_temperature(Fluid::water, 1e6), 453.035632, 1e-6);
  EXPECT_NEAR(*boiling_temperature(Fluid::water, 10e6), 584.149488, 1e-6);
  EXPECT_FALSE(boiling_temperature(Fluid::air, 1e5));
  EXPECT_FALSE(freezing_temperature(Fluid::air));
  EXPECT_NEAR(*freezing_temperature(Fluid::pg25), zero_celsius - 9.6, 1e-9);
}

TEST(Fluid, StaysAtTheEndOfItsRange) {
  EXPECT_EQ(fluid_properties(Fluid::pg25, 500.0).viscosity, fluid_properties(Fluid::pg25, 373.15).viscosity);
  EXPECT_EQ(fluid_properties(Fluid::water, 100.0).density, fluid_properties(Fluid::water, 253.15).density);
}

TEST(Fluid, WarnsOfIceSteamAndTheEndOfTheTable) {
  EXPECT_FALSE(coolant_warning(Fluid::water, 280.0, 350.0, atmosphere, "plate"));
  EXPECT_FALSE(coolant_warning(Fluid::water, 280.0, 380.0, 2.0 * atmosphere, "plate"));
  const auto steam = coolant_warning(Fluid::water, 280.0, 380.0, atmosphere, "plate");
  ASSERT_TRUE(steam);
  EXPECT_EQ(steam->path, "plate");
  EXPECT_NE(steam->message.find("boils at 99.97 degC"), std::string::npos) << steam->message;
  const auto ice = coolant_warning(Fluid::water, 270.0, 300.0, atmosphere, "plate");
  ASSERT_TRUE(ice);
  EXPECT_NE(ice->message.find("freezes at 0 degC"), std::string::npos) << ice->message;
  EXPECT_TRUE(coolant_warning(Fluid::pg25, 270.0, 375.0, 1e6, "plate"));
  EXPECT_TRUE(coolant_warning(Fluid::air, 150.0, 300.0, atmosphere, "plate"));
}

}  // namespace
}  // namespace waverack::thermal
