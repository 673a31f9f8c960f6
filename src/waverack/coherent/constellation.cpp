#include "waverack/coherent/constellation.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace waverack::coherent {

namespace {

using Points = std::vector<std::complex<double>>;

Points qpsk_points() {
  const double a = 1.0 / std::numbers::sqrt2;
  return {{-a, -a}, {-a, a}, {a, -a}, {a, a}};
}

Points qam16_points() {
  // Index b0·2 + b1: Gray.
  constexpr std::array<double, 4> level{-3.0, -1.0, 3.0, 1.0};
  const double scale = 1.0 / std::sqrt(10.0);
  Points points;
  for (std::size_t label = 0; label < 16; ++label)
    points.emplace_back(scale * level[label >> 2], scale * level[label & 3]);
  return points;
}

Points qam8_points() {
  const double ratio = (1.0 + std::numbers::sqrt3) / std::numbers::sqrt2;
  const double inner = std::sqrt(2.0 / (1.0 + ratio * ratio));
  Points points;
  for (const std::complex<double>& direction : qpsk_points()) points.push_back(inner * direction);
  const std::complex<double> turn = std::polar(ratio, std::numbers::pi / 4.0);
  for (std::size_t i = 0; i < 4; ++i) points.push_back(points[i] * turn);
  // What lies on the axes is exactly there.
  for (std::size_t i = 4; i < 8; ++i) {
    const bool real = std::abs(points[i].real()) > std::abs(points[i].imag());
    points[i] = real ? std::complex(std::copysign(ratio * inner, points[i].real()), 0.0)
                     : std::complex(0.0, std::copysign(ratio * inner, points[i].imag()));
  }
  return points;
}

Constellation make(Format format) {
  switch (format) {
    case Format::qpsk: {
      const double a = 1.0 / std::numbers::sqrt2;
      return {format, qpsk_points(), {-a, a}, {1.0}, false};
    }
    case Format::qam8: {
      const Points points = qam8_points();
      return {format, points, {}, {std::abs(points[0]), std::abs(points[4])}, true};
    }
    case Format::qam16:
      break;
  }
  const double a = 1.0 / std::sqrt(10.0);
  return {Format::qam16,
          qam16_points(),
          {-3.0 * a, -a, a, 3.0 * a},
          {std::sqrt(0.2), 1.0, std::sqrt(1.8)},
          false};
}

using Table = std::array<std::complex<float>, 16>;

Table table_of(Format format) {
  Table table{};
  const Points& points = constellation(format).points;
  for (std::size_t i = 0; i < points.size(); ++i) table[i] = std::complex<float>(points[i]);
  return table;
}

template <int bits>
std::uint8_t label_at(const std::uint8_t* from) {
  unsigned label = 0;
  for (int b = 0; b < bits; ++b) label = label << 1 | (from[b] & 1U);
  return static_cast<std::uint8_t>(label);
}

// Calls use(integral_constant of the number of bits).
template <class Use>
void with_bits(Format format, Use use) {
  switch (format) {
    case Format::qpsk:
      return use(std::integral_constant<int, 2>());
    case Format::qam8:
      return use(std::integral_constant<int, 3>());
    case Format::qam16:
      return use(std::integral_constant<int, 4>());
  }
}

std::uint8_t nearest_star(std::complex<float> y, const Table& points) {
  float best = std::norm(y - points[0]);
  std::uint8_t label = 0;
  for (std::uint8_t i = 1; i < 8; ++i) {
    const float distance = std::norm(y - points[i]);
    if (distance < best) {
      best = distance;
      label = i;
    }
  }
  return label;
}

// One decision for each format: what is nearest in a symbol's parts.
template <class Real>
struct NearestQpsk {
  Real level = static_cast<Real>(1.0 / std::numbers::sqrt2);
  void operator()(Real re, Real im, Real& point_re, Real& point_im) const {
    point_re = std::copysign(level, re);
    point_im = std::copysign(level, im);
  }
};

template <class Real>
struct NearestSquare {
  Real level = static_cast<Real>(1.0 / std::sqrt(10.0));
  Real part(Real v) const { return std::copysign(std::abs(v) > 2 * level ? 3 * level : level, v); }
  void operator()(Real re, Real im, Real& point_re, Real& point_im) const {
    point_re = part(re);
    point_im = part(im);
  }
};

// The nearest of the inner ring has the signs of both parts, that of the outer ring lies on the axis of the
// larger part. Of the difference of their squared distances the squares of the symbol cancel.
template <class Real>
struct NearestStar {
  Real inner = static_cast<Real>(star_levels().inner), outer = static_cast<Real>(star_levels().outer);
  Real limit = (outer * outer - 2 * inner * inner) / 2;
  void operator()(Real re, Real im, Real& point_re, Real& point_im) const {
    const Real a = std::abs(re), b = std::abs(im);
    const bool far = outer * std::max(a, b) - inner * (a + b) > limit;
    point_re = std::copysign(far ? (a >= b ? outer : Real(0)) : inner, re);
    point_im = std::copysign(far ? (a >= b ? Real(0) : outer) : inner, im);
  }
};

template <class Real, class Use>
void with_nearest(Format format, Use use) {
  switch (format) {
    case Format::qpsk:
      return use(NearestQpsk<Real>());
    case Format::qam8:
      return use(NearestStar<Real>());
    case Format::qam16:
      return use(NearestSquare<Real>());
  }
}

}  // namespace

