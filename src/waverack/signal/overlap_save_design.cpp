// From a frequency response to the taps of a filter.

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "waverack/base/error.hpp"
#include "waverack/signal/overlap_save.hpp"

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;

constexpr long shortest_grid = 4096, longest_grid = 65536;
constexpr double joined_band =
    0.125;                  // share of the band, at its upper end, in which the two ends may be moved
constexpr int probes = 64;  // a multiple of the batch in mean_square_error

Complex checked(const Response& response, double f) {
  const Complex h = response(f);
  if (!std::isfinite(h.real()) || !std::isfinite(h.imag()))
    throw Error("the frequency response is not a finite number at " + std::to_string(f * 1e-9) + " GHz");
  return h;
}

// An impulse response on a cyclic grid, with the place of its largest sample as the middle.
class Impulse {
 public:
  explicit Impulse(std::vector<Complex> spectrum) : h_(std::move(spectrum)) {
    fft(h_, true);
    std::size_t largest = 0;
    for (std::size_t i = 0; i < h_.size(); ++i) {
      h_[i] /= static_cast<double>(h_.size());
      energy_ += std::norm(h_[i]);
      if (std::norm(h_[i]) > std::norm(h_[largest])) largest = i;
    }
    peak_ = static_cast<long>(largest);
    if (peak_ >= size() / 2) peak_ -= size();
  }

  long size() const { return static_cast<long>(h_.size()); }
  long peak() const { return peak_; }  // −size/2 … size/2 − 1
  double energy() const { return energy_; }
  Complex at(long t) const { return h_[static_cast<std::size_t>(t & (size() - 1))]; }

  // Energy further than a quarter of the grid from the peak.
  double far_energy() const {
    double far = 0.0;
    for (long t = size() / 4; t < size() - size() / 4; ++t) far += std::norm(at(peak_ + t));
    return far;
  }

 private:
  std::vector<Complex> h_;
  long peak_ = 0;
  double energy_ = 0.0;
};

struct Sampled {
  std::vector<Complex> spectrum;
  Complex step;  // H(+sample_rate/2) − H(−sample_rate/2)
};

// Frequencies that lie on no grid, as shares of the sample rate, spread evenly over the unmoved band.
double probe_turns(int k) {
  const double golden = std::numbers::phi - 1.0;
  return (k * golden - std::floor(k * golden) - 0.5) * (1.0 - joined_band);
}

// A filter for real signals has H(−f) = H*(f): then one half of the band tells the other.
bool is_hermitian(const Response& response, double sample_rate) {
  for (int k = 1; k <= probes; ++k) {
    const double f = probe_turns(k) * sample_rate;
    const Complex h = checked(response, f);
    if (std::norm(h - std::conj(checked(response, -f))) > 1e-28 * std::norm(h)) return false;
  }
  return true;
}

// `coarse`: the same response on a grid of half the size, which has every other bin; empty if there is none.
Sampled sample(const Response& response, double sample_rate, long n, bool hermitian, const Sampled& coarse) {
  Sampled result{std::vector<Complex>(static_cast<std::size_t>(n)), coarse.step};
  for (std::size_t i = 0; i < coarse.spectrum.size(); ++i) result.spectrum[2 * i] = coarse.spectrum[i];
  const auto at = [&](long bin) {
    return checked(response, sample_rate * static_cast<double>(bin) / static_cast<double>(n));
  };
  const long first = coarse.spectrum.empty() ? 0 : 1, step = coarse.spectrum.empty() ? 1 : 2;
  for (long i = first; i < n / 2; i += step) {
    const Complex h = at(i);
    result.spectrum[static_cast<std::size_t>(i)] = h;
    if (i > 0) result.spectrum[static_cast<std::size_t>(n - i)] = hermitian ? std::conj(h) : at(-i);
  }
  if (coarse.spectrum.empty()) {
    const Complex upper = at(n / 2), lower = at(-n / 2);
    result.spectrum[static_cast<std::size_t>(n / 2)] = 0.5 * (upper + lower);
    result.step = upper - lower;
  }
  return result;
}

