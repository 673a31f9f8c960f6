#pragma once
// The receiver that decides: analogue front end, CTLE, ADC, adaptive FFE with or without products of samples
// (Volterra), and DFE or sequence detection. Used as the host's receiver, and inside a retimer.

#include "waverack/parts/interface.hpp"

namespace waverack::parts {

struct Receiver {
  double bandwidth_ratio = 0.75;   // front-end bandwidth over symbol rate (f_r of COM)
  double noise_density = 1.0e-9;   // input-referred, one-sided [V/sqrt(Hz)]
  double ctle_dc_gain = 1.0;       // g_DC as a power ratio
  double ctle_dc_gain_low = 1.0;   // g_DC2 as a power ratio
  int ffe_pre = 3;                 // feed-forward taps before the cursor
  int ffe_post = 11;               // after the cursor
  int ffe_samples_per_symbol = 1;  // 1: symbol-spaced, 2: half-symbol-spaced
  int dfe_taps = 0;
  double dfe_tap_limit = 0.85;  // |b_n| relative to the cursor
  int mlse_memory = 0;  // symbols that the sequence detector looks back; 0: it decides symbol by symbol
  double adaptation_step = 0.0;    // of the LMS rule, over the mean power of its inputs; 0: fixed taps
  int volterra_second = 0;         // FFE taps about the cursor whose products of two are equalised with, too
  int volterra_third = 0;          // and whose products of three
  double adc_enob = 0.0;           // effective bits, 0: no converter
  double adc_backoff = 1.26;       // full scale over the largest noiseless sample, amplitude ratio
  int adc_interleaving = 1;        // converters that take samples in turn
  double adc_gain_mismatch = 0.0;  // rms between them, relative
  double adc_offset_mismatch = 0.0;       // rms, relative to full scale
  double adc_skew = 0.0;                  // of their sampling instants, rms [s]
  double random_jitter = 0.0;             // of the sampling clock, rms [UI]
  double clock_recovery_bandwidth = 4e6;  // of jitter transfer, first-order [Hz]
  double power = 0.11;                    // per lane [W]
};

inline FieldList describe(Tag<Receiver>) {
  using P = Receiver;
  constexpr std::string_view com = "IEEE 802.3ck COM sheets, 100G C2C 120F column (facts: standards 5.4)";
  return fields<P>(
      "Deciding receiver: Butterworth front end, CTLE, ADC, MMSE-adapted FFE and DFE.",
      field<&P::bandwidth_ratio>(
          "bandwidth_ratio", "", 0.2, 4.0,
          "Bandwidth of the 4th-order Butterworth front end over the symbol rate (f_r of COM).")
          .from(Kind::standard, com),
      field<&P::noise_density>("noise_density", "nV/sqrt(Hz)", 0.0, 1000.0,
                               "One-sided input-referred noise of the front end (differential).")
          .from(Kind::assumed,
                "4.5 nV/sqrt(Hz) is eta_0 = 2e-8 V^2/GHz of the COM sheets; DSP receivers are quieter"),
      field<&P::ctle_dc_gain>("ctle_dc_gain", "dB", -20.0, 0.0, "g_DC of the CTLE; 0 dB switches it off.")
          .from(Kind::choice, ""),
      field<&P::ctle_dc_gain_low>("ctle_dc_gain_low", "dB", -6.0, 0.0,
                                  "g_DC2, the low-frequency gain of the CTLE.")
          .from(Kind::choice, ""),
      field<&P::ffe_pre>("ffe_pre", "", 0, 64, "Feed-forward taps before the cursor.").from(Kind::choice, ""),
      field<&P::ffe_post>("ffe_post", "", 0, 256, "Feed-forward taps after the cursor.")
          .from(Kind::choice, ""),
      field<&P::ffe_samples_per_symbol>("ffe_samples_per_symbol", "", 1, 2,
                                        "1 for a symbol-spaced FFE, 2 for a half-symbol-spaced one.")
          .from(Kind::choice, ""),
      field<&P::dfe_taps>("dfe_taps", "", 0, 64,
                          "Decision-feedback taps; wrong decisions go on into the next symbols.")
          .from(Kind::choice, ""),
      field<&P::dfe_tap_limit>("dfe_tap_limit", "", 0.0, 2.0, "Largest feedback tap relative to the cursor.")
          .from(Kind::standard, com),
      field<&P::mlse_memory>(
          "mlse_memory", "", 0, 3,
          "Memory of the maximum-likelihood sequence estimation in symbols; 0 decides symbol by symbol. "
          "Not together with dfe_taps.")
          .from(Kind::choice, ""),
      field<&P::volterra_second>(
          "volterra_second", "", 0, 27,
          "FFE taps about the cursor whose products of two samples join the equaliser; 0 for none. Not "
          "together with dfe_taps or mlse_memory.")
          .from(Kind::choice, ""),
      field<&P::volterra_third>("volterra_third", "", 0, 12,
                                "The same for products of three samples: a third-order Volterra equaliser.")
          .from(Kind::choice, ""),
      field<&P::adaptation_step>(
          "adaptation_step", "", 0.0, 0.5,
          "Step of the LMS rule by which taps follow the decisions, over the mean power of all its inputs; 0 "
          "fixes the taps. Not together with mlse_memory.")
          .from(Kind::choice, "0: the taps of least mean square error, without the noise of finding them"),
      field<&P::adc_enob>("adc_enob", "", 0.0, 16.0, "Effective number of bits of the converter; 0 for none.")
          .from(Kind::assumed, "ENOB 5 to 6 (facts: standards 4.3, E4AI starting values)"),
      field<&P::adc_backoff>("adc_backoff", "", 1.0, 4.0,
                             "Converter full scale over the largest noiseless sample.")
          .from(Kind::assumed, "2 dB of head room"),
      field<&P::adc_interleaving>("adc_interleaving", "", 1, 64,
                                  "Converters that take samples in turn, a power of two; 1 has no mismatch.")
          .from(Kind::choice, "1: none"),
      field<&P::adc_gain_mismatch>(
          "adc_gain_mismatch", "", 0.0, 0.5,
          "Relative gain mismatch of interleaved converters, rms after their calibration.")
          .from(Kind::choice, "0: the effective number of bits holds it"),
      field<&P::adc_offset_mismatch>(
          "adc_offset_mismatch", "", 0.0, 0.5,
          "Offset mismatch of interleaved converters relative to full scale, rms after their calibration.")
          .from(Kind::choice, "0: the effective number of bits holds it"),
      field<&P::adc_skew>(
          "adc_skew", "fs", 0.0, 1e4,
          "Skew of the sampling instants of interleaved converters, rms after their calibration.")
          .from(Kind::choice, "0: the effective number of bits holds it"),
      field<&P::random_jitter>("random_jitter", "UI", 0.0, 0.2, "Random jitter of the sampling clock, rms.")
          .from(Kind::choice, "0: all random jitter is given at the transmitter, as in COM"),
      field<&P::clock_recovery_bandwidth>(
          "clock_recovery_bandwidth", "MHz", 1e-3, 1e3,
          "Bandwidth of jitter transfer of the first-order clock recovery. It runs where the transmitter has "
          "sinusoidal jitter or a linewidth; white jitter is too fast to be followed.")
          .from(
              Kind::standard,
              "reference clock recovery of the IEEE 802.3 PMDs: 4 MHz, 20 dB/decade (facts: standards 3.1)"),
      field<&P::power>("power", "W", 0.0, 10.0,
                       "Electrical power of the receiving half of the SerDes, per lane.")
          .from(Kind::derived,
                "half of an XSR SerDes below 1.1 pJ/bit at 106.25 Gb/s, LSSC 8, 33 (facts: photonics 6.3)"));
}

template <>
struct PartTraits<Receiver> {
  static constexpr std::string_view type = "receiver";
  static constexpr Domain input = Domain::voltage, output = Domain::symbols;
  static constexpr Place place = Place::host;
};

// Refuses a number of interleaved converters that is not a power of two.
void resolve(Receiver&, ReadContext&, const Node&, const std::string& path);

// Front end and CTLE, up to the sampler. Butterworth of 4th order at bandwidth_ratio·f_b, times the COM CTLE
// with f_z = f_p1 = f_b/2.5, f_p2 = f_b, f_LF = f_b/80 (the 100G sheets, facts: standards 5.4); no CTLE at
// all, and so without its pole at f_b, if both gains are 0 dB.
Response response(const Receiver&, const Conditions&);
// Front-end noise at the receiver's input.
std::vector<NoiseSource> noise(const Receiver&, const Conditions&);
Jitter jitter(const Receiver&, const Conditions&);
double power(const Receiver&, const Conditions&);

}  // namespace waverack::parts
