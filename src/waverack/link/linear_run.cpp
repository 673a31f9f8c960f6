#include "waverack/link/linear_run.hpp"

#include <cmath>

namespace waverack::link {

std::complex<double> LinearRun::response(double f, std::size_t from) const {
  std::complex<double> h = 1.0;
  for (std::size_t i = from; i < responses.size(); ++i) h *= responses[i](f);
  return h;
}

double LinearRun::density(double f) const {
  if (noises.empty()) return 0.0;
  double total = 0.0, gain = 1.0;
  for (std::size_t i = responses.size() + 1; i-- > 0;) {
    if (i < responses.size()) gain *= std::norm(responses[i](f));
    for (const auto& [place, one_sided] : noises)
      if (place == i) total += 0.5 * one_sided(std::abs(f)) * gain;
  }
  return total;
}

}  // namespace waverack::link
