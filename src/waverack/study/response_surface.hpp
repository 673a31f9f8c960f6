#pragma once
// A function of many variables by a sparse polynomial, from values at designed places.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace waverack::study {

// A product of Hermite polynomials of one variable or two.
struct SurfaceTerm {
  int first = -1, first_degree = 0;  // variable and degree; −1: the constant
  int second = -1, second_degree = 0;
  double weight = 0.0;
};

class ResponseSurface {
 public:
  ResponseSurface() = default;
  ResponseSurface(std::vector<SurfaceTerm> terms, double scale);

  // At a place in standard deviations of its variables. Cost: about 3 ns for each term.
  double operator()(std::span<const double> at) const;

  const std::vector<SurfaceTerm>& terms() const { return terms_; }
  double leave_one_out_rms = 0.0;  // over the places that it was fitted to

 private:
  std::vector<SurfaceTerm> terms_;
  double scale_ = 1.0;  // of the variables at the places, over their standard deviation
};

// Places to fit at: `count` points of `variables` coordinates in standard deviations, normal with `scale`
// times the deviation of what is to be described so that its tails lie inside; evenly spread (Sobol) where
// there are few variables. Deterministic. Row by row.
std::vector<double> surface_places(int count, int variables, double scale, std::uint64_t seed);

// The sparse polynomial chaos of least leave-one-out error: terms up to degree 3 in one variable and 2 in
// products of two, taken one after the other by orthogonal matching pursuit (Y. C. Pati et al., Asilomar
// 1993; G. Blatman and B. Sudret, J. Comput. Phys. 230 (2011) 2345, on sparse chaos and its corrected error).
// `places` row by row as surface_places() has them, values at them; those that are not finite are left out.
// Terms are taken until the error is below `tolerance`, or grows. Throws std::logic_error if fewer than 3
// values are finite. Cost: about 0.1 s for 30 variables at 300 places. (theory: yield, eq. 10 and 11)
ResponseSurface fit_surface(std::span<const double> places, int variables, double scale,
                            std::span<const double> values, double tolerance = 0.0);

}  // namespace waverack::study
