#pragma once
// A stretch of a chain without nonlinear parts, from one end to the other.

#include <complex>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "waverack/link/plan.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::link {

// The responses in a row, and what enters between them: `first` of each pair is the index of the response
// that it enters before, or their number for what is added at the end.
struct LinearRun {
  std::vector<signal::Response> responses;
  std::vector<std::pair<std::size_t, std::function<double(double)>>> noises;  // one-sided densities
  std::vector<std::pair<std::size_t, const Crosstalk*>> crosstalk;
  std::vector<std::pair<std::size_t, std::size_t>> high_passes;  // second: which of them all
  double offset = 0.0;                                           // constant at the end that the record lacks
  double mean = 0.0;                                             // of the record at the end

  // From the input of response `from` to the end.
  std::complex<double> response(double f, std::size_t from = 0) const;
  // Of the noises at the end, two-sided [unit²/Hz].
  double density(double f) const;
};

}  // namespace waverack::link
