#pragma once
// What importance sampling finds of one segment of a lane (rare_errors.hpp).

#include <cstdint>
#include <limits>

namespace waverack::link {

struct RareErrors {
  std::uint64_t decisions = 0;
  double ber = 0.0;
  double standard_error = 0.0;  // of ber, from the spread of the weights
  bool interrupted = false;
  bool precise = false;       // the wanted precision was reached first
  double expected_ber = 0.5;  // of the semi-analytic solver, for the same segment at the same sample rate
  double seconds = 0.0;       // of wall clock

  // Half the width of the 95 % interval over the ratio; infinity without errors.
  double relative_precision() const {
    return ber > 0.0 ? 1.96 * standard_error / ber : std::numeric_limits<double>::infinity();
  }
};

}  // namespace waverack::link
