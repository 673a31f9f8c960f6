#pragma once
// Third stage: finds the transmitter's clock in the signal and resamples to exactly two samples per symbol.
//
// The phase detector is Godard's, on both polarisations at once: with R_ab = Σ X_a(f)·conj X_b(f − Rs) over
// the edges of the spectrum, the timing error is −arg(det R)/(4π) symbols. Rotation and first-order PMD
// cancel in the determinant, so that no differential delay can fade the tone; what is left open is half a
// symbol, one sample (docs/theory/coherent-receiver.md, eq. 9 to 12). A PI loop turns an interpolator.

#include <memory>
#include <span>
#include <vector>

#include "waverack/coherent/dual_samples.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::coherent {

struct TimingSettings {
  double samples_per_symbol = 2.0;  // nominal, of the input, 1.5 … 4
  double roll_off = 0.1;            // of the pulse, > 0: without it there is no tone
  double centre = 0.0;              // of the spectrum, in cycles per symbol
  // Proportional gain of the loop per update of 1024 symbols, for good; the integral gain is 0.4 times its
  // square: damping 0.79. Until then update u has the gains (4u − 2)/(u(u + 1)) and 6/(u(u + 1)), which fit a
  // straight line to all readings so far.
  double gain = 0.06;
  int settling_updates = 24;  // after which the samples are good enough to start an equaliser with
};

class TimingRecovery {
 public:
  // Settings out of range throw Error.
  explicit TimingRecovery(const TimingSettings& settings);

  // Takes samples and appends finished ones, two per symbol, in blocks of 2048; until the loop has settled,
  // they are dropped. Cost: about 17 ns per pair.
  void push(std::span<const Sample> x, std::span<const Sample> y, DualSamples& out);

  bool settled() const { return updates_ > settings_.settling_updates; }
  // How much faster the transmitter's clock is than the receiver's.
  double ppm() const;
  // Of the detector's readings behind the loop, since it settled [symbols].
  double rms_error() const;
  // |det R| over the square of the band's mean power: 1 for a clean signal.
  double tone() const { return tone_; }

 private:
  double detect(const Sample* x, const Sample* y);

  TimingSettings settings_;
  std::vector<float> table_;
  struct Pair {
    std::size_t upper, lower;  // positions in the spectrum
    float weight;
  };
  std::vector<Pair> pairs_;
  std::unique_ptr<signal::FftPlan> plan_;
  signal::BatchBuffer buffer_;
  DualSamples queue_;
  double position_;    // of the next output in the queue [samples]
  double rate_ = 0.0;  // integral part: relative deviation of the step
  int updates_ = 0;
  double squares_ = 0.0, counted_ = 0.0, tone_ = 0.0;
};

}  // namespace waverack::coherent
