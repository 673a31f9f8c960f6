#include "waverack/coherent/butterfly_equaliser.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "waverack/coherent/constellation.hpp"
#include "waverack/coherent/resampling_kernels.hpp"

namespace waverack::coherent {
namespace {

constexpr std::size_t blind_block = 32;

struct Rings {
  float modulus;  // E|a|⁴/E|a|²
  std::vector<float> powers;
};

Rings rings(Format format) {
  Rings result{0.0f, {}};
  const Constellation& points = constellation(format);
  double fourth = 0.0;
  for (const std::complex<double>& point : points.points) fourth += std::norm(point) * std::norm(point);
  result.modulus = static_cast<float>(fourth / static_cast<double>(points.points.size()));
  for (const double radius : points.radii) result.powers.push_back(static_cast<float>(radius * radius));
  return result;
}

}  // namespace

void SymbolPlanes::push(std::span<const Sample> x, std::span<const Sample> y) {
  assert(x.size() == y.size() && x.size() % 2 == 0);
  const std::size_t more = x.size() / 2;
  std::array<float*, equaliser_planes> to;
  for (std::size_t p = 0; p < planes_.size(); ++p) {
    planes_[p].resize(symbols_ + more + slack);
    to[p] = planes_[p].data() + symbols_;
  }
  split_planes(x.data(), y.data(), more, to);
  symbols_ += more;
}

void SymbolPlanes::drop_front(std::size_t symbols) {
  assert(symbols <= symbols_);
  for (auto& plane : planes_)
    plane.erase(plane.begin(), plane.begin() + static_cast<std::ptrdiff_t>(symbols));
  symbols_ -= symbols;
}

Planes SymbolPlanes::from(std::size_t symbol) const {
  Planes result{};
  for (std::size_t p = 0; p < planes_.size(); ++p) result[p] = planes_[p].data() + symbol;
  return result;
}

void equalise(const ButterflyTaps& taps, const SymbolPlanes& in, std::size_t first, std::size_t count,
              SymbolParts& out) {
  const std::size_t before = out[0].size(), room = (count + 31) / 32 * 32;
  std::array<float*, 4> to;
  for (std::size_t p = 0; p < 4; ++p) {
    out[p].resize(before + room);
    to[p] = out[p].data() + before;
  }
  equalise(in.from(first), taps.values.data(), static_cast<std::size_t>(taps.count), count, to);
  for (auto& plane : out) plane.resize(before + count);
}

void descend(ButterflyTaps& taps, const SymbolPlanes& in, std::size_t first, std::size_t count,
             const std::array<const float*, 4>& error, double step, double power) {
  assert(count % 16 == 0);
  std::array<float, 8 * 64> gradient;
  equaliser_gradient(in.from(first), error, static_cast<std::size_t>(taps.count), count, gradient.data());
  const auto scale = static_cast<float>(step / (static_cast<double>(count) * power));
  for (std::size_t i = 0; i < taps.values.size(); ++i) taps.values[i] += scale * gradient[i];
}

double adapt_blind(ButterflyTaps& taps, const SymbolPlanes& in, std::size_t first, std::size_t count,
                   Format format, BlindRule rule, double step, double power) {
  const Rings ring = rings(format);
  std::array<std::array<float, blind_block>, 4> y, error;
  const std::array<float*, 4> to{y[0].data(), y[1].data(), y[2].data(), y[3].data()};
  const std::array<const float*, 4> errors{error[0].data(), error[1].data(), error[2].data(),
                                           error[3].data()};
  double squares = 0.0;
  std::size_t done = 0;
  for (; done + blind_block <= count; done += blind_block) {
    equalise(in.from(first + done), taps.values.data(), static_cast<std::size_t>(taps.count), blind_block,
             to);
    for (std::size_t a = 0; a < 4; a += 2)
      for (std::size_t k = 0; k < blind_block; ++k) {
        const float modulus = y[a][k] * y[a][k] + y[a + 1][k] * y[a + 1][k];
        float aim = ring.modulus;
        if (rule == BlindRule::radius_directed) {
          aim = ring.powers[0];
          for (const float p : ring.powers)
            if (std::abs(modulus - p) < std::abs(modulus - aim)) aim = p;
        }
        const float e = aim - modulus;
        error[a][k] = e * y[a][k];
        error[a + 1][k] = e * y[a + 1][k];
        squares += static_cast<double>(e * e);
      }
    descend(taps, in, first + done, blind_block, errors, step, power);
  }
  return done > 0 ? squares / (2.0 * static_cast<double>(done)) : 0.0;
}

double independence(const ButterflyTaps& taps) {
  using Complex = std::complex<double>;
  constexpr int points = 9;
  double determinants = 0.0, norms = 0.0;
  for (int p = 0; p < points; ++p) {
    const double f = (static_cast<double>(p) / (points - 1) - 0.5) * 0.25;  // of two samples per symbol
    Complex w[2][2] = {};
    for (int a = 0; a < 2; ++a)
      for (int b = 0; b < 2; ++b)
        for (int i = 0; i < taps.count; ++i)
          w[a][b] += Complex(taps.get(a, b, i)) * std::polar(1.0, -2.0 * std::numbers::pi * f * i);
    determinants += std::abs(w[0][0] * w[1][1] - w[0][1] * w[1][0]);
    norms += std::norm(w[0][0]) + std::norm(w[0][1]) + std::norm(w[1][0]) + std::norm(w[1][1]);
  }
  return norms > 0.0 ? 2.0 * determinants / norms : 0.0;
}

void repair_singularity(ButterflyTaps& taps) {
  for (int i = 0; i < taps.count; ++i) {
    taps.set(1, 0, i, -std::conj(taps.get(0, 1, taps.count - 1 - i)));
    taps.set(1, 1, i, std::conj(taps.get(0, 0, taps.count - 1 - i)));
  }
}

}  // namespace waverack::coherent
