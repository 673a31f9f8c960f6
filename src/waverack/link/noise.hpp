#pragma once
// Noise carried analytically from each source to the decision.
//
// A source enters somewhere in the chain, passes linear elements H and nonlinear parts whose small-signal
// slope m(t) follows the noiseless pattern. Up to the last place p where its strength varies in time its
// spectrum is S1(f); from there to the decision the response is g2 (equaliser included). Then
//   sigma²(t_k) = Σ_n M(t_k − t_n)·w(t_n),  w = g2·(R1 ∗ g2)·Δt                     (theory: semi-analytic,
//   eq. 4)
// with R1 the autocorrelation of S1 and M(t) the relative strength at p, of mean 1: m²(t)/⟨m²⟩, i(t)/⟨i⟩ for
// shot noise, P²(t)/⟨P²⟩ for RIN. For a white source at p this is the exact sum of the plan's section 4; for
// a coloured one it takes M as constant over the correlation time of R1. The slow part of a relative source's
// density is taken the other way: constant over the response g, so it scales the light at the decision.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "waverack/dsp/equaliser.hpp"
#include "waverack/link/propagate.hpp"

namespace waverack::link {

struct SourceShare {
  std::string path;
  std::string label;
  double variance = 0.0;  // mean at the decision
};

// The noise at the decision, for any sampling phase.
struct DecisionNoise {
  struct Source {
    SourceShare share;  // over all phases
    // Variance at sample 0, 1, … of a symbol over its mean; 1 unless the source is held
    std::vector<double> by_phase;
    bool constant = true;  // the same for all symbols
  };
  struct Varying {
    std::vector<float> variance;  // of sources that follow the signal, for each sample of the pattern
    std::vector<double> by_phase;
  };
  int samples_per_symbol = 16;
  std::vector<Source> sources;
  std::vector<Varying> varying;
  double slow_relative = 0.0;  // variance of a slow factor on the light

  // `phase`: sample index of the decision of symbol 0. One variance for each symbol of `light`, the noiseless
  // decision values less the one without light.
  std::vector<float> variance(int phase, std::span<const float> light) const;
  std::vector<SourceShare> shares(int phase) const;
};

// The linear(ised) responses of a segment on one frequency grid: the FFT grid of `length` samples at the
// waveform's sample rate, bins 0 … length/2.
class NoiseGrid {
 public:
  // `shared`: of this segment at this sample rate, or nullptr.
  NoiseGrid(const Segment&, const parts::Conditions&, const Propagation&, const Without&,
            SharedWork* shared = nullptr);

  // Mean noise spectrum at the sampler, one-sided [V²/Hz] per bin, all sources together.
  std::vector<double> spectrum_at_sampler() const;

  // Autocorrelation at the sampler [V²] at lags of `step` samples, `count` of them.
  std::vector<double> autocorrelation(int step, int count) const;

  // Noise at the decision, `equaliser` being the response of the equaliser at each bin. Cost: one cyclic
  // filter for each group of sources with the same M.
  DecisionNoise at_decision(std::span<const std::complex<double>> equaliser) const;

  // The decision value without light, where that of the pattern is `mean` on average: the receiver is linear
  // in the photocurrent and takes its mean out. `mean` itself in a segment without light.
  double dark_value(double mean, std::span<const std::complex<double>> equaliser) const;

  int length() const { return length_; }
  double bin_width() const { return bin_width_; }
  // Small-signal response from element `first` to the sampler at each bin (mean slopes of nonlinear parts).
  std::vector<std::complex<double>> response_from(std::size_t first) const;

 private:
  struct Source {
    const PlacedNoise* noise;
    std::vector<double> spectrum;         // two-sided S1 at the last modulated point, per bin
    std::size_t last = 0;                 // elements from here on belong to g2
    std::vector<std::size_t> modulation;  // trajectories whose slope² enters M
    int own = -1;                         // trajectory whose output scales the source (shot, RIN)
    bool slow = false;                    // the slow part of the same `noise` as the source before it
  };

  // Carries `source` from element `first` through the parts whose slope follows the signal.
  void add(Source source, std::size_t first);
  std::vector<float> strength(const Source&) const;
  // Noise power of a held source at each sampling phase over its mean over all phases, responses linearised.
  std::vector<double> held_ratios(const Source&, std::span<const std::complex<double>> equaliser) const;

  const Segment& segment_;
  const Propagation& propagation_;
  int samples_per_symbol_;
  int length_ = 4096;
  double bin_width_ = 0.0;
  std::vector<std::vector<std::complex<double>>>
      responses_;                    // per element; nonlinear: slope rms times dynamics
  std::vector<double> delay_;        // of the response from each element to the sampler [samples]
  std::vector<PlacedNoise> wander_;  // baseline wander, which has all its power in bin 0
  std::vector<Source> sources_;
};

// Real impulse response [1/s] on the time grid from a spectrum at bins 0 … length/2; negative times are in
// the second half.
std::vector<double> impulse(const std::vector<std::complex<double>>& half_spectrum, double bin_width);

// Response of the forward taps at the bins 0 … length/2 of a grid of `length` samples.
std::vector<std::complex<double>> equaliser_response(const dsp::Equaliser&, const dsp::EqualiserShape&,
                                                     int samples_per_symbol, int length);

}  // namespace waverack::link
