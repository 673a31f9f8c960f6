#include "waverack/link/reflections.hpp"

#include <cmath>

namespace waverack::link {

std::vector<double> beat_amplitudes(const std::vector<Reflector>& reflectors) {
  std::vector<double> amplitudes;
  for (std::size_t i = 0; i < reflectors.size(); ++i) {
    double loss = 1.0;
    for (std::size_t j = i + 1; j < reflectors.size(); ++j) {
      loss *= reflectors[j - 1].loss_to_next;
      const double rho = std::sqrt(reflectors[i].reflectance * reflectors[j].reflectance) / loss;
      if (rho > 1e-6) amplitudes.push_back(rho);
    }
  }
  return amplitudes;
}

}  // namespace waverack::link
