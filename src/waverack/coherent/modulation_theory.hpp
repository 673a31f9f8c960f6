#pragma once
// What a constellation can do in white Gaussian noise: error ratios and information rates, and the signal-to-
// noise ratios that they need. (docs/theory/coherent-signal.md, section 4)
//
// `snr` is a power ratio: mean power of the symbols over the complex noise in the symbol rate's bandwidth, of
// one polarisation, where nothing else is said.

#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

// Bit error ratio of decisions for the nearest point. QPSK and 16QAM in closed form (16QAM: K. Cho, D. Yoon,
// IEEE Trans. Commun. 50 (2002) 1074, eq. 16 and 17); 8QAM from the probabilities of the cells of its points
// (eq. 10). Relative error below 1e-9 down to 1e-25. snr ≥ 0.
double bit_error_ratio(Format format, double snr);

// The same for 8QAM's way of computing, for any format: a check of both.
double bit_error_ratio_of_cells(Format format, double snr);

// Generalised mutual information of bitwise decoding with exact log-likelihood ratios, bits per symbol of one
// polarisation, 0 … bits_per_symbol (A. Alvarado et al., J. Lightw. Technol. 33 (2015) 4338, eq. 13). Error
// below 1e-7. Cost: 0.2 ms; QPSK 20 µs, 8QAM 2.5 ms.
double gmi(Format format, double snr);
// The same over the bits of a symbol, 0 … 1 (J. Cho et al., ECOC 2017, M.2.D.2): 1 − (m − GMI)/m.
double ngmi(Format format, double snr);

// The snr at which the bit error ratio, 1e-15 … 0.4, or the normalised GMI, 0.01 … 0.99999, is this; throws
// Error beyond. Relative error below 1e-9 (8QAM's NGMI: 1e-6).
double required_snr(Format format, double bit_error_ratio);
double snr_of_ngmi(Format format, double ngmi);

// Optical signal-to-noise ratio: power of both polarisations over noise of both polarisations in 12.5 GHz
// (0.1 nm at 1550 nm; IEC 61280-2-9). OSNR = SNR·symbol rate/12.5 GHz where noise is the same in both and
// white.
inline constexpr double osnr_bandwidth = 12.5e9;  // [Hz]
constexpr double osnr_of_snr(double snr, double symbol_rate) { return snr * symbol_rate / osnr_bandwidth; }
constexpr double snr_of_osnr(double osnr, double symbol_rate) { return osnr * osnr_bandwidth / symbol_rate; }

// What 1 mW has over the photon noise h·f·B of a polarisation pair in 12.5 GHz [dB]: 57.953 at 193.414 THz,
// the "58 dB" of OSNR = 58 + P_ch − loss − NF.
double osnr_constant_db(double frequency);

// Two polarisations with signal-to-noise ratios of their own: every bit of half the bits.
struct SnrPair {
  double x = 0.0, y = 0.0;
};
double bit_error_ratio(Format format, SnrPair snr);
double gmi(Format format, SnrPair snr);
double ngmi(Format format, SnrPair snr);

// Ratios behind one element of polarisation-dependent loss `pdl` (power of the better over the worse axis, ≥
// 1; the mean power stays) with all noise, white and the same in both polarisations, behind it, and a
// receiver that inverts the element. `angle` [rad]: between signal and axes in the plane of linear
// polarisations; 0 gives the most different pair, π/4 two equal ones (eq. 12).
SnrPair snr_behind_pdl(double snr, double pdl, double angle = 0.0);

}  // namespace waverack::coherent
