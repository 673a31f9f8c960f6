#pragma once
// From equalised samples to the bit error ratio.
//
// The pattern gives the samples y_k with their own noise variance. One pattern samples near symbols fully
// and far ones poorly, so the linear intersymbol interference of far symbols is taken out of y_k and put
// back as a density of independent symbols; near contexts are weighted to be equally likely. Densities are
// convolved directly, so tails have no floor. (theory: semi-analytic, eq. 6 to 9)

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/link/crosstalk_density.hpp"
#include "waverack/link/error_propagation.hpp"
#include "waverack/link/gaussian_sum.hpp"
#include "waverack/link/sequence_errors.hpp"

namespace waverack::link {

// A displacement of the sampling instant and how probable it is.
struct Displacement {
  double time = 0.0;  // [UI]
  double probability = 1.0;
};

struct DecisionInput {
  int levels = 4;
  std::span<const std::uint8_t> symbols;
  std::span<const float> value;     // y_k, levels near −1 … 1
  std::span<const float> variance;  // Gaussian noise of y_k, random jitter included
  std::span<const float> slope;     // of y_k against the sampling instant [1/UI]
  // Of the sampling instant, independent of the symbols: y_k + time·slope_k. None: it stays.
  std::vector<Displacement> displacements;
  int memory_before = 16;  // symbols after the cursor that may leak into it
  int memory_after = 64;   // symbols before the cursor
  // Relative amplitudes rho of multi-path beats: δy = 2·rho·√(P_a·P_b)·cos φ
  std::vector<double> interference;
  double level_offset = 0.0;  // y at zero optical power, for the beats
  // Decision-feedback taps, whose wrong decisions go on into the next symbols (error_propagation.hpp). Levels
  // that are fed back are −1 … 1, equally spaced.
  std::vector<double> feedback;
  // With feedback: the autocorrelation of the noise at lags 0, 1, … symbols; empty: it is white.
  std::vector<double> feedback_noise;
  bool precoded = false;  // 1/(1 + D) mod M, undone behind the decisions; of 2 and 4 levels
  // Where sequences are detected, `value` being what a receiver of correct decisions fed back would see: the
  // postcursors of the target response, and the autocorrelation of the noise at lags 0, 1, … symbols.
  std::vector<double> postcursors, noise_autocorrelation;
  std::vector<CoupledSymbols> crosstalk;  // that adds to y
  // Independent symbols that add to y with these weights, as light of other wavelengths does
  std::vector<double> neighbours;
};

// What of y_k belongs to which level: discrete masses on a grid, in bins of equal noise variance.
class DecisionStatistics {
 public:
  explicit DecisionStatistics(const DecisionInput&);

  struct Outcome {
    double ber = 0.5;
    std::vector<double> ber_by_eye;  // sum to ber
    double errors_per_event = 1.0;   // wrong symbols, the mean: more than 1 where decisions are fed back or
                                     // sequences are detected
    std::vector<double> thresholds;
  };
  // Errors with every Gaussian rms multiplied by `noise_scale`, thresholds at their optimum. Wrong bits by
  // signal::bit_errors_by_eye: with Gray coding one for each wrong symbol. `start`: where to look for the
  // thresholds first, or empty.
  Outcome errors(double noise_scale = 1.0, std::span<const double> start = {}) const;

  // The noise scale at which the BER is `ber` (1e-3 … 1e3 searched); NaN if there is none.
  double noise_scale_at(double ber) const;

  // Of the decision value of symbols of `level`, crosstalk and all interference in it [1/level unit].
  double density(int level, double value) const { return level_at(level, value, 1.0, false).density; }

  // The probability that the decision value of a symbol of `level` is below `value`, or above it.
  double below(int level, double value) const { return level_at(level, value, 1.0, true).tail; }
  double above(int level, double value) const { return level_at(level, value, 1.0, false).tail; }

  const std::vector<double>& level_means() const { return level_means_; }
  double mean_variance() const { return mean_variance_; }
  // Mean square of all interference that is left at the decision.
  double interference_variance() const { return interference_variance_; }
  // Regression of y on the symbols around the cursor, normalised to its cursor: the pulse response at the
  // decision, `before` symbols first.
  const std::vector<double>& pulse() const { return pulse_; }

 private:
  struct Cluster {
    double variance = 0.0;  // of the noise
    double fixed =
        0.0;  // beside it: small interference as a Gaussian, less what the grid has widened the masses
    double lowest = 0.0, highest = 0.0;      // centres [level units]
    MassRow upwards, downwards;              // from the lowest centre and from the highest
    double sigma(double noise_scale) const;  // rms of the Gaussian around each mass
  };
  // Density of the level at the threshold, and its probability beyond it.
  GaussianSum level_at(int level, double threshold, double scale, bool below) const;
  void keep_sequence(const DecisionInput&);
  // What the noise behind an error upwards adds to the symbols after it.
  std::vector<double> carried_noise(double scale) const;
  // Of every symbol moved by `shift`, thresholds fixed.
  ErrorChance chance_at(double shift, double scale, std::span<const double> thresholds) const;

  int levels_;
  bool precoded_;
  std::vector<double> bit_errors_by_eye_;
  std::vector<double> feedback_, feedback_noise_;
  SequenceSamples sequence_;
  double step_ = 0.0;
  double mean_variance_ = 0.0;
  double interference_variance_ = 0.0;
  std::vector<double> level_means_;
  std::vector<double> pulse_;
  std::vector<std::vector<Cluster>> clusters_;  // per level
};

}  // namespace waverack::link
