#include "waverack/link/baseline_wander.hpp"

#include <Eigen/Cholesky>
#include <cmath>
#include <numbers>

namespace waverack::link {
namespace {

std::vector<double> corners_of(std::span<const HighPass> list) {
  std::vector<double> corners;
  for (const HighPass& item : list) corners.push_back(item.corner);
  return corners;
}

// Root mean square of the symbols of a transmitter, through its FIR as slow signals see it [V].
double symbol_rms(const parts::HostTransmitter& transmitter, int levels) {
  double mean = 0.0, square = 0.0, fir = 0.0;
  for (const double v : parts::level_voltages(transmitter, levels)) {
    mean += v / levels;
    square += v * v / levels;
  }
  for (const double tap : transmitter.taps) fir += tap;
  return fir * std::sqrt(square - mean * mean);
}

}  // namespace

std::string wander_path(const Element& element) { return "lane.chain." + element.name + ".wander"; }

std::vector<HighPass> high_passes(const Segment& segment, const Propagation& propagation,
                                  const parts::Conditions& conditions, const Without& without) {
  std::vector<HighPass> list;
  double rms = symbol_rms(segment.transmitter, conditions.levels);
  bool in_light = false;
  std::size_t nonlinear = 0;
  for (std::size_t e = 0; e < segment.elements.size(); ++e) {
    const Element& element = segment.elements[e];
    if (element.high_pass_corner > 0.0 && !without.noises.contains(wander_path(element)))
      list.push_back({wander_path(element), e, element.high_pass_corner, rms});
    if (element.kind == Element::Kind::linear) {
      const std::complex<double> gain = element.response(0.0);
      rms *= in_light ? std::norm(gain) : gain.real();
    } else if (element.kind == Element::Kind::nonlinear) {
      rms *= propagation.trajectories[nonlinear++]->slow_gain;
      if (in_light) rms /= without.attenuation;
      in_light = element.domain == parts::Domain::field;
    }
  }
  return list;
}

std::vector<double> wander_covariance(std::span<const double> corners, double symbol_rate) {
  const std::size_t n = corners.size();
  std::vector<double> c(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i; j < n; ++j) {
      double held = corners[i] * corners[j] * 2.0 * std::numbers::pi / symbol_rate;
      for (std::size_t k = 0; k < i; ++k) held -= corners[i] * c[k * n + j];
      for (std::size_t k = 0; k < j; ++k) held -= corners[j] * c[i * n + k];
      c[i * n + j] = c[j * n + i] = held / (corners[i] + corners[j]);
    }
  return c;
}

std::vector<double> wander_variances(std::span<const HighPass> list, double symbol_rate) {
  const std::size_t n = list.size();
  const std::vector<double> c = wander_covariance(corners_of(list), symbol_rate);
  std::vector<double> variances;
  for (std::size_t i = 0; i < n; ++i) {
    double added = c[i * n + i];
    for (std::size_t k = 0; k < i; ++k) added += 2.0 * c[i * n + k];
    variances.push_back(added * list[i].data_rms * list[i].data_rms);
  }
  return variances;
}

std::vector<double> wander_root(std::span<const HighPass> list, double symbol_rate) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto n = static_cast<long>(list.size());
  const std::vector<double> c = wander_covariance(corners_of(list), symbol_rate);
  Matrix root = Eigen::Map<const Matrix>(c.data(), n, n).llt().matrixL();
  for (long i = 0; i < n; ++i) root.row(i) *= list[static_cast<std::size_t>(i)].data_rms;
  return {root.data(), root.data() + root.size()};
}

}  // namespace waverack::link
