#include "waverack/coherent/polarisation.hpp"

#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

#include "waverack/base/random.hpp"

namespace waverack::coherent {
namespace {

using Complex = std::complex<double>;

Stream stream_of(const PolarisationDraw& draw) {
  return {draw.seed, draw.source, draw.element, draw.realisation};
}

// Seven normal values belong to each index: four of a rotation, three of a delay.
std::array<double, 7> normals(const PolarisationDraw& draw, std::uint32_t index) {
  std::array<double, 7> values;
  fill_normal(stream_of(draw), values, std::uint64_t{8} * index);
  return values;
}

Jones rotation_of(const std::array<double, 7>& n) {
  const double norm = std::sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2] + n[3] * n[3]);
  const Complex a(n[0] / norm, n[1] / norm), b(n[2] / norm, n[3] / norm);
  return {a, -std::conj(b), b, std::conj(a)};
}

}  // namespace

Jones random_rotation(const PolarisationDraw& draw, std::uint32_t index) {
  return rotation_of(normals(draw, index));
}

std::vector<PlacedJones> mode_dispersion(const FibreSpan& span, int sections, int places,
                                         const PolarisationDraw& draw) {
  assert(sections >= 1 && places >= 1);
  if (span.pmd == 0.0) return {};
  struct Section {
    Jones rotation;
    double delay = 0.0;
  };
  // Each component of the span's vector has the variance π/8·mean², the sections' share alike.
  const double mean = span.pmd * std::sqrt(span.length);
  const double deviation = mean * std::sqrt(std::numbers::pi / 8.0 / sections);
  std::vector<PlacedJones> result;
  for (int place = 0, next = 0; place < places; ++place) {
    std::vector<Section> group;
    // Light of a section counts at the end of its group, so that the last one lies at the end of the span.
    for (; next < sections * (place + 1) / places; ++next) {
      const auto n = normals(draw, static_cast<std::uint32_t>(next));
      group.push_back({rotation_of(n), deviation * std::sqrt(n[4] * n[4] + n[5] * n[5] + n[6] * n[6])});
    }
    if (group.empty()) continue;
    result.push_back({span.length * (place + 1) / places, [group](double f) {
                        Jones all;
                        for (const Section& s : group) {
                          const Complex early = std::polar(1.0, std::numbers::pi * f * s.delay);
                          all = product(product(s.rotation, {early, 0.0, 0.0, std::conj(early)}), all);
                        }
                        return all;
                      }});
  }
  return result;
}

JonesResponse polarisation_element(const PolarisationElement& element, const PolarisationDraw& draw) {
  const Jones before = random_rotation(draw, 0), behind = random_rotation(draw, 1);
  const double better = std::sqrt(2.0 * element.pdl / (1.0 + element.pdl));
  const double worse = std::sqrt(2.0 / (1.0 + element.pdl));
  return [=, delay = element.dgd](double f) {
    const Complex early = std::polar(1.0, std::numbers::pi * f * delay);
    return product(product(behind, {better * early, 0.0, 0.0, worse * std::conj(early)}), before);
  };
}

double differential_group_delay(const JonesResponse& response, double f, double step) {
  const Jones high = response(f + 0.5 * step), low = response(f - 0.5 * step);
  const Complex determinant = low.xx * low.yy - low.xy * low.yx;
  const Jones inverse{low.yy / determinant, -low.xy / determinant, -low.yx / determinant,
                      low.xx / determinant};
  const Jones m = product(high, inverse);
  const Complex half = 0.5 * (m.xx + m.yy);
  const Complex root = std::sqrt(half * half - (m.xx * m.yy - m.xy * m.yx));
  return std::abs(std::arg((half + root) / (half - root))) / (2.0 * std::numbers::pi * step);
}

}  // namespace waverack::coherent
