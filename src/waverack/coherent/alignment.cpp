#include "waverack/coherent/alignment.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>
#include <vector>

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/coherent/alignment.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Everything down to HWY_AFTER_NAMESPACE is compiled once for each instruction set.
HWY_BEFORE_NAMESPACE();
namespace waverack::coherent {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Tag>;

// plain[n] = |Σ_k d[n + k]·conj(ref[k])|² and conjugated[n] = |Σ_k d[n + k]·ref[k]|² for n < places, a
// multiple of 16; d and ref as arrays of real and imaginary parts.
void correlate(std::size_t places, std::size_t length, const float* re, const float* im, const float* ref_re,
               const float* ref_im, float* plain, float* conjugated) {
  const Tag d;
  for (std::size_t n = 0; n < places; n += hn::Lanes(d)) {
    Vector rr = hn::Zero(d), ii = hn::Zero(d), ir = hn::Zero(d), ri = hn::Zero(d);
    for (std::size_t k = 0; k < length; ++k) {
      const Vector a = hn::LoadU(d, re + n + k), b = hn::LoadU(d, im + n + k);
      const Vector u = hn::Set(d, ref_re[k]), v = hn::Set(d, ref_im[k]);
      rr = hn::MulAdd(a, u, rr);
      ii = hn::MulAdd(b, v, ii);
      ir = hn::MulAdd(b, u, ir);
      ri = hn::MulAdd(a, v, ri);
    }
    const auto square = [](Vector x, Vector y) { return hn::MulAdd(x, x, hn::Mul(y, y)); };
    hn::StoreU(square(hn::Add(rr, ii), hn::Sub(ir, ri)), d, plain + n);
    hn::StoreU(square(hn::Sub(rr, ii), hn::Add(ir, ri)), d, conjugated + n);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::coherent
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::coherent {

HWY_EXPORT(correlate);

namespace {

constexpr std::size_t block = 4096;  // places at once
constexpr std::size_t padding = 16;

// Products of neighbours, their parts apart: product k is z[k + 1]·conj(z[k]).
struct Products {
  std::vector<float> re, im;
  double power = 0.0;  // Σ|d|²

  explicit Products(std::span<const std::complex<float>> z, std::size_t spare = 0)
      : re(z.size() - 1 + spare), im(z.size() - 1 + spare) {
    for (std::size_t k = 0; k + 1 < z.size(); ++k) {
      re[k] = z[k + 1].real() * z[k].real() + z[k + 1].imag() * z[k].imag();
      im[k] = z[k + 1].imag() * z[k].real() - z[k + 1].real() * z[k].imag();
      power += double{re[k]} * re[k] + double{im[k]} * im[k];
    }
  }
};

std::span<const std::complex<float>> head(const Frame& frame, bool is_y) {
  return std::span(is_y ? frame.known_y : frame.known_x).first(static_cast<std::size_t>(head_symbols(frame)));
}

// Correlations of every place with x and y, plain and conjugated: kind 2·is_y + conjugated.
class Search {
 public:
  Search(const Frame& frame, std::span<const std::complex<float>> received)
      : references_{Products(head(frame, false)), Products(head(frame, true))},
        length_(references_[0].re.size()),
        places_(received.size() > length_ ? received.size() - length_ : 0),
        products_(received, block + padding) {
    // Σ|d|² over the head from each place on.
    powers_.resize(places_);
    double sum = 0.0;
    for (std::size_t n = 0; n < places_ + length_ - 1; ++n) {
      sum += power_at(n);
      if (n + 1 < length_) continue;
      powers_[n + 1 - length_] = sum;
      sum = std::max(0.0, sum - power_at(n + 1 - length_));
    }
  }

  std::size_t places() const { return places_; }

  // Fills rows of `block` values for the places from `first` on; returns how many places count.
  std::size_t run(std::size_t first, std::array<std::array<float, block>, 4>& rows) const {
    const std::size_t count = std::min(block, places_ - first);
    for (std::size_t y = 0; y < 2; ++y) {
      HWY_DYNAMIC_DISPATCH(correlate)
      ((count + padding - 1) / padding * padding, length_, products_.re.data() + first,
       products_.im.data() + first, references_[y].re.data(), references_[y].im.data(), rows[2 * y].data(),
       rows[2 * y + 1].data());
      for (std::size_t n = 0; n < count; ++n) {
        const double all = powers_[first + n] * references_[y].power;
        const float scale = all > 0.0 ? static_cast<float>(1.0 / all) : 0.0F;
        rows[2 * y][n] *= scale;
        rows[2 * y + 1][n] *= scale;
      }
    }
    return count;
  }

 private:
  double power_at(std::size_t n) const {
    return double{products_.re[n]} * products_.re[n] + double{products_.im[n]} * products_.im[n];
  }

  std::array<Products, 2> references_;
  std::size_t length_, places_;
  Products products_;
  std::vector<double> powers_;
};

// What is known once the place is: frequency and phase.
Alignment refine(const Frame& frame, std::span<const std::complex<float>> received, std::size_t start,
                 std::size_t kind, double correlation) {
  Alignment result;
  result.start = start;
  result.is_y = kind >= 2;
  result.conjugated = kind % 2 == 1;
  result.correlation = correlation;

  const std::span<const std::complex<float>> known = head(frame, result.is_y);
  std::vector<std::complex<double>> turned(known.size());
  for (std::size_t k = 0; k < known.size(); ++k) {
    const std::complex<double> sent(known[k]);
    turned[k] = std::complex<double>(received[start + k]) * (result.conjugated ? sent : std::conj(sent));
  }
  std::complex<double> products{};
  for (std::size_t k = 0; k + 1 < turned.size(); ++k) products += turned[k + 1] * std::conj(turned[k]);
  double step = std::arg(products);  // [rad] per symbol

  // The slope of what phase is left, and the phase, both about the middle of the head, where they do not
  // disturb one another.
  const double middle = 0.5 * static_cast<double>(known.size() - 1);
  std::complex<double> sum{};
  for (std::size_t k = 0; k < turned.size(); ++k) {
    turned[k] *= std::polar(1.0, -step * (static_cast<double>(k) - middle));
    sum += turned[k];
  }
  double slope = 0.0, weights = 0.0;
  for (std::size_t k = 0; k < turned.size(); ++k) {
    const double t = static_cast<double>(k) - middle;
    slope += t * std::imag(turned[k] * std::conj(sum)) / std::abs(sum);
    weights += t * t * std::abs(sum) / static_cast<double>(turned.size());
  }
  if (weights > 0.0) step += slope / weights;
  const double phase = std::remainder(std::arg(sum) - step * middle, 2.0 * std::numbers::pi);

  result.frequency = step / (2.0 * std::numbers::pi) * frame.layout.symbol_rate;
  result.phase = phase;
  result.quadrant = (static_cast<int>(std::lround(phase / (0.5 * std::numbers::pi))) + 4) % 4;
  return result;
}

struct Best {
  double value = -1.0;
  std::size_t place = 0, kind = 0, second_kind = 0;
};

}  // namespace

int head_symbols(const Frame& frame) {
  std::size_t count = 0;
  while (count < frame.roles.size() && frame.roles[count] != Role::payload &&
         frame.roles[count] != Role::reserved)
    ++count;
  return static_cast<int>(count);
}

Alignment find_alignment(const Frame& frame, std::span<const std::complex<float>> received,
                         double threshold) {
  if (received.size() < static_cast<std::size_t>(head_symbols(frame))) return {};
  const Search search(frame, received);
  std::array<std::array<float, block>, 4> rows;
  Best best;
  for (std::size_t first = 0; first < search.places(); first += block) {
    const std::size_t count = search.run(first, rows);
    for (std::size_t kind = 0; kind < 4; ++kind)
      for (std::size_t n = 0; n < count; ++n)
        if (rows[kind][n] > best.value) best = {rows[kind][n], first + n, kind, 0};
  }
  Alignment result = refine(frame, received, best.place, best.kind, best.value);
  result.found = best.value >= threshold;
  return result;
}

DualAlignment find_alignment(const Frame& frame, std::span<const std::complex<float>> first,
                             std::span<const std::complex<float>> second, double threshold) {
  assert(first.size() == second.size());
  if (first.size() < static_cast<std::size_t>(head_symbols(frame))) return {};
  const Search search_first(frame, first), search_second(frame, second);
  std::array<std::array<float, block>, 4> a, b;
  Best best;
  double value_first = 0.0, value_second = 0.0;
  for (std::size_t from = 0; from < search_first.places(); from += block) {
    const std::size_t count = search_first.run(from, a);
    search_second.run(from, b);
    for (std::size_t n = 0; n < count; ++n)
      for (const std::size_t y : {0U, 1U}) {
        // Kinds of the first record 2y and 2y + 1, of the second those of the other polarisation.
        const std::size_t own = 2 * y, other = 2 - 2 * y;
        const std::size_t kind = own + (a[own + 1][n] > a[own][n] ? 1 : 0);
        const std::size_t second_kind = other + (b[other + 1][n] > b[other][n] ? 1 : 0);
        const double value = 0.5 * (double{a[kind][n]} + b[second_kind][n]);
        if (value <= best.value) continue;
        best = {value, from + n, kind, second_kind};
        value_first = a[kind][n];
        value_second = b[second_kind][n];
      }
  }
  DualAlignment result;
  result.found = best.value >= threshold;
  result.start = best.place;
  result.swapped = best.kind >= 2;
  result.first = refine(frame, first, best.place, best.kind, value_first);
  result.second = refine(frame, second, best.place, best.second_kind, value_second);
  result.first.found = result.second.found = result.found;
  return result;
}

double false_alarm_probability(const Frame& frame, std::size_t places, double threshold) {
  const int products = head_symbols(frame) - 1;
  const double one = std::pow(1.0 - threshold, products - 1);
  return -std::expm1(4.0 * static_cast<double>(places) * std::log1p(-one));
}

double expected_correlation(const Frame& frame, double snr) {
  const double known = snr * std::norm(frame.known_x[0]);  // of the known symbols
  const double products = head_symbols(frame) - 1;
  const double share = 1.0 / (1.0 + 2.0 / known + 1.0 / (known * known));
  return share + (1.0 - share) / products;
}

}  // namespace waverack::coherent
#endif
