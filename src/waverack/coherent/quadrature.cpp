#include "waverack/coherent/quadrature.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <stdexcept>

namespace waverack::coherent {

GaussNodes gauss_nodes(int count) {
  if (count < 1 || count > 256) throw std::logic_error("gauss_nodes: count is 1 to 256");
  GaussNodes nodes;
  for (int i = 0; i < count; ++i) {
    double x = std::cos(std::numbers::pi * (i + 0.75) / (count + 0.5)), slope = 1.0;
    for (int round = 0; round < 100; ++round) {
      double p = x, before = 1.0;
      for (int k = 2; k <= count; ++k) {
        const double next = ((2 * k - 1) * x * p - (k - 1) * before) / k;
        before = p;
        p = next;
      }
      slope = count * (before - x * p) / (1.0 - x * x);
      const double step = p / slope;
      x -= step;
      if (std::abs(step) < 1e-15) break;
    }
    nodes.at.push_back(0.5 * (1.0 - x));
    nodes.weight.push_back(1.0 / ((1.0 - x * x) * slope * slope));
  }
  return nodes;
}

namespace {

struct Pair {
  double kronrod, gauss;
};

Pair rules(const std::function<double(double)>& function, double low, double high) {
  constexpr std::array<double, 8> at{0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
                                     0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
                                     0.586087235467691130294144691693013, 0.405845151377397166906606412076961,
                                     0.207784955007898467600689403773245, 0.0};
  constexpr std::array<double, 8> wide{
      0.022935322010529224963732008058970, 0.063092092629978553290700663189204,
      0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
      0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
      0.204432940075298892414161999234649, 0.209482141084727828012999174891714};
  constexpr std::array<double, 4> narrow{
      0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
      0.381830050505118944950369775488975, 0.417959183673469387755102040816327};
  const double centre = 0.5 * (low + high), half = 0.5 * (high - low);
  Pair sums{0.0, 0.0};
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double value = i + 1 == at.size()
                             ? function(centre)
                             : function(centre - half * at[i]) + function(centre + half * at[i]);
    sums.kronrod += wide[i] * value;
    if (i % 2 == 1) sums.gauss += narrow[i / 2] * value;
  }
  return {half * sums.kronrod, half * sums.gauss};
}

}  // namespace

Integral integrate(const std::function<double(double)>& function, double low, double high, double tolerance,
                   int panels) {
  struct Piece {
    double low, high;
    Pair sums;
    int depth;
  };
  std::vector<Piece> pieces;
  Integral result;
  double whole = 0.0;
  for (int i = 0; i < panels; ++i) {
    const double a = low + (high - low) * i / panels, b = low + (high - low) * (i + 1) / panels;
    pieces.push_back({a, b, rules(function, a, b), 0});
    whole += std::abs(pieces.back().sums.kronrod);
    result.calls += 15;
  }
  constexpr int deepest = 20;
  while (!pieces.empty()) {
    const Piece piece = pieces.back();
    pieces.pop_back();
    const double error = std::abs(piece.sums.kronrod - piece.sums.gauss);
    const double share = tolerance * whole * (piece.high - piece.low) / (high - low);
    if (error <= share || piece.depth == deepest) {
      result.value += piece.sums.kronrod;
      result.error += error;
      continue;
    }
    const double middle = 0.5 * (piece.low + piece.high);
    pieces.push_back({piece.low, middle, rules(function, piece.low, middle), piece.depth + 1});
    pieces.push_back({middle, piece.high, rules(function, middle, piece.high), piece.depth + 1});
    result.calls += 30;
  }
  return result;
}

double sine_integral(double x) {
  const double size = std::abs(x);
  double value = 0.0;
  if (size < 4.0) {
    double power = size;
    for (int k = 0; k < 30; ++k) {
      value += power / (2 * k + 1);
      power *= -size * size / ((2.0 * k + 2.0) * (2.0 * k + 3.0));
    }
  } else {
    const double s = size * size;
    const double f = (s * (s * (s * (s + 38.027264) + 265.187033) + 335.677320) + 38.102495) /
                     (s * (s * (s * (s + 40.021433) + 322.624911) + 570.236280) + 157.105423) / size;
    const double g = (s * (s * (s * (s + 42.242855) + 302.757865) + 352.018498) + 21.821899) /
                     (s * (s * (s * (s + 48.196927) + 482.485984) + 1114.978885) + 449.690326) / s;
    value = 0.5 * std::numbers::pi - f * std::cos(size) - g * std::sin(size);
  }
  return std::copysign(value, x);
}

}  // namespace waverack::coherent
