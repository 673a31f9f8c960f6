#pragma once
// The transmitting half of a coherent DSP chip: frame, pulse shaping, pre-emphasis and four DACs.

#include "waverack/parts/branch_errors.hpp"
#include "waverack/parts/coherent_dsp_power.hpp"
#include "waverack/parts/decibel.hpp"
#include "waverack/parts/dual_action.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// Shaped symbols pass the inverse of what follows them as far as `pre_emphasis_limit` allows, are clipped at
// the full scale, get the noise of `dac_enob` effective bits, white over the DAC's Nyquist band, and the
// low-pass of the DAC.
struct CoherentTransmitter {
  std::string frame = "800ZR";
  double roll_off = 0.15;
  int shaping_taps = 32;
  double pre_emphasis_limit = from_db(10.0);  // largest |H|² over |H(0)|²; 1: none
  double dac_samples_per_symbol = 1.25;
  double dac_enob = 6.0;              // 0: no quantisation
  double dac_bandwidth_ratio = 0.4;   // −3 dB of a fourth-order Bessel low-pass, over the symbol rate
  double dac_backoff = from_db(9.0);  // full scale over rms, power ratio
  double swing = 0.6;                 // full scale, differential peak to peak [V]
  double clock_offset = 20e-6;        // relative; the far receiver's clock is as much the other way
  BranchErrors errors;
  DspEnergy energy;
};

inline FieldList describe(Tag<CoherentTransmitter>) {
  using P = CoherentTransmitter;
  return fields<P>(
      "Transmitting half of a coherent DSP: frame, FEC encoder, pulse shaping, pre-emphasis, four DACs.",
      field<&P::frame>("frame", "Line format: 400ZR, OpenZR+, 800ZR and others of the frames' list."),
      field<&P::roll_off>("roll_off", "", 0.01, 1.0, "Roll-off of the root-raised-cosine spectrum.")
          .from(Kind::assumed, "OpenZR+ 3.0 allows 0.05 to 0.4 (facts: coherent 3.2)"),
      field<&P::shaping_taps>("shaping_taps", "", 0, 1024, "Taps of the shaping filter; for the watts alone.")
          .from(Kind::assumed, "usual length"),
      field<&P::pre_emphasis_limit>(
          "pre_emphasis_limit", "dB", 0.0, 40.0,
          "Largest gain of the pre-emphasis over that at low frequency; 0 dB: none.")
          .from(Kind::choice, "10 dB"),
      field<&P::dac_samples_per_symbol>("dac_samples_per_symbol", "", 1.01, 4.0,
                                        "Sample rate of the DACs over the symbol rate.")
          .from(Kind::assumed, "about 1.25 in published DSP chips"),
      field<&P::dac_enob>("dac_enob", "", 0.0, 16.0, "Effective number of bits of the DACs; 0 for none.")
          .from(Kind::assumed, "5 to 6 bits over the band of 100 GS/s converters"),
      field<&P::dac_bandwidth_ratio>("dac_bandwidth_ratio", "", 0.1, 4.0,
                                     "-3 dB bandwidth of the DACs over the symbol rate.")
          .from(Kind::assumed, "50 GHz at 118 GBd"),
      field<&P::dac_backoff>("dac_backoff", "dB", 0.0, 20.0,
                             "Full scale of the DACs over the rms of what they are given.")
          .from(Kind::choice, "9 dB: clips about one sample in 200 of a Gaussian signal"),
      field<&P::swing>("swing", "V", 0.01, 10.0, "Full scale of the DACs, differential peak to peak.")
          .from(Kind::assumed, "0.4 to 0.8 V"),
      field<&P::clock_offset>("clock_offset", "ppm", -200.0, 200.0,
                              "Of the symbol clock; the far end's clock is as much the other way.")
          .from(Kind::standard, "+-20 ppm (facts: coherent 3.1)"),
      field<&P::errors>("errors", "Errors between its four branches, drivers and modulator included."),
      field<&P::energy>("energy", "Energies of the DSP's operations."));
}

template <>
struct PartTraits<CoherentTransmitter> {
  static constexpr std::string_view type = "coherent_transmitter";
  static constexpr Domain input = Domain::symbols, output = Domain::branches;
  static constexpr Place place = Place::module;
};

// Bessel low-pass of the DACs, its delay left out.
Response branch_response(const CoherentTransmitter&, const Conditions&);
// The pre-emphasis for a chain whose branches have the response `whole` from DAC to light: 1/whole, its size
// at most √pre_emphasis_limit over that at f = 0.
Response pre_emphasis(const CoherentTransmitter&, Response whole);
// Noise of quantisation over the power of the signal, in a matched filter of the symbol rate.
double quantisation_ratio(double enob, double backoff, double samples_per_symbol);

// Shaped symbols of unit mean power in each polarisation in, branch voltages out [V].
DualAction action(const CoherentTransmitter&, const Conditions&, const DualContext&);
// Watts of the transmitting half by cause, and their sum.
DspWatts watts(const CoherentTransmitter&, const Conditions&);
double power(const CoherentTransmitter&, const Conditions&);

}  // namespace waverack::parts
