#pragma once
// Integrals of smooth functions over an interval.

#include <functional>
#include <vector>

namespace waverack::coherent {

// Nodes and weights of Gauss and Legendre for [0, 1]: exact for polynomials of degree 2·count − 1.
struct GaussNodes {
  std::vector<double> at, weight;
};
GaussNodes gauss_nodes(int count);  // 1 ≤ count ≤ 256. Cost: count²·10 ns

struct Integral {
  double value = 0.0;
  double error = 0.0;  // bound by the difference of the two rules
  int calls = 0;       // of the function
};

// ∫ function from `low` to `high`, cut into `panels` equal pieces that are halved until the difference of the
// rules of Gauss (7 nodes) and Kronrod (15 nodes) is below the piece's share of `tolerance`·|value|, or their
// length is 2^−20 of the first pieces. Nodes lie inside: the ends may be integrable singularities.
// R. Piessens et al., QUADPACK (Springer, 1983), rule QK15.
Integral integrate(const std::function<double(double)>& function, double low, double high, double tolerance,
                   int panels = 1);

// Si(x) = ∫₀ˣ sin(t)/t dt within 1e-6: the power series below 4, the rational forms of Abramowitz and Stegun
// 5.2.38 and 5.2.39 above.
double sine_integral(double x);

}  // namespace waverack::coherent
