#include "waverack/parts/failure_rate.hpp"

#include <cmath>

#include "waverack/base/physical_constants.hpp"

namespace waverack::parts {

double failure_rate_at(const FailureRate& failure, double temperature) {
  return failure.rate * std::exp(failure.activation_energy / boltzmann_constant *
                                 (1.0 / failure.temperature - 1.0 / temperature));
}

}  // namespace waverack::parts
