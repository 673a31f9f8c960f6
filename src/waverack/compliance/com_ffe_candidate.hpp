#pragma once
// The figure of merit of Annex 178A: a transmit equaliser and a sampling instant behind one setting of the
// CTLE, with the receiver's feed-forward equaliser adapted to them. docs/theory/com.md, section 9.

#include <cstddef>
#include <span>
#include <vector>

#include "waverack/compliance/com_mmse.hpp"
#include "waverack/compliance/com_pulses.hpp"
#include "waverack/compliance/symbol_sums.hpp"

namespace waverack::compliance {

class ComFfeCandidates {
 public:
  // `receiver_noise` for at least receiver taps lags. The sheet and the pulses must outlive it. Cost:
  // (receiver taps
  // + transmit taps)·(length of the pulses) products.
  ComFfeCandidates(const ComSheet& sheet, const ComPulses& pulses, const CtleFactors& factors,
                   std::span<const CtleProducts> receiver_noise);

  // Chooses the transmit taps, the farthest pre-cursor first. Returns the sample at which their pulse peaks,
  // about which half a UI to both sides is searched.
  std::ptrdiff_t choose(std::span<const double> taps);

  // Mean square error relative to the symbols' power at `instant` for the taps chosen; infinity where there
  // is no solution. Cost: about two microseconds for 16 receiver taps.
  double error_at(std::ptrdiff_t instant);
  // The equaliser of the last error_at.
  const MmseSolution& solution() const { return solution_; }
  std::span<const int> places() const { return places_; }

  int samples_per_symbol() const { return samples_; }

 private:
  const ComSheet& sheet_;
  int samples_;
  std::vector<int> places_;
  std::ptrdiff_t lead_ = 0;
  std::vector<double> pulse_;  // zeros at both ends
  std::ptrdiff_t expected_peak_ = 0;
  SymbolSums own_;     // of the victim
  SymbolSums signal_;  // with the slopes that jitter weighs
  std::vector<SymbolSums> far_end_;
  std::vector<double> fixed_;  // noise and near-end crosstalk by lag, relative to the symbols' power
  std::vector<double> taps_, doubled_, window_, shaped_, correlation_, symbols_;
  MmseSolver solver_;
  MmseSolution solution_;
};

}  // namespace waverack::compliance
