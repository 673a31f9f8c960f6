#pragma once
// The phase of a laser, sample by sample, for simulations that go on as long as they like.

#include <cstdint>
#include <span>
#include <vector>

namespace waverack::link {

// Frequency noise of one-sided density S(f) = linewidth/π·(1 + (corner/f)²), and a constant offset. The white
// part makes normal steps of variance 2π·linewidth/sample_rate; the other a frequency that wanders, a random
// walk of steps of variance 2π²·S_0·corner²·2/sample_rate, that begins at 0: an offset stands for its past.
// What is drawn is a function of (seed, source) and of the sample's index.
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
  double phase_ = 0.0, frequency_ = 0.0;  // at next_; the walk's part of the frequency [rad per sample]
  std::int64_t begin_ = 0, next_ = 0;     // samples that ring_ holds
  std::vector<float> ring_;
};

}  // namespace waverack::link
