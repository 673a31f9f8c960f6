#include "waverack/dsp/correlation.hpp"

#include <Eigen/Core>
#include <algorithm>

namespace waverack::dsp {
namespace {

double dot(const float* x, const float* y, long count) {
  double total = 0.0;
  constexpr long block = 1024;
  for (long start = 0; start < count; start += block) {
    const long size = std::min(block, count - start);
    total += static_cast<double>(Eigen::Map<const Eigen::VectorXf>(x + start, size)
                                     .dot(Eigen::Map<const Eigen::VectorXf>(y + start, size)));
  }
  return total;
}

}  // namespace

double cyclic_dot(std::span<const float> a, std::span<const float> b, long shift) {
  const long n = static_cast<long>(a.size());
  shift = ((shift % n) + n) % n;
  return dot(a.data(), b.data() + shift, n - shift) + dot(a.data() + (n - shift), b.data(), shift);
}

}  // namespace waverack::dsp
