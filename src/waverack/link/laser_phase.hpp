#pragma once
// The phase of a laser, sample by sample, for simulations that go on as long as they like.

#include <cstdint>
#include <span>
#include <vector>

namespace waverack::link {

// Frequency noise of one-sided density S(f) = linewidth/π·(1 + corner/f), and a constant offset. The white
// part makes normal steps of variance 2π·linewidth/sample_rate. The other is a sum of processes that forget
// (first-order low-pass noise), two to a decade from 50 Hz to the lesser of 10·corner and sample_rate/64;
// with variances S_0·corner·ln √10 each they add up to S_0·corner/f within 3 %. They hold their values for up
// to 64 samples, an eighth of the shortest memory and less. The first is drawn as old as any other. What is
// drawn is a function of (seed, source) and of the sample's index.
class LaserPhase {
 public:
  struct Settings {
    double linewidth = 0.0;    // Lorentzian, full width [Hz]
    double corner = 0.0;       // [Hz]
    double offset = 0.0;       // [Hz]
    double sample_rate = 0.0;  // [Hz]
    std::uint64_t seed = 0;
    std::uint32_t source = 0;  // and source + 1
  };
  explicit LaserPhase(const Settings&);

  // Phase of samples first … first + phase.size() − 1 [rad], modulo 2π. A call may go back behind the last
  // one's first sample by `look_back` at most; older samples are forgotten. Else std::logic_error. Sample 0
  // has phase 0, and so have those before it but for the offset.
  void fill(std::int64_t first, std::span<float> phase);

  static constexpr std::int64_t look_back = std::int64_t{1} << 22;

 private:
  void extend(std::int64_t end);

  Settings settings_;
  struct Flicker {
    double keep, fresh;  // x ← keep·x + fresh·g
    double value = 0.0;  // [Hz]
  };

  double phase_ = 0.0;  // at next_
  std::vector<Flicker> flicker_;
  std::int64_t hold_ = 1;              // samples
  std::int64_t begin_ = 0, next_ = 0;  // samples that ring_ holds
  std::vector<float> ring_;
};

}  // namespace waverack::link
