#pragma once
// The quality of received symbols of which it is known what was sent.

#include <complex>
#include <cstdint>
#include <span>

#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

// Of one polarisation, or of both together.
struct SignalQuality {
  std::int64_t symbols = 0;
  std::complex<double> gain{1.0};  // the best complex scalar: received = gain·sent + noise
  double snr = 0.0;                // power of gain·sent over mean |noise|²; infinite without noise
  double evm = 0.0;                // root mean square of noise/gain over that of the points
  std::int64_t bits = 0, bit_errors = 0;
  double ber = 0.0;
  double ber_low = 0.0, ber_high = 1.0;  // 95 % interval (signal/binomial.hpp); errors taken as independent
  double q_squared = 0.0;                // of the bit error ratio, the q with Q(q) = BER, squared; infinite
                                         // without errors
  double gmi = 0.0, gmi_error = 0.0;     // bits per symbol of one polarisation, and its standard error from
                                         // the spread of groups of 64 symbols; infinite below 128
  double ngmi = 0.0;                     // 1 − (m − GMI)/m
};

// `received`: symbols of one polarisation, at any scale and with any constant phase; `labels`: what was sent
// (constellation.hpp), same size, at least 2 symbols. Places where a label is no_label (frame_builder.hpp)
// count for nothing. Decisions and exact log-likelihood ratios after division by the gain, with the measured
// noise variance (docs/theory/coherent-signal.md, eq. 16 and 17). Throws Error where fewer than 2 symbols
// count or the gain is 0. Cost: about 30 ns a symbol of 16QAM.
SignalQuality measure_quality(Format format, std::span<const std::complex<float>> received,
                              std::span<const std::uint8_t> labels);

// Both polarisations together: errors and bits added, GMI averaged over symbols, snr the ratio of summed
// powers (each polarisation scaled to unit points), gain that of x.
SignalQuality both(Format format, const SignalQuality& x, const SignalQuality& y);

// The same with log-likelihood ratios from elsewhere (a receiver that knows its noise otherwise): GMI and its
// standard error alone. `ratios` as demap() gives them; `labels` without no_label.
struct InformationRate {
  double gmi = 0.0, gmi_error = 0.0, ngmi = 0.0;
};
InformationRate information_rate(Format format, std::span<const float> ratios,
                                 std::span<const std::uint8_t> labels);

}  // namespace waverack::coherent
