#include "waverack/compliance/insertion_loss_fit.hpp"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "waverack/base/units.hpp"
#include "waverack/compliance/spectral_weight.hpp"

namespace waverack::compliance {
namespace {

double loss_of(std::complex<double> s) { return -20.0 * std::log10(std::max(std::abs(s), 1e-15)); }

}  // namespace

double InsertionLossFit::at(double f) const {
  return constant + root * std::sqrt(f) + linear * f + square * f * f;
}

InsertionLossFit fit_insertion_loss(const network::Network& two_port, double symbol_rate,
                                    const InsertionLossFitSettings& settings) {
  if (two_port.ports != 2)
    network::refuse_network(
        two_port, fmt::format("a network of {} ports has no insertion loss", two_port.ports), "a two-port");
  if (!(symbol_rate > 0.0))
    network::refuse_network(two_port, "the symbol rate is not positive", "a symbol rate above 0");
  const double from = settings.lowest_frequency, to = settings.highest_frequency_ratio * symbol_rate;
  // Frequencies as a share of the symbol rate, so that the normal equations are well scaled.
  Eigen::Matrix4d normal = Eigen::Matrix4d::Zero();
  Eigen::Vector4d right = Eigen::Vector4d::Zero();
  std::vector<std::size_t> used;
  for (std::size_t k = 0; k < two_port.points(); ++k) {
    const double f = two_port.frequencies[k];
    if (f < from || f > to) continue;
    const double power = std::norm(two_port.at(k, 2, 1)), x = f / symbol_rate;
    if (power == 0.0)
      network::refuse_network(two_port, "nothing is transmitted at " + format_engineering(f, "Hz"), "a loss");
    const Eigen::Vector4d terms(1.0, std::sqrt(x), x, x * x);
    normal += power * terms * terms.transpose();
    right += power * loss_of(two_port.at(k, 2, 1)) * terms;
    used.push_back(k);
  }
  if (used.size() < 4)
    network::refuse_network(
        two_port,
        fmt::format("there are {} points from {} to {} to fit the insertion loss to", used.size(),
                    format_engineering(from, "Hz"), format_engineering(to, "Hz")),
        "at least four");
  const Eigen::Vector4d a = normal.ldlt().solve(right);
  InsertionLossFit fit;
  fit.constant = a[0];
  fit.root = a[1] / std::sqrt(symbol_rate);
  fit.linear = a[2] / symbol_rate;
  fit.square = a[3] / (symbol_rate * symbol_rate);
  fit.lowest_frequency = two_port.frequencies[used.front()];
  fit.highest_frequency = two_port.frequencies[used.back()];
  double sum = 0.0;
  for (const std::size_t k : used) {
    const double f = two_port.frequencies[k], deviation = loss_of(two_port.at(k, 2, 1)) - fit.at(f);
    sum += deviation * deviation *
           spectral_weight(f, symbol_rate, transmitter_bandwidth(settings.transition_time),
                           settings.receiver_bandwidth_ratio * symbol_rate);
  }
  fit.deviation_rms_db = std::sqrt(sum / static_cast<double>(used.size()));
  return fit;
}

double loss_db(const network::Network& network, int to, int from, double f) {
  const std::vector<double>& grid = network.frequencies;
  if (grid.empty() || f < grid.front() || f > grid.back())
    network::refuse_network(network, "there are no data at " + format_engineering(f, "Hz"),
                            grid.empty() ? std::string()
                                         : fmt::format("{} to {}", format_engineering(grid.front(), "Hz"),
                                                       format_engineering(grid.back(), "Hz")));
  const auto right = static_cast<std::size_t>(std::lower_bound(grid.begin(), grid.end(), f) - grid.begin());
  const double high = loss_of(network.at(right, to, from));
  if (grid[right] == f) return high;
  const double low = loss_of(network.at(right - 1, to, from));
  return low + (high - low) * (f - grid[right - 1]) / (grid[right] - grid[right - 1]);
}

}  // namespace waverack::compliance
