#pragma once
// Symbols behind a pulse, for tests of equalisers and sequence detectors.

#include <cstddef>
#include <utility>
#include <vector>

namespace waverack::dsp {

struct PulseRecord {
  std::vector<float> target, waveform;
};

// The levels `target`, which repeat, through a symbol-spaced pulse beside an offset, each held over `samples`
// samples.
inline PulseRecord through_pulse(std::vector<float> target, const std::vector<double>& pulse, double offset,
                                 int samples = 1) {
  PulseRecord record{std::move(target), {}};
  const std::size_t n = record.target.size();
  for (std::size_t k = 0; k < n; ++k) {
    double sum = offset;
    for (std::size_t j = 0; j < pulse.size(); ++j) sum += pulse[j] * record.target[(k + n - j) % n];
    record.waveform.insert(record.waveform.end(), static_cast<std::size_t>(samples), static_cast<float>(sum));
  }
  return record;
}

}  // namespace waverack::dsp
