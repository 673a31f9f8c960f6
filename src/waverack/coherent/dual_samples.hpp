#pragma once
// Two polarisations of a stream of complex samples, side by side.

#include <cassert>
#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace waverack::coherent {

using Sample = std::complex<float>;

// x = XI + j·XQ and y = YI + j·YQ, equally long. Stages of the receiver append to it at the end and take
// from its front.
struct DualSamples {
  std::vector<Sample> x, y;

  std::size_t size() const { return x.size(); }
  void append(std::span<const Sample> more_x, std::span<const Sample> more_y) {
    assert(more_x.size() == more_y.size());
    x.insert(x.end(), more_x.begin(), more_x.end());
    y.insert(y.end(), more_y.begin(), more_y.end());
  }
  void resize(std::size_t count) {
    x.resize(count);
    y.resize(count);
  }
  void drop_front(std::size_t count) {
    x.erase(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(count));
    y.erase(y.begin(), y.begin() + static_cast<std::ptrdiff_t>(count));
  }
  void clear() {
    x.clear();
    y.clear();
  }
};

}  // namespace waverack::coherent
