#include "waverack/dsp/volterra.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <string>

#include "waverack/base/error.hpp"

namespace waverack::dsp {
namespace {

using Term = std::vector<int>;

struct Window {
  int first, end;
};

// `count` taps about the cursor.
Window about_cursor(const EqualiserShape& shape, int count) {
  const int first = shape.pre * shape.samples_per_symbol - (count - 1) / 2;
  if (count > 0 && (first < 0 || first + count > tap_count(shape)))
    throw Error("products of " + std::to_string(count) +
                " samples about the cursor need more taps than there are");
  return {first, first + count};
}

double product(const Term& term, const double* u) {
  double value = 1.0;
  for (const int tap : term) value *= u[tap];
  return value;
}

// Calls use(k, u, index) with the scaled samples that the taps see for symbol k, and their places in the
// waveform.
template <class Use>
void for_symbols(std::span<const float> waveform, int samples_per_ui, int phase, const EqualiserShape& shape,
                 double offset, double scale, Use use) {
  const long length = static_cast<long>(waveform.size()), step = samples_per_ui / shape.samples_per_symbol;
  std::vector<double> u(static_cast<std::size_t>(tap_count(shape)));
  std::vector<std::size_t> place(u.size());
  for (long k = 0; k < length / samples_per_ui; ++k) {
    const long latest = phase + (k + shape.pre) * samples_per_ui;
    for (std::size_t i = 0; i < u.size(); ++i) {
      const long index = latest - static_cast<long>(i) * step;
      place[i] = static_cast<std::size_t>(((index % length) + length) % length);
      u[i] = (static_cast<double>(waveform[place[i]]) - offset) * scale;
    }
    use(k, u.data(), place.data());
  }
}

// Σ over the places of a tap in a term: the derivative against tap is the rest of the term.
struct Slope {
  std::size_t term;
  int tap;
  Term rest;
};
std::vector<Slope> slopes(const std::vector<Term>& terms) {
  std::vector<Slope> result;
  for (std::size_t t = 0; t < terms.size(); ++t)
    for (std::size_t place = 0; place < terms[t].size(); ++place) {
      Term rest = terms[t];
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(place));
      result.push_back({t, terms[t][place], std::move(rest)});
    }
  return result;
}

}  // namespace

std::vector<Term> volterra_terms(const VolterraShape& shape) {
  std::vector<Term> terms;
  for (int i = 0; i < tap_count(shape.linear); ++i) terms.push_back({i});
  const Window two = about_cursor(shape.linear, shape.second),
               three = about_cursor(shape.linear, shape.third);
  for (int i = two.first; i < two.end; ++i)
    for (int j = i; j < two.end; ++j) terms.push_back({i, j});
  for (int i = three.first; i < three.end; ++i)
    for (int j = i; j < three.end; ++j)
      for (int l = j; l < three.end; ++l) terms.push_back({i, j, l});
  return terms;
}

void check_volterra(const VolterraShape& shape) {
  const std::size_t terms = volterra_terms(shape).size();
  if (terms >= 400)
    throw Error("a Volterra equaliser of " + std::to_string(terms) + " terms; fewer than 400 are possible");
}

VolterraSums volterra_sums(std::span<const float> waveform, std::span<const float> target, int samples_per_ui,
                           int phase, const VolterraShape& shape) {
  assert(samples_per_ui % shape.linear.samples_per_symbol == 0 &&
         waveform.size() == target.size() * static_cast<std::size_t>(samples_per_ui));
  check_volterra(shape);
  const std::vector<Term> terms = volterra_terms(shape);
  VolterraSums sums;
  double mean = 0.0, square = 0.0;
  for (const float x : waveform) mean += x;
  mean /= static_cast<double>(waveform.size());
  for (const float x : waveform) square += (x - mean) * (x - mean);
  square /= static_cast<double>(waveform.size());
  sums.offset = mean;
  sums.scale = square > 0.0 ? 1.0 / std::sqrt(square) : 1.0;

  sums.monomials = {{}};
  sums.monomials.insert(sums.monomials.end(), terms.begin(), terms.end());
  for (const Slope& slope : slopes(terms))
    if (std::find(sums.monomials.begin(), sums.monomials.end(), slope.rest) == sums.monomials.end())
      sums.monomials.push_back(slope.rest);

  // Blocks of symbols, so that the sums are products of matrices.
  constexpr long block = 256;
  const auto count = static_cast<long>(sums.monomials.size());
  Eigen::MatrixXd values(count, block), moments = Eigen::MatrixXd::Zero(count, count);
  Eigen::VectorXd wanted(block), cross = Eigen::VectorXd::Zero(count);
  long filled = 0;
  const auto add_up = [&] {
    const auto part = values.leftCols(filled);
    moments.selfadjointView<Eigen::Lower>().rankUpdate(part);
    cross += part * wanted.head(filled);
    filled = 0;
  };
  for_symbols(waveform, samples_per_ui, phase, shape.linear, sums.offset, sums.scale,
              [&](long k, const double* u, const std::size_t*) {
                for (long m = 0; m < count; ++m)
                  values(m, filled) = product(sums.monomials[static_cast<std::size_t>(m)], u);
                const double a = target[static_cast<std::size_t>(k)];
                wanted(filled) = a;
                sums.target_square += a * a;
                if (++filled == block) add_up();
              });
  if (filled > 0) add_up();

  const double symbols = static_cast<double>(target.size());
  sums.target_square /= symbols;
  for (long i = 0; i < count; ++i) {
    sums.cross.push_back(cross(i) / symbols);
    for (long j = 0; j < count; ++j)
      sums.moments.push_back(moments(std::max(i, j), std::min(i, j)) / symbols);
  }
  return sums;
}

