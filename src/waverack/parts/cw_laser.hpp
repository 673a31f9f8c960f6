#pragma once
// A continuous-wave laser, in the module or in an external source.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/laser_module.hpp"
#include "waverack/parts/loss_step.hpp"
#include "waverack/parts/warming.hpp"

namespace waverack::parts {

// The wall-plug efficiency falls with temperature as exp(−(T − T_ref)/T_1) (facts: photonics 5.2). Threshold,
// roll-over and the sensitivity to reflected light are not modelled.
struct CwLaser {
  double output_power = 0.1;              // [W]
  double rin = from_db(-150.0);           // relative to CW power, one-sided [1/Hz]
  double linewidth = 1e6;                 // Lorentzian, full width [Hz]
  double wavelength = 1311e-9;            // at 25 °C [m]
  double wavelength_drift = 0.1e-9;       // with temperature [m/K]
  double wall_plug_efficiency = 0.2;      // at reference_temperature, cooler and control not included
  double reference_temperature = 343.15;  // [K]
  double efficiency_temperature = 0.0;    // T_1 [K]; 0: the efficiency does not change
  double overhead = 0.0;                  // cooler and control, relative to the power of the laser itself
  double ageing = from_db(1.0);           // power when new over that at the end of life
  LaserModule laser_module;               // where it is external
};

inline FieldList describe(Tag<CwLaser>) {
  using P = CwLaser;
  return fields<P>(
      "Continuous-wave laser: power, intensity noise, linewidth, wavelength, wall-plug efficiency.",
      field<&P::output_power>("output_power", "dBm", -30.0, 40.0, "Optical power in the fibre or waveguide.")
          .from(Kind::claim, "CW DFB, 100 to 200 mW uncooled (facts: photonics 5.1)"),
      field<&P::rin>("rin", "dB/Hz", -200.0, -90.0, "Relative intensity noise, relative to CW power.")
          .from(Kind::assumed, "quantum-well DFB -140 to -150 dB/Hz (facts: photonics 5.1)"),
      field<&P::linewidth>("linewidth", "MHz", 0.0, 10000.0, "Full width of the Lorentzian line.")
          .from(Kind::assumed, "usual value of a CW DFB; direct detection does not see it"),
      field<&P::wavelength>("wavelength", "nm", 400.0, 2500.0, "Wavelength in vacuum at 25 degC.")
          .from(Kind::standard, "DR: 1311 nm class (facts: standards 9.2)"),
      wavelength_drift_field<&P::wavelength_drift>(),
      field<&P::wall_plug_efficiency>("wall_plug_efficiency", "", 0.001, 1.0,
                                      "Optical over electrical power of the laser at reference_temperature.")
          .from(Kind::claim, "20 % at 70 degC, Casela chip (facts: photonics 5.1)"),
      field<&P::reference_temperature>("reference_temperature", "degC", -50.0, 150.0,
                                       "Temperature at which the efficiency is stated.")
          .from(Kind::claim, "20 % at 70 degC, Casela chip (facts: photonics 5.1)"),
      field<&P::efficiency_temperature>(
          "efficiency_temperature", "K", 0.0, 10000.0,
          "The efficiency falls by 1/e over this rise of temperature; 0: not at all.")
          .from(Kind::choice, "0: the efficiency at the reference temperature counts"),
      field<&P::overhead>("overhead", "", 0.0, 20.0,
                          "Power of cooler and control, relative to that of the laser itself.")
          .from(Kind::choice, "0: uncooled"),
      field<&P::ageing>("ageing", "dB", 0.0, 10.0, "Light that the laser loses until the end of its life.")
          .from(Kind::assumed, laser_ageing),
      field<&P::laser_module>("laser_module", "The laser module it sits in, where it is external."));
}

template <>
struct PartTraits<CwLaser> {
  static constexpr std::string_view type = "cw_laser";
  static constexpr Domain input = Domain::none, output = Domain::light;
  static constexpr Place place = Place::module;
};

Light light(const CwLaser&, const Conditions&);
// Of the laser itself with its case in surroundings of conditions.temperature; never above 1.
double wall_plug_efficiency(const CwLaser&, const Conditions&);
// Electrical power of the laser itself [W].
double bare_power(const CwLaser&, const Conditions&);
// Electrical power of one laser, cooler and control included [W]. One laser may feed several lanes: see
// laser_power_per_lane in light.hpp.
double power(const CwLaser&, const Conditions&);

}  // namespace waverack::parts
