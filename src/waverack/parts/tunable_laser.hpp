#pragma once
// The tunable laser of a coherent module: one laser is carrier of the transmitter and local oscillator of
// the receiver.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/laser_module.hpp"
#include "waverack/parts/loss_step.hpp"

namespace waverack::parts {

// Its frequency noise has a white part S_0 = linewidth/π, which makes the Lorentzian line, and a part that
// rises towards low frequencies, S_0·f_c/f with f_c = `noise_corner`: over the length of a simulation a slow
// drift of the carrier.
struct TunableLaser {
  double output_power = from_db(16.0) * 1e-3;  // [W]
  double local_oscillator_share = 0.5;         // of the power that goes to the receiver
  double frequency = 193.4e12;                 // [Hz]
  double frequency_offset = 1.8e9;             // of this laser above its channel, the far one's below it [Hz]
  double linewidth = 0.3e6;                    // Lorentzian, full width [Hz]
  double noise_corner = 5e6;                   // [Hz]
  double rin = from_db(-150.0);                // one-sided [1/Hz]
  double power = 2.9;                          // cooler and control included [W]
  double ageing = from_db(1.0);                // power when new over that at the end of life
  LaserModule laser_module;                    // where it is external
};

inline FieldList describe(Tag<TunableLaser>) {
  using P = TunableLaser;
  constexpr std::string_view mask =
      "with 300 kHz 1.6 to 21 times below the five points of the OpenZR+ 3.0 frequency-noise mask "
      "(facts: coherent 3.2)";
  return fields<P>(
      "Integrated tunable laser assembly, shared by the transmitter and, as local oscillator, the receiver.",
      field<&P::output_power>("output_power", "dBm", -10.0, 30.0, "Optical power of the whole laser.")
          .from(Kind::assumed, "nano-ITLA class, 15 to 18 dBm"),
      field<&P::local_oscillator_share>("local_oscillator_share", "", 0.0, 1.0,
                                        "Share of the power that the receiver takes as local oscillator.")
          .from(Kind::assumed, "an even split"),
      field<&P::frequency>("frequency", "THz", 180.0, 240.0, "Optical frequency of the channel.")
          .from(Kind::choice, "193.4 THz, middle of the C band"),
      field<&P::frequency_offset>("frequency_offset", "GHz", -10.0, 10.0,
                                  "Of this laser above its channel; the far end's is as much below it.")
          .from(Kind::standard, "400ZR: +-1.8 GHz (facts: coherent 3.1)"),
      field<&P::linewidth>("linewidth", "kHz", 0.0, 1e5, "Full width of the Lorentzian line of each laser.")
          .from(Kind::assumed, "below the mask's 0.50 MHz (facts: coherent 3.2)"),
      field<&P::noise_corner>("noise_corner", "MHz", 0.0, 1000.0,
                              "Below it the frequency noise rises as 1/f; 0: white alone.")
          .from(Kind::assumed, mask),
      field<&P::rin>("rin", "dB/Hz", -200.0, -90.0, "Relative intensity noise.")
          .from(Kind::assumed, "5 dB below the OpenZR+ limit of -145 dB/Hz (facts: coherent 3.2)"),
      field<&P::power>("power", "W", 0.0, 20.0, "Electrical power with cooler and control.")
          .from(Kind::datasheet, "EFFECT nITLA17 (facts: coherent 5)"),
      field<&P::ageing>("ageing", "dB", 0.0, 10.0, "Light that the laser loses until the end of its life.")
          .from(Kind::assumed, laser_ageing),
      field<&P::laser_module>("laser_module", "The laser module it sits in, where it is external."));
}

template <>
struct PartTraits<TunableLaser> {
  static constexpr std::string_view type = "tunable_laser";
  static constexpr Domain input = Domain::none, output = Domain::light;
  static constexpr Place place = Place::module;
};

// One-sided density of its frequency noise at `frequency` > 0 [Hz²/Hz].
double frequency_noise(const TunableLaser&, double frequency);
// What goes to the modulator, and what to the hybrid of the receiver.
Light light(const TunableLaser&, const Conditions&);
Light local_oscillator(const TunableLaser&, const Conditions&);
double power(const TunableLaser&, const Conditions&);

}  // namespace waverack::parts