StarLevels star_levels() {
  const Constellation& star = constellation(Format::qam8);
  return {star.radii[0] / std::numbers::sqrt2, star.radii[1]};
}

void nearest_points(Format format, std::span<const float> re, std::span<const float> im,
                    std::span<float> point_re, std::span<float> point_im) {
  assert(re.size() == im.size() && re.size() == point_re.size() && re.size() == point_im.size());
  with_nearest<float>(format, [&](const auto nearest) {
    for (std::size_t i = 0; i < re.size(); ++i) nearest(re[i], im[i], point_re[i], point_im[i]);
  });
}

std::complex<double> nearest_point(Format format, std::complex<double> symbol) {
  double re = 0.0, im = 0.0;
  with_nearest<double>(format, [&](const auto nearest) { nearest(symbol.real(), symbol.imag(), re, im); });
  return {re, im};
}

const Constellation& constellation(Format format) {
  static const std::array<Constellation, 3> all{make(Format::qpsk), make(Format::qam8), make(Format::qam16)};
  return all[static_cast<std::size_t>(format)];
}

void map_labels(Format format, std::span<const std::uint8_t> labels, std::span<std::complex<float>> symbols) {
  assert(labels.size() == symbols.size());
  const Table table = table_of(format);
  for (std::size_t i = 0; i < symbols.size(); ++i) symbols[i] = table[labels[i] & 15U];
}

void map_bits(Format format, std::span<const std::uint8_t> bits, std::span<std::complex<float>> symbols) {
  assert(bits.size() == symbols.size() * static_cast<std::size_t>(bits_per_symbol(format)));
  const Table table = table_of(format);
  with_bits(format, [&](auto count) {
    const std::uint8_t* from = bits.data();
    for (std::complex<float>& symbol : symbols) {
      symbol = table[label_at<count>(from)];
      from += count;
    }
  });
}

void decide(Format format, std::span<const std::complex<float>> symbols, std::span<std::uint8_t> labels) {
  assert(labels.size() == symbols.size());
  switch (format) {
    case Format::qpsk:
      for (std::size_t i = 0; i < symbols.size(); ++i)
        labels[i] = static_cast<std::uint8_t>((symbols[i].real() >= 0.0F ? 2 : 0) |
                                              (symbols[i].imag() >= 0.0F ? 1 : 0));
      return;
    case Format::qam8: {
      const Table table = table_of(format);
      for (std::size_t i = 0; i < symbols.size(); ++i) labels[i] = nearest_star(symbols[i], table);
      return;
    }
    case Format::qam16: {
      const float threshold = 2.0F / std::sqrt(10.0F);
      const auto pair = [threshold](float y) {
        return (y >= 0.0F ? 2 : 0) | (std::abs(y) < threshold ? 1 : 0);
      };
      for (std::size_t i = 0; i < symbols.size(); ++i)
        labels[i] = static_cast<std::uint8_t>(pair(symbols[i].real()) << 2 | pair(symbols[i].imag()));
      return;
    }
  }
}

void bits_of_labels(Format format, std::span<const std::uint8_t> labels, std::span<std::uint8_t> bits) {
  assert(bits.size() == labels.size() * static_cast<std::size_t>(bits_per_symbol(format)));
  with_bits(format, [&](auto count) {
    std::uint8_t* to = bits.data();
    for (const std::uint8_t label : labels)
      for (int b = count - 1; b >= 0; --b) *to++ = static_cast<std::uint8_t>(label >> b & 1);
  });
}

void labels_of_bits(Format format, std::span<const std::uint8_t> bits, std::span<std::uint8_t> labels) {
  assert(bits.size() == labels.size() * static_cast<std::size_t>(bits_per_symbol(format)));
  with_bits(format, [&](auto count) {
    const std::uint8_t* from = bits.data();
    for (std::uint8_t& label : labels) {
      label = label_at<count>(from);
      from += count;
    }
  });
}

}  // namespace waverack::coherent
