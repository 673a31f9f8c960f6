#include "waverack/parts/batch_values.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::parts {

double branch_rms(const coherent::DualBatch& batch) {
  // Each polarisation's mean power is that of its two branches.
  return std::sqrt(coherent::mean_power(batch) / 4.0);
}

void compress(coherent::DualBatch& batch, float saturation) {
  // tanh by the seventh convergent of its continued fraction: within 1e-6 up to 2, 1e-4 at 5.
  const float inverse = 1.0f / saturation;
  for (float& v : values_of(batch)) {
    const float x = std::clamp(v * inverse, -4.97f, 4.97f), x2 = x * x;
    const float above = x * (135135.0f + x2 * (17325.0f + x2 * (378.0f + x2)));
    const float below = 135135.0f + x2 * (62370.0f + x2 * (3150.0f + x2 * 28.0f));
    v = saturation * std::clamp(above / below, -1.0f, 1.0f);
  }
}

void clip(coherent::DualBatch& batch, float limit) {
  for (float& v : values_of(batch)) v = std::clamp(v, -limit, limit);
}

}  // namespace waverack::parts