VolterraEqualiser adapt_volterra(const VolterraSums& sums, std::span<const double> noise,
                                 const VolterraShape& shape) {
  const std::vector<Term> terms = volterra_terms(shape);
  assert(static_cast<int>(noise.size()) >= tap_count(shape.linear));
  const std::size_t columns = sums.monomials.size();
  const auto count = static_cast<long>(terms.size());
  std::map<Term, std::size_t> column;
  for (std::size_t m = 0; m < columns; ++m) column[sums.monomials[m]] = m;
  const auto moment = [&](std::size_t a, std::size_t b) { return sums.moments[a * columns + b]; };

  // Unknowns: the weights, and the bias last.
  Eigen::MatrixXd a(count + 1, count + 1);
  Eigen::VectorXd b(count + 1);
  const auto column_of = [&](long unknown) {
    return unknown < count ? column.at(terms[static_cast<std::size_t>(unknown)]) : column.at({});
  };
  for (long i = 0; i <= count; ++i) {
    b(i) = sums.cross[column_of(i)];
    for (long j = 0; j <= count; ++j) a(i, j) = moment(column_of(i), column_of(j));
  }
  const std::vector<Slope> all = slopes(terms);
  std::vector<std::size_t> rest;
  for (const Slope& slope : all) rest.push_back(column.at(slope.rest));
  for (std::size_t p = 0; p < all.size(); ++p)
    for (std::size_t q = 0; q < all.size(); ++q)
      a(static_cast<long>(all[p].term), static_cast<long>(all[q].term)) +=
          noise[static_cast<std::size_t>(std::abs(all[p].tap - all[q].tap))] * sums.scale * sums.scale *
          moment(rest[p], rest[q]);

  // A pattern of few levels leaves some products without a meaning of their own: PAM2 has no square.
  const Eigen::VectorXd unit = a.diagonal().cwiseMax(1e-300).cwiseSqrt().cwiseInverse();
  Eigen::MatrixXd scaled = unit.asDiagonal() * a * unit.asDiagonal();
  scaled.diagonal().array() += 1e-12;
  const Eigen::VectorXd solution = unit.asDiagonal() * scaled.ldlt().solve(unit.asDiagonal() * b);

  VolterraEqualiser equaliser{shape, sums.offset, sums.scale, solution(count), {}, 0.0};
  equaliser.weights.assign(solution.data(), solution.data() + count);
  equaliser.mean_square_error =
      std::max(sums.target_square - 2.0 * solution.dot(b) + solution.dot(a * solution), 0.0);
  return equaliser;
}

std::vector<float> equalise(const VolterraEqualiser& equaliser, std::span<const float> waveform,
                            int samples_per_ui, int phase) {
  const std::vector<Term> terms = volterra_terms(equaliser.shape);
  std::vector<float> y;
  for_symbols(waveform, samples_per_ui, phase, equaliser.shape.linear, equaliser.offset, equaliser.scale,
              [&](long, const double* u, const std::size_t*) {
                double sum = equaliser.bias;
                for (std::size_t t = 0; t < terms.size(); ++t)
                  sum += equaliser.weights[t] * product(terms[t], u);
                y.push_back(static_cast<float>(sum));
              });
  return y;
}

std::vector<double> mean_slopes(const VolterraEqualiser& equaliser, const VolterraSums& sums) {
  std::vector<double> taps(static_cast<std::size_t>(tap_count(equaliser.shape.linear)), 0.0);
  for (const Slope& slope : slopes(volterra_terms(equaliser.shape))) {
    const auto found = std::find(sums.monomials.begin(), sums.monomials.end(), slope.rest);
    // The first monomial is 1, so these are the means.
    const double mean = sums.moments[static_cast<std::size_t>(found - sums.monomials.begin())];
    taps[static_cast<std::size_t>(slope.tap)] += equaliser.weights[slope.term] * equaliser.scale * mean;
  }
  return taps;
}

std::vector<float> noise_variance(const VolterraEqualiser& equaliser, std::span<const double> noise,
                                  std::span<const float> strength, std::span<const float> waveform,
                                  int samples_per_ui, int phase) {
  const std::vector<Slope> all = slopes(volterra_terms(equaliser.shape));
  const auto taps = static_cast<std::size_t>(tap_count(equaliser.shape.linear));
  assert(noise.size() >= taps && (strength.empty() || strength.size() == waveform.size()));
  std::vector<float> variances;
  std::vector<double> slope(taps);
  for_symbols(waveform, samples_per_ui, phase, equaliser.shape.linear, equaliser.offset, equaliser.scale,
              [&](long, const double* u, const std::size_t* place) {
                std::fill(slope.begin(), slope.end(), 0.0);
                for (const Slope& s : all)
                  slope[static_cast<std::size_t>(s.tap)] +=
                      equaliser.weights[s.term] * equaliser.scale * product(s.rest, u);
                if (!strength.empty())
                  for (std::size_t i = 0; i < taps; ++i) slope[i] *= strength[place[i]];
                double sum = 0.0;
                for (std::size_t i = 0; i < taps; ++i) {
                  sum += slope[i] * slope[i] * noise[0];
                  for (std::size_t j = 0; j < i; ++j) sum += 2.0 * slope[i] * slope[j] * noise[i - j];
                }
                variances.push_back(static_cast<float>(sum));
              });
  return variances;
}

}  // namespace waverack::dsp
