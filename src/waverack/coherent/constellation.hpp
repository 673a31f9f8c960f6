#pragma once
// Constellations: their points, and symbols of one polarisation from bits and back.
//
// A label holds the bits of a symbol, b0 first and most significant. Points have unit mean power:
//
//   QPSK   (±1 ± j)/√2; b0 gives the sign of the in-phase part, b1 that of the quadrature part, 0 is
//          negative.
//   16QAM  in-phase level from (b0, b1), quadrature level from (b2, b3); 00, 01, 11, 10 are −3, −1, 1, 3 over
//          √10 (OIF-400ZR; docs/theory/coherent-signal.md, eq. 2). Equal numbers mean QPSK with b1 = b3 = 0.
//   8QAM   two rings of four points, the inner one on the diagonals, the outer one on the axes, with the
//   ratio
//          (1 + √3)/√2 of radii at which all nearest neighbours are equally far. b0 is the ring (1: outer),
//          (b1, b2) the quadrant of the inner ring as in QPSK; an outer point has the (b1, b2) of the inner
//          point 45° before it (eq. 3). *Assumed*: no public text of the standards gives their 8QAM.

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

struct Constellation {
  Format format = Format::qam16;
  std::vector<std::complex<double>> points;  // points[label], shape (2^bits)
  std::vector<double> levels;                // of either part, ascending; empty for 8QAM
  std::vector<double> radii;                 // of the rings, ascending
  bool assumed = false;                      // not from a text of a standard
};

const Constellation& constellation(Format format);

// Symbols of labels, both of the same size; a label beyond the format's is an error of the caller. About 1 ns
// each.
void map_labels(Format format, std::span<const std::uint8_t> labels, std::span<std::complex<float>> symbols);

// Symbols of bits (0 or 1 each); bits.size() = bits_per_symbol·symbols.size().
void map_bits(Format format, std::span<const std::uint8_t> bits, std::span<std::complex<float>> symbols);

// The label of the nearest point.
void decide(Format format, std::span<const std::complex<float>> symbols, std::span<std::uint8_t> labels);

// The nearest points of symbols whose parts lie apart; all spans of the same size. About 1 ns each.
void nearest_points(Format format, std::span<const float> re, std::span<const float> im,
                    std::span<float> point_re, std::span<float> point_im);
std::complex<double> nearest_point(Format format, std::complex<double> symbol);

// 8QAM's points: an inner one has both parts ±`inner`, an outer one has one part ±`outer`, the other is 0.
struct StarLevels {
  double inner, outer;
};
StarLevels star_levels();

// Bits of labels and labels of bits, the most significant first.
void bits_of_labels(Format format, std::span<const std::uint8_t> labels, std::span<std::uint8_t> bits);
void labels_of_bits(Format format, std::span<const std::uint8_t> bits, std::span<std::uint8_t> labels);

}  // namespace waverack::coherent
