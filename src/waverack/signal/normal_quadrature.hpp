#pragma once
// The integral of the normal density φ over one step.

namespace waverack::signal {

// Of a function from a to b = a + h: h/2·(f(a) + f(b)) + 3h²/28·(f'(a) − f'(b)) + h³/84·(f''(a) + f''(b)) +
// h⁴/1680·(f'''(a) − f'''(b)) but for h⁹/25401600·f⁽⁸⁾. The first derivatives of φ are −z, z² − 1 and 3z − z³
// times φ, so its integral is φ(b)·(even + odd)(b) + φ(a)·(even − odd)(a). h > 0.
struct NormalQuadrature {
  explicit constexpr NormalQuadrature(double h)
      : square(h * h * h / 84.0),
        fixed(0.5 * h - square),
        cube(h * h * h * h / 1680.0),
        line(3.0 * h * h / 28.0 - 3.0 * cube) {}
  constexpr double even(double z) const { return square * z * z + fixed; }
  constexpr double odd(double z) const { return z * (cube * z * z + line); }

  double square, fixed, cube, line;
};

}  // namespace waverack::signal
