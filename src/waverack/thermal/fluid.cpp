#include "waverack/thermal/fluid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/physical_constants.hpp"
#include "waverack/base/units.hpp"

namespace waverack::thermal {
namespace {

struct Term {
  double factor;
  int power;
};

// IAPWS SR6-08(2011), table 1: terms of α = T_R/(T_α − T) and of β = T_R/(T − T_β).
constexpr double water_gas_constant = 461.51805;  // [J/(kg K)]
constexpr double reference = 10.0, upper = 593.0, lower = 232.0;
constexpr Term heat_alpha[] = {{-1.661470539e5, 4}, {2.708781640e6, 5}, {-1.557191544e8, 7}};
constexpr Term heat_beta[] = {{-8.237426256e-1, 2}, {1.908956353, 3}, {-2.017597384, 4}, {8.546361348e-1, 5}};
constexpr double heat_constant = -8.983025854;
constexpr Term volume_alpha[] = {
    {6.74458446e3, 4}, {-2.22521604e5, 5}, {1.00231247e8, 7}, {-1.63552118e9, 8}, {8.32299658e9, 9}};
constexpr Term volume_beta[] = {{5.78545292e-3, 1},  {-1.53195665e-2, 2}, {3.11337859e-2, 3},
                                {-4.23546241e-2, 4}, {3.38713507e-2, 5},  {-1.19946761e-2, 6}};
constexpr double volume_constant = 1.93763157e-2;

template <class Terms>
double sum_of(const Terms& terms, double x) {
  double sum = 0.0;
  for (const Term& term : terms) sum += term.factor * std::pow(x, term.power);
  return sum;
}

// Σ n(n+1)·a·x^(n+2): what is left of a term of the Gibbs energy in the heat capacity (eq. 5 there).
template <class Terms>
double curvature_of(const Terms& terms, double x) {
  double sum = 0.0;
  for (const Term& term : terms)
    sum += term.power * (term.power + 1) * term.factor * std::pow(x, term.power + 2);
  return sum;
}

struct Power {
  double factor, exponent;
};
template <std::size_t n>
double powers(const Power (&terms)[n], double x) {
  double sum = 0.0;
  for (const Power& term : terms) sum += term.factor * std::pow(x, term.exponent);
  return sum;
}

FluidProperties water(double t) {
  // Equations 7 and 8 there, of T/300 K.
  constexpr Power viscosity[] = {{280.68, -1.9}, {511.45, -7.7}, {61.131, -19.6}, {0.45903, -40.0}};
  constexpr Power conductivity[] = {{1.6630, -1.15}, {-1.7781, -3.4}, {1.1567, -6.0}, {-0.432115, -7.6}};
  const double alpha = reference / (upper - t), beta = reference / (t - lower), tau = t / reference;
  FluidProperties p;
  const double volume = water_gas_constant * reference / 1e5 *
                        (volume_constant + sum_of(volume_alpha, alpha) + sum_of(volume_beta, beta));
  p.density = 1.0 / volume;
  p.heat_capacity = -water_gas_constant *
                    (heat_constant + tau * (curvature_of(heat_alpha, alpha) + curvature_of(heat_beta, beta)));
  p.viscosity = 1e-6 * powers(viscosity, t / 300.0);
  p.conductivity = powers(conductivity, t / 300.0);
  return p;
}

// Melinder's Σ_ij C_ij·(x − 30.7031)^i·(t − 32.7083)^j, x in % by mass and t in °C: the terms with i + j ≤ 5
// and j ≤ 3, row by row.
constexpr std::size_t glycol_rows[] = {4, 4, 4, 3, 2, 1};
using GlycolFit = std::array<double, 18>;
constexpr GlycolFit glycol_density{1.018e3,   -5.406e-1, -2.666e-3, 1.347e-5,  7.604e-1,  -9.450e-3,
                                   5.541e-5,  -1.343e-7, -2.498e-3, 2.700e-5,  -4.018e-7, 3.376e-9,
                                   -1.550e-4, 2.829e-6,  -7.175e-9, -1.131e-6, -2.221e-8, 2.342e-8};
constexpr GlycolFit glycol_heat_capacity{3.882e3,   2.699,    -1.659e-3, -1.032e-5, -1.304e1,  5.070e-2,
                                         -4.752e-5, 1.522e-6, -1.598e-1, 9.534e-5,  1.167e-5,  -4.870e-8,
                                         3.539e-4,  3.102e-5, -2.950e-7, 5.000e-5,  -7.135e-7, -4.959e-7};
constexpr GlycolFit glycol_conductivity{4.513e-1,  7.955e-4,  3.482e-8,  -5.966e-9,  -4.795e-3,  -1.678e-5,
                                        8.941e-8,  1.493e-10, 2.076e-5,  1.563e-7,   -4.615e-9,  9.897e-12,
                                        -9.083e-8, -2.518e-9, 6.543e-11, -5.952e-10, -3.605e-11, 2.104e-11};
constexpr GlycolFit glycol_log_viscosity{6.837e-1,  -3.045e-2, 2.525e-4,  -1.399e-6, 3.328e-2,  -3.984e-4,
                                         4.332e-6,  -1.860e-8, 5.453e-5,  -8.600e-8, -1.593e-8, -4.465e-11,
                                         -3.900e-6, 1.054e-7,  -1.589e-9, -1.587e-8, 4.475e-10, 3.564e-9};

double glycol(const GlycolFit& fit, double celsius) {
  const double x = 25.0 - 30.7031, t = celsius - 32.7083;
  double sum = 0.0, row = 1.0;
  std::size_t next = 0;
  for (const std::size_t count : glycol_rows) {
    double power = row;
    for (std::size_t j = 0; j < count; ++j, power *= t) sum += fit[next++] * power;
    row *= x;
  }
  return sum;
}

FluidProperties pg25(double t) {
  const double celsius = t - zero_celsius;
  return {glycol(glycol_density, celsius), glycol(glycol_heat_capacity, celsius),
          glycol(glycol_conductivity, celsius), 1e-3 * std::exp(glycol(glycol_log_viscosity, celsius))};
}

FluidProperties air(double t, double pressure) {
  constexpr double gas_constant = 287.053;  // [J/(kg K)]
  const double root = t * std::sqrt(t);
  return {pressure / (gas_constant * t), 3.5 * gas_constant,
          2.64638e-3 * root / (t + 245.4 * std::pow(10.0, -12.0 / t)), 1.458e-6 * root / (t + 110.4)};
}

// IAPWS-IF97, eq. 31; [Pa] → [K].
double water_boils(double pressure) {
  constexpr double n[] = {0.11670521452767e4,  -0.72421316703206e6, -0.17073846940092e2, 0.12020824702470e5,
                          -0.32325550322333e7, 0.14915108613530e2,  -0.48232657361591e4, 0.40511340542057e6,
                          -0.23855557567849,   0.65017534844798e3};
  const double beta = std::pow(std::clamp(pressure, 611.2, 22.06e6) / 1e6, 0.25), square = beta * beta;
  const double e = square + n[2] * beta + n[5];
  const double f = n[0] * square + n[3] * beta + n[6];
  const double g = n[1] * square + n[4] * beta + n[7];
  const double d = 2.0 * g / (-f - std::sqrt(f * f - 4.0 * e * g));
  return 0.5 * (n[9] + d - std::sqrt((n[9] + d) * (n[9] + d) - 4.0 * (n[8] + n[9] * d)));
}

}  // namespace

TemperatureRange fluid_range(Fluid fluid) {
  switch (fluid) {
    case Fluid::water:
      return {253.15, 383.15};
    case Fluid::pg25:
      return {263.55, 373.15};
    case Fluid::air:
      return {200.0, 1000.0};
  }
  return {};
}

FluidProperties fluid_properties(Fluid fluid, double temperature, double pressure) {
  const TemperatureRange range = fluid_range(fluid);
  const double t = std::clamp(temperature, range.low, range.high);
  switch (fluid) {
    case Fluid::water:
      return water(t);
    case Fluid::pg25:
      return pg25(t);
    case Fluid::air:
      return air(t, pressure);
  }
  return {};
}

std::optional<double> freezing_temperature(Fluid fluid) {
  switch (fluid) {
    case Fluid::water:
      return zero_celsius;
    case Fluid::pg25:
      return zero_celsius - 9.6;  // Airedale's table of glycols (facts: thermal 11)
    case Fluid::air:
      break;
  }
  return std::nullopt;
}

std::optional<double> boiling_temperature(Fluid fluid, double pressure) {
  if (fluid == Fluid::air) return std::nullopt;
  return water_boils(pressure);
}

std::optional<Warning> coolant_warning(Fluid fluid, double coldest, double hottest, double pressure,
                                       const std::string& path) {
  const auto name = enum_name(fluid);
  const auto celsius = [](double t) { return format_quantity(t, "degC", 4); };
  if (const auto freezing = freezing_temperature(fluid); freezing && coldest < *freezing)
    return Warning{
        path, fmt::format("{} freezes at {}, and reaches {}", name, celsius(*freezing), celsius(coldest))};
  if (const auto boiling = boiling_temperature(fluid, pressure); boiling && hottest > *boiling)
    return Warning{
        path, fmt::format("{} boils at {} under {}, and its walls reach {}; boiling is not computed", name,
                          celsius(*boiling), format_engineering(pressure, "Pa"), celsius(hottest))};
  const TemperatureRange range = fluid_range(fluid);
  if (coldest < range.low || hottest > range.high)
    return Warning{path,
                   fmt::format("properties of {} are known from {} to {}; {} to {} asks for more", name,
                               celsius(range.low), celsius(range.high), celsius(coldest), celsius(hottest))};
  return std::nullopt;
}

}  // namespace waverack::thermal
