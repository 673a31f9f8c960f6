#include "waverack/module/ring_assignment.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "waverack/module/optimal_assignment.hpp"

namespace waverack::module {
namespace {

double modulo(double value, double range) {
  const double rest = value - range * std::floor(value / range);
  // Rounding may leave a full range, which is no more than none.
  return rest < range ? rest : 0.0;
}

double shift_to(const RingBank& bank, double resonance, std::size_t channel) {
  return modulo(static_cast<double>(channel) * bank.spacing - resonance, bank.free_spectral_range);
}

}  // namespace

std::string_view strategy_name(Strategy strategy) {
  switch (strategy) {
    case Strategy::fixed:
      return "fixed order";
    case Strategy::barrel:
      return "barrel shift";
    case Strategy::optimal:
      return "optimal";
  }
  return "?";
}

std::vector<std::size_t> assign(Strategy strategy, const RingBank& bank, std::span<const double> resonances) {
  const std::size_t n = resonances.size();
  if (strategy == Strategy::optimal) {
    std::vector<double> cost(n * n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) cost[i * n + j] = shift_to(bank, resonances[i], j);
    return optimal_assignment(cost, n);
  }
  const auto turned = [&](std::size_t k) {
    std::vector<std::size_t> channel_of(n);
    for (std::size_t i = 0; i < n; ++i) channel_of[i] = (i + k) % n;
    return channel_of;
  };
  std::vector<std::size_t> best = turned(0);
  if (strategy == Strategy::fixed) return best;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < n; ++k) {
    const std::vector<std::size_t> candidate = turned(k);
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i) sum += shift_to(bank, resonances[i], candidate[i]);
    if (sum < least) {
      least = sum;
      best = candidate;
    }
  }
  return best;
}

std::vector<double> heater_shifts(const RingBank& bank, std::span<const double> resonances,
                                  std::span<const std::size_t> channel_of,
                                  std::span<const double> crosstalk) {
  const std::size_t n = resonances.size();
  std::vector<double> wanted(n);
  for (std::size_t i = 0; i < n; ++i) wanted[i] = shift_to(bank, resonances[i], channel_of[i]);
  if (crosstalk.empty()) return wanted;
  const auto size = static_cast<Eigen::Index>(n);
  const Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> matrix(
      crosstalk.data(), size, size);
  const Eigen::PartialPivLU<Eigen::MatrixXd> solver(matrix);
  // Each round moves at least one ring to its next resonance; heaters that warm one another by less than
  // themselves need few.
  for (std::size_t round = 0; round < 8 * n; ++round) {
    const Eigen::VectorXd shifts = solver.solve(Eigen::Map<const Eigen::VectorXd>(wanted.data(), size));
    Eigen::Index coldest = 0;
    if (shifts.minCoeff(&coldest) >= -1e-15) {
      std::vector<double> result(n);
      for (std::size_t i = 0; i < n; ++i) result[i] = std::max(0.0, shifts[static_cast<Eigen::Index>(i)]);
      return result;
    }
    wanted[static_cast<std::size_t>(coldest)] += bank.free_spectral_range;
  }
  throw Error(
      "the crosstalk of the heaters leaves no setting: a heater must warm its own ring more than all "
      "others together do");
}

std::vector<double> draw_resonances(const RingBank& bank, const AssignmentSettings& settings,
                                    const Stream& stream) {
  const auto n = static_cast<std::size_t>(bank.channels);
  std::vector<double> normal(1 + 2 * n), resonances(n);
  fill_normal(stream, normal);
  const double common = settings.common_spread * normal[0];
  constexpr double one_centimetre = 0.01;
  const double walk_step = settings.difference_spread * std::sqrt(settings.pitch / one_centimetre);
  double walk = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) walk += walk_step * normal[1 + i];
    resonances[i] =
        static_cast<double>(i) * bank.spacing + common + walk + settings.local_spread * normal[1 + n + i];
  }
  return resonances;
}

std::vector<HeaterPower> compare_assignments(const RingBank& bank, const AssignmentSettings& settings,
                                             const Stream& stream) {
  const std::vector<double> crosstalk = settings.heater_crosstalk.empty()
                                            ? std::vector<double>{}
                                            : crosstalk_matrix(settings.heater_crosstalk, bank.channels);
  std::vector<HeaterPower> results;
  for (const Strategy strategy : strategies) results.push_back({strategy, 0.0, 0.0, 0.0, {}});
  for (int b = 0; b < settings.banks; ++b) {
    Stream own = stream;
    own.block = static_cast<std::uint32_t>(b);
    const std::vector<double> resonances = draw_resonances(bank, settings, own);
    for (HeaterPower& result : results) {
      const std::vector<double> shifts =
          heater_shifts(bank, resonances, assign(result.strategy, bank, resonances), crosstalk);
      const double sum = std::accumulate(shifts.begin(), shifts.end(), 0.0);
      result.of_banks.push_back(sum / bank.channels / bank.heater_efficiency);
      result.largest =
          std::max(result.largest, *std::max_element(shifts.begin(), shifts.end()) / bank.heater_efficiency);
    }
  }
  for (HeaterPower& result : results) {
    std::sort(result.of_banks.begin(), result.of_banks.end());
    const auto count = static_cast<double>(result.of_banks.size());
    result.mean = std::accumulate(result.of_banks.begin(), result.of_banks.end(), 0.0) / count;
    result.percentile_95 = result.of_banks[static_cast<std::size_t>(std::ceil(0.95 * count)) - 1];
  }
  return results;
}

std::vector<double> crosstalk_matrix(std::span<const double> shares, int channels) {
  const auto n = static_cast<std::size_t>(channels);
  std::vector<double> matrix(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const std::size_t away = i > j ? i - j : j - i;
      if (away == 0)
        matrix[i * n + j] = 1.0;
      else if (away <= shares.size())
        matrix[i * n + j] = shares[away - 1];
    }
  return matrix;
}

}  // namespace waverack::module