// Takes the step at the two ends of the band out, by a ramp that itself is a short response about time
// `delay`.
void join_ends(Sampled& sampled, long delay) {
  const long n = static_cast<long>(sampled.spectrum.size());
  const long width = static_cast<long>(joined_band * static_cast<double>(n / 2));
  for (long i = 1; i < width; ++i) {
    const double x = 1.0 - static_cast<double>(i) / static_cast<double>(width);
    const double ramp =
        x * x * x * x * (35.0 - x * (84.0 - x * (70.0 - x * 20.0)));  // three flat derivatives
    const long turns = (i * delay) % n;
    const double angle = 2.0 * std::numbers::pi * static_cast<double>(turns) / static_cast<double>(n);
    sampled.spectrum[static_cast<std::size_t>(n / 2 - i)] -=
        0.5 * ramp * sampled.step * std::polar(1.0, angle);
    sampled.spectrum[static_cast<std::size_t>(n / 2 + i)] +=
        0.5 * ramp * sampled.step * std::polar(1.0, -angle);
  }
}

struct Taps {
  std::vector<Complex> taps;
  long first = 0;
  double cut_energy = 0.0;
};

// Each end may lose half of the allowed energy.
Taps cut(const Impulse& impulse, double allowed) {
  Taps result;
  long first = impulse.peak() - impulse.size() / 2, last = impulse.peak() + impulse.size() / 2 - 1;
  double before = 0.0, after = 0.0;
  for (; first < impulse.peak() && before + std::norm(impulse.at(first)) <= 0.5 * allowed; ++first)
    before += std::norm(impulse.at(first));
  for (; last > impulse.peak() && after + std::norm(impulse.at(last)) <= 0.5 * allowed; --last)
    after += std::norm(impulse.at(last));
  for (long t = first; t <= last; ++t) result.taps.push_back(impulse.at(t));
  result.first = first;
  result.cut_energy = before + after;
  return result;
}

// Mean square of the difference between the taps and H at the probes. It sees what the grid cannot: an echo
// so late that it came back round the cyclic grid.
double mean_square_error(const Taps& taps, const Response& response, double sample_rate) {
  // Horner's rule for several probes side by side: each of them alone would wait for its last product.
  constexpr int batch = 8;
  double sum = 0.0;
  for (int start = 1; start <= probes; start += batch) {
    std::array<double, batch> step_re, step_im, re{}, im{};
    for (int k = 0; k < batch; ++k) {
      const double angle = -2.0 * std::numbers::pi * probe_turns(start + k);
      step_re[k] = std::cos(angle);
      step_im[k] = std::sin(angle);
    }
    for (std::size_t i = taps.taps.size(); i-- > 0;)
      for (int k = 0; k < batch; ++k) {
        const double product = re[k] * step_re[k] - im[k] * step_im[k];
        im[k] = re[k] * step_im[k] + im[k] * step_re[k] + taps.taps[i].imag();
        re[k] = product + taps.taps[i].real();
      }
    for (int k = 0; k < batch; ++k) {
      const double turns = probe_turns(start + k);
      const Complex h = Complex(re[k], im[k]) *
                        std::polar(1.0, -2.0 * std::numbers::pi * turns * static_cast<double>(taps.first));
      sum += std::norm(h - checked(response, turns * sample_rate));
    }
  }
  return sum / probes;
}

}  // namespace

BlockFilter make_block_filter(const Response& response, double sample_rate, double tail_energy) {
  if (!(sample_rate > 0.0) || !std::isfinite(sample_rate))
    throw Error("the sample rate of a filter must be positive");
  const bool hermitian = is_hermitian(response, sample_rate);
  Sampled sampled;
  for (long n = shortest_grid;; n *= 2) {
    const bool longest = n == longest_grid;
    sampled = sample(response, sample_rate, n, hermitian, sampled);
    Impulse impulse(sampled.spectrum);
    if (std::norm(sampled.step) > tail_energy * impulse.energy()) {
      Sampled joined = sampled;
      join_ends(joined, impulse.peak());
      impulse = Impulse(std::move(joined.spectrum));
    }
    const double allowed = tail_energy * impulse.energy();
    if (impulse.far_energy() > allowed && !longest) continue;
    const Taps taps = cut(impulse, allowed);
    const double error = mean_square_error(taps, response, sample_rate);
    // The probes may meet the sharpest feature of the response, hence the factor.
    if (error > 100.0 * allowed && !longest) continue;
    BlockFilter filter(taps.taps, static_cast<int>(-taps.first));
    if (impulse.energy() > 0.0) {
      filter.truncated_energy = taps.cut_energy / impulse.energy();
      filter.response_error = std::sqrt(error / impulse.energy());
    }
    return filter;
  }
}

}  // namespace waverack::signal
