#include "waverack/coherent/spectra.hpp"

#include <cmath>
#include <numbers>

namespace waverack::coherent {

double raised_cosine(double u, double roll_off) {
  const double root = root_raised_cosine(u, roll_off);
  return root * root;
}

double root_raised_cosine(double u, double roll_off) {
  const double outside = std::abs(u) - 0.5 * (1.0 - roll_off);
  if (outside <= 0.0) return 1.0;
  if (outside >= roll_off) return 0.0;
  return std::cos(0.5 * std::numbers::pi * outside / roll_off);
}

}  // namespace waverack::coherent
