#include "waverack/study/response_surface.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "waverack/base/low_discrepancy.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::study {
namespace {

constexpr std::uint32_t places_source = 0xD1E0'0003u;
// Pursuit ends when this many terms in a row have not made the error smaller.
constexpr int patience = 12;

// Of unit variance for a normal variable.
double hermite(int degree, double x) {
  switch (degree) {
    case 0:
      return 1.0;
    case 1:
      return x;
    case 2:
      return (x * x - 1.0) * std::sqrt(0.5);
    default:
      return (x * x - 3.0) * x * std::sqrt(1.0 / 6.0);
  }
}

std::vector<SurfaceTerm> dictionary(int variables) {
  std::vector<SurfaceTerm> terms{{}};
  for (int degree = 1; degree <= 3; ++degree)
    for (int v = 0; v < variables; ++v) terms.push_back({v, degree});
  for (int v = 0; v < variables; ++v)
    for (int w = v + 1; w < variables; ++w) terms.push_back({v, 1, w, 1});
  return terms;
}

double term_at(const SurfaceTerm& term, std::span<const double> at) {
  if (term.first < 0) return 1.0;
  const double value = hermite(term.first_degree, at[static_cast<std::size_t>(term.first)]);
  return term.second < 0 ? value
                         : value * hermite(term.second_degree, at[static_cast<std::size_t>(term.second)]);
}

}  // namespace

ResponseSurface::ResponseSurface(std::vector<SurfaceTerm> terms, double scale)
    : terms_(std::move(terms)), scale_(scale) {}

double ResponseSurface::operator()(std::span<const double> at) const {
  const double shrink = 1.0 / scale_;
  double sum = 0.0;
  for (const SurfaceTerm& term : terms_) {
    double value = term.weight;
    if (term.first >= 0)
      value *= hermite(term.first_degree, shrink * at[static_cast<std::size_t>(term.first)]);
    if (term.second >= 0)
      value *= hermite(term.second_degree, shrink * at[static_cast<std::size_t>(term.second)]);
    sum += value;
  }
  return sum;
}

std::vector<double> surface_places(int count, int variables, double scale, std::uint64_t seed) {
  const Stream name{seed, places_source, 0, 0};
  const int even = std::min(variables, most_sobol_dimensions);
  const SobolPoints points(std::max(even, 1), name);
  std::vector<double> places(static_cast<std::size_t>(count) * static_cast<std::size_t>(variables));
  for (int i = 0; i < count; ++i) {
    const auto row =
        std::span(places).subspan(static_cast<std::size_t>(i) * static_cast<std::size_t>(variables),
                                  static_cast<std::size_t>(variables));
    for (int d = 0; d < even; ++d)
      row[static_cast<std::size_t>(d)] = -signal::inverse_q(points.at(static_cast<std::uint32_t>(i), d));
    if (even < variables)
      fill_normal({seed, places_source, 1, static_cast<std::uint32_t>(i)},
                  row.subspan(static_cast<std::size_t>(even)));
    for (double& x : row) x *= scale;
  }
  return places;
}

ResponseSurface fit_surface(std::span<const double> places, int variables, double scale,
                            std::span<const double> values, double tolerance) {
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::isfinite(values[i])) used.push_back(i);
  if (used.size() < 3) throw std::logic_error("fit_surface: too few values");
  const auto rows = static_cast<Eigen::Index>(used.size());

  std::vector<SurfaceTerm> terms = dictionary(variables);
  Eigen::MatrixXd columns(rows, static_cast<Eigen::Index>(terms.size()));
  Eigen::VectorXd value(rows);
  std::vector<double> at(static_cast<std::size_t>(variables));
  for (Eigen::Index r = 0; r < rows; ++r) {
    const std::size_t i = used[static_cast<std::size_t>(r)];
    for (int v = 0; v < variables; ++v)
      at[static_cast<std::size_t>(v)] =
          places[i * static_cast<std::size_t>(variables) + static_cast<std::size_t>(v)] / scale;
    for (std::size_t t = 0; t < terms.size(); ++t)
      columns(r, static_cast<Eigen::Index>(t)) = term_at(terms[t], at);
    value(r) = values[i];
  }
  const Eigen::VectorXd length = columns.colwise().norm().cwiseMax(1e-300);

  // Taken columns are made orthonormal one after the other, so that the residual and the diagonal of the hat
  // matrix follow at once.
  Eigen::MatrixXd basis(rows, rows);
  Eigen::VectorXd residual = value, leverage = Eigen::VectorXd::Zero(rows);
  std::vector<Eigen::Index> taken;
  std::vector<bool> is_taken(terms.size(), false);
  double least = std::numeric_limits<double>::infinity();
  std::size_t best = 0;
  // The correction for the number of terms wants more places than terms.
  const auto most = static_cast<std::size_t>(0.6 * static_cast<double>(rows));
  while (taken.size() < std::min(most, terms.size()) && taken.size() < best + patience) {
    Eigen::Index next = 0;
    if (!taken.empty()) {
      const Eigen::VectorXd match = (columns.transpose() * residual).cwiseAbs().cwiseQuotient(length);
      double largest = -1.0;
      for (Eigen::Index t = 0; t < match.size(); ++t)
        if (!is_taken[static_cast<std::size_t>(t)] && match(t) > largest) largest = match(t), next = t;
      if (largest <= 0.0) break;
    }
    is_taken[static_cast<std::size_t>(next)] = true;
    Eigen::VectorXd direction = columns.col(next);
    const auto count = static_cast<Eigen::Index>(taken.size());
    for (int pass = 0; pass < 2; ++pass)  // once more against rounding
      direction -= basis.leftCols(count) * (basis.leftCols(count).transpose() * direction);
    const double norm = direction.norm();
    if (norm < 1e-8 * length(next)) continue;  // a combination of those that are taken
    basis.col(count) = direction / norm;
    taken.push_back(next);
    residual -= basis.col(count) * basis.col(count).dot(residual);
    leverage += basis.col(count).cwiseAbs2();
    const double n = static_cast<double>(rows), k = static_cast<double>(taken.size());
    double sum = 0.0;
    for (Eigen::Index r = 0; r < rows; ++r)
      sum += std::pow(residual(r) / std::max(1.0 - leverage(r), 1e-6), 2);
    const double error = std::sqrt(sum / n * (n + k) / (n - k));
    if (error < least) least = error, best = taken.size();
    if (error < tolerance) break;
  }

  Eigen::MatrixXd chosen(rows, static_cast<Eigen::Index>(best));
  for (std::size_t t = 0; t < best; ++t) chosen.col(static_cast<Eigen::Index>(t)) = columns.col(taken[t]);
  const Eigen::VectorXd weights = chosen.colPivHouseholderQr().solve(value);
  std::vector<SurfaceTerm> kept;
  for (std::size_t t = 0; t < best; ++t) {
    kept.push_back(terms[static_cast<std::size_t>(taken[t])]);
    kept.back().weight = weights(static_cast<Eigen::Index>(t));
  }
  ResponseSurface surface(std::move(kept), scale);
  surface.leave_one_out_rms = least;
  return surface;
}

}  // namespace waverack::study
