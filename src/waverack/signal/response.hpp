#pragma once
// Closed-form frequency responses.
//
// A Response gives the complex transfer H(f) of a linear system at the frequency f [Hz], with the time
// convention exp(+j2πft): a delay is exp(−j2πfτ), and a real system has H(−f) = conj(H(f)). All functions
// accept negative frequencies. Except for the CTLE, H(0) = 1. Parameters outside their range throw Error.
// (docs/theory/eyes-and-densities.md, section 4)

#include <complex>
#include <functional>

namespace waverack::signal {

using Response = std::function<std::complex<double>(double)>;

// 4th-order Bessel-Thomson low-pass, H(s) = 105/(s⁴ + 10s³ + 45s² + 105s + 105), s = j·2.113918·f/bandwidth;
// `bandwidth` > 0 is the −3 dB frequency [Hz]. The filter of oscilloscopes and of TDECQ (802.3 121.8).
// It keeps its delay, 2.113918/(2π·bandwidth) at low frequency.
Response bessel_thomson(double bandwidth);

// Butterworth low-pass of `order` 1 … 20 with −3 dB at `bandwidth` > 0 [Hz]. Order 4 with f_r·f_b is the
// receiver filter of COM (802.3 Annex 93A).
Response butterworth(int order, double bandwidth);

// Gaussian without delay, −3 dB at `bandwidth` > 0 [Hz]: exp(−(ln 2/2)·(f/bandwidth)²).
Response gaussian_filter(double bandwidth);

// Gaussian without delay whose step rises from 20 % to 80 % in `rise_time` ≥ 0 [s]: H_t(f) =
// exp(−2(πf·T/1.6832)²) of COM (802.3 Annex 93A; 1.6832 is twice the 80 % point of the normal
// distribution).
Response gaussian_edge(double rise_time);

// 1/(1 + jf/bandwidth), bandwidth > 0 [Hz].
Response first_order_pole(double bandwidth);

// 1/(1 + 2ζ·jf/f_n − (f/f_n)²): natural frequency f_n > 0 [Hz], damping ζ > 0. Below ζ = 1/√2 it peaks, by
// 1/(2ζ√(1 − ζ²)) at f_n·√(1 − 2ζ²).
Response second_order(double natural_frequency, double damping);

// Raised-cosine Nyquist spectrum without delay: 1 up to (1 − β)/2·symbol_rate, then a cosine flank to 0 at
// (1 + β)/2·symbol_rate. symbol_rate > 0 [Bd], roll-off β 0 … 1.
Response raised_cosine(double symbol_rate, double roll_off);
// Its square root.
Response root_raised_cosine(double symbol_rate, double roll_off);

// Continuous-time linear equaliser of COM (802.3 Annex 93A, with the second, low-frequency stage of
// 120F): (g_dc + jf/f_z)(g_dc2 + jf/f_lf) / [(1 + jf/f_p1)(1 + jf/f_p2)(1 + jf/f_lf)].
struct Ctle {
  double dc_gain = 1.0;        // g_dc, amplitude ratio > 0 (COM writes it in dB)
  double dc_gain_low = 1.0;    // g_dc2, amplitude ratio > 0; 1 switches the low-frequency stage off
  double zero = 0.0;           // f_z [Hz] > 0
  double pole1 = 0.0;          // f_p1 [Hz] > 0
  double pole2 = 0.0;          // f_p2 [Hz] > 0
  double low_frequency = 0.0;  // f_lf [Hz] > 0; unused where dc_gain_low is 1
};
Response ctle(const Ctle& parameters);

// exp(−j2πf·delay), delay in seconds, of either sign.
Response ideal_delay(double delay);

// ∫ |H(f)|² df from 0 to `upper` > 0, over |H(0)|² [Hz]: the one-sided noise bandwidth as far as `upper`.
// Simpson's rule on 16 384 intervals; H must be smooth on upper/16 384. H(0) must not be 0.
double noise_bandwidth(const Response& response, double upper);

// The lowest frequency below `upper` > 0 at which |H|² falls to |H(0)|²/2 [Hz]; infinity if there is none.
// Searched in 4096 steps, then bisected.
double bandwidth_3db(const Response& response, double upper);

}  // namespace waverack::signal
