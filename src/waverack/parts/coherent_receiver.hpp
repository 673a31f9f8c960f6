#pragma once
// The receiving half of a coherent DSP chip: four ADCs, the recovery of the symbols, and the FEC decoder.

#include "waverack/parts/coherent_dsp_power.hpp"
#include "waverack/parts/decibel.hpp"
#include "waverack/parts/dual_action.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

struct CoherentReceiver {
  double adc_samples_per_symbol = 2.0;  // of the model; chips take less
  double adc_enob = 6.0;                // 0: no quantisation
  double adc_backoff = from_db(10.0);   // full scale over rms, power ratio
  double adc_bandwidth_ratio = 0.45;    // −3 dB of a fourth-order Bessel low-pass, over the symbol rate
  double rated_dispersion = 2.4;        // accumulated, that its filter has taps for [s/m]
  int equaliser_taps = 17;              // half-symbol-spaced, of each of four filters
  double adaptation_step = 0.05;        // of the equaliser, for each block of 512 symbols
  int phases = 32;                      // of the blind phase search, over π/2
  int phase_window = 64;                // symbols averaged about each, both polarisations
  int soft_sweeps = 3;                  // of the FEC decoder
  int hard_sweeps = 2;
  DspEnergy energy;
};

inline FieldList describe(Tag<CoherentReceiver>) {
  using P = CoherentReceiver;
  return fields<P>(
      "Receiving half of a coherent DSP: four ADCs, dispersion filter, timing, equaliser, carrier, decoder.",
      field<&P::adc_samples_per_symbol>("adc_samples_per_symbol", "", 1.1, 4.0,
                                        "Sample rate of the ADCs over the symbol rate, for the watts.")
          .from(Kind::assumed, "about 1.25 to 2 in published DSP chips"),
      field<&P::adc_enob>("adc_enob", "", 0.0, 16.0, "Effective number of bits; 0 for none.")
          .from(Kind::assumed, "5 to 6 bits over the band of 100 GS/s converters"),
      field<&P::adc_backoff>("adc_backoff", "dB", 0.0, 20.0,
                             "Full scale of the ADCs over the rms of their input.")
          .from(Kind::choice, "10 dB"),
      field<&P::adc_bandwidth_ratio>("adc_bandwidth_ratio", "", 0.1, 4.0,
                                     "-3 dB bandwidth of the ADCs over the symbol rate.")
          .from(Kind::assumed, "55 GHz at 118 GBd"),
      field<&P::rated_dispersion>("rated_dispersion", "ps/nm", 0.0, 1e6,
                                  "Accumulated dispersion that its filter has taps for.")
          .from(Kind::standard, "400ZR and 800ZR 2400 ps/nm, OpenZR+ 20000 ps/nm (facts: coherent 3.1)"),
      field<&P::equaliser_taps>("equaliser_taps", "", 1, 127, "Half-symbol-spaced taps of the 2x2 equaliser.")
          .from(Kind::assumed, "15 to 21 (facts: coherent 6)"),
      field<&P::adaptation_step>(
          "adaptation_step", "", 0.0, 0.5,
          "Step of the equaliser for each block of 512 symbols, over the power of its input.")
          .from(Kind::choice, "0.05"),
      field<&P::phases>("phases", "", 4, 256, "Test phases of the blind phase search, over 90 degrees.")
          .from(Kind::assumed, "32 (facts: coherent 6)"),
      field<&P::phase_window>("phase_window", "", 1, 1024, "Symbols averaged by the phase search.")
          .from(Kind::choice, "64"),
      field<&P::soft_sweeps>("soft_sweeps", "", 0, 16, "Soft sweeps of the FEC decoder.")
          .from(Kind::standard, "G.709.3 Appendix III: 3 soft and 2 hard sweeps (facts: coherent 4.4)"),
      field<&P::hard_sweeps>("hard_sweeps", "", 0, 16, "Hard sweeps behind them.")
          .from(Kind::standard, "G.709.3 Appendix III: 3 soft and 2 hard sweeps (facts: coherent 4.4)"),
      field<&P::energy>("energy", "Energies of the DSP's operations."));
}

template <>
struct PartTraits<CoherentReceiver> {
  static constexpr std::string_view type = "coherent_receiver";
  static constexpr Domain input = Domain::branches, output = Domain::symbols;
  static constexpr Place place = Place::module;
};

Response branch_response(const CoherentReceiver&, const Conditions&);
// Half-symbol-spaced taps of a filter for `dispersion` [s/m] at the carrier of conditions.local_oscillator:
// |D·L|·λ²/c·R·(1 + roll-off)·2R, roll-off 0.15 (facts: coherent 9.6).
int dispersion_taps(double dispersion, const Conditions&);
// ADC: low-pass, full scale, noise of the effective bits.
DualAction action(const CoherentReceiver&, const Conditions&, const DualContext&);
// Watts by cause, and their sum with the chip's standing power.
DspWatts watts(const CoherentReceiver&, const Conditions&);
double power(const CoherentReceiver&, const Conditions&);

}  // namespace waverack::parts
