#pragma once
// A tabulated transmission at any frequency: the data, and the laws of a line outside of them
// (docs/theory/network.md, sections 3 and 4).

#include <complex>
#include <vector>

#include "waverack/network/loss_law.hpp"

namespace waverack::network {

// Samples of H at rising frequencies ≥ 0 [Hz].
struct Samples {
  std::vector<double> f;
  std::vector<std::complex<double>> h;
};

// H(f)·exp(+j2πf·delay), `delay` in s.
Samples without_delay(const Samples& samples, double delay);

// H(f) for f ≥ 0 from samples that turn slowly, their delay taken out.
//
//   within the data     a cubic Hermite curve through the complex samples
//   below them          −ln|H| = c + a·√f with the phase −a·√f of the skin effect, to a real H(0)
//   above them          −ln|H| = c + a·√f + b·f, fitted to the upper half of the band, and constant group
//   delay
//
// A sample at 0 Hz becomes real: its magnitude counts, with the sign of its real part.
class TransmissionCurve {
 public:
  // At least two samples.
  explicit TransmissionCurve(Samples samples);
  std::complex<double> at(double f) const;

  double dc_phase() const { return dc_phase_; }  // of the sample at 0 Hz, to the real axis [rad]
  double dc_residue() const {
    return dc_residue_;
  }  // what the phase below the data lacks to a multiple of π [rad]

 private:
  Samples samples() const { return {f_, h_}; }
  void fit_below();
  void fit_above();
  std::complex<double> below(double f) const;
  std::complex<double> above(double f) const;
  void make_slopes();

  std::vector<double> f_;
  std::vector<std::complex<double>> h_, slopes_;
  double dc_phase_ = 0.0, dc_residue_ = 0.0;
  double skin_ = 0.0, dc_sign_ = 1.0, line_at_first_ = 0.0;  // below the data
  LossLaw above_;
  double delay_above_ = 0.0;
};

}  // namespace waverack::network
