#include "waverack/coherent/training_start.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "waverack/base/error.hpp"
#include "waverack/coherent/constellation.hpp"
#include "waverack/coherent/frequency_offset.hpp"

namespace waverack::coherent {
namespace {

using Complex = std::complex<double>;
using Matrix = Eigen::MatrixXcd;
using Vector = Eigen::VectorXcd;

constexpr std::size_t covariance_symbols = 16384, chunk = 2048;
constexpr int most_aliases = 2;  // of the pilots' raster, that the frequency may be off

SymbolPlanes shifted(const DualSamples& samples, double frequency) {
  const std::size_t count = samples.size() / 2 * 2;
  DualSamples copy = samples;
  copy.resize(count);
  FrequencyShift(2.0, frequency).apply(copy.x, copy.y);
  SymbolPlanes planes;
  planes.push(copy.x, copy.y);
  return planes;
}

// E[s_j·conj s_m] of the samples in the window of a symbol; j = taps·input + i. They differ between even and
// odd samples, as the pulse has more than the Nyquist band.
Matrix window_covariance(const SymbolPlanes& in, int taps) {
  const int lags = 2 * taps + 1;
  const std::size_t half = static_cast<std::size_t>(taps) / 2;
  const std::size_t count =
      std::min(covariance_symbols, in.symbols() - static_cast<std::size_t>(lags)) / chunk * chunk;
  // sums[parity][8·i + …]: sample 2(k + half) + parity of each input times the conjugate of sample 2k + i.
  std::vector<double> sums[2] = {std::vector<double>(8 * static_cast<std::size_t>(lags)),
                                 std::vector<double>(8 * static_cast<std::size_t>(lags))};
  std::vector<float> part(8 * static_cast<std::size_t>(lags));
  for (std::size_t first = 0; first < count; first += chunk)
    for (std::size_t parity = 0; parity < 2; ++parity) {
      const Planes here = in.from(first + half);
      const std::array<const float*, 4> left{here[2 * parity], here[2 * parity + 1], here[4 + 2 * parity],
                                             here[5 + 2 * parity]};
      equaliser_gradient(in.from(first), left, static_cast<std::size_t>(lags), chunk, part.data());
      for (std::size_t i = 0; i < part.size(); ++i) sums[parity][i] += static_cast<double>(part[i]);
    }
  Matrix r(2 * taps, 2 * taps);
  for (int a = 0; a < 2; ++a)
    for (int b = 0; b < 2; ++b)
      for (int i = 0; i < taps; ++i)
        for (int j = 0; j < taps; ++j) {
          const int parity = i % 2;
          const int lag = 2 * static_cast<int>(half) + parity - (i - j);
          const std::size_t at = static_cast<std::size_t>(8 * lag + 4 * a + 2 * b);
          r(taps * a + i, taps * b + j) = Complex(sums[parity][at], sums[parity][at + 1]) /
                                          static_cast<double>(std::max<std::size_t>(count, 1));
        }
  return 0.5 * (r + r.adjoint().eval());
}

struct Known {
  std::size_t symbol;  // whose window it is
  Complex x, y;        // what was sent, turned by the phase of the carrier there
};

Complex sample(const Planes& in, int input, std::size_t symbol, int i) {
  const std::size_t plane = static_cast<std::size_t>(4 * input + 2 * (i % 2)),
                    at = symbol + static_cast<std::size_t>(i / 2);
  return {static_cast<double>(in[plane][at]), static_cast<double>(in[plane + 1][at])};
}

// Taps `low` … `high` − 1 of each input that bring the samples nearest to what is known; others are zero.
ButterflyTaps least_squares(const SymbolPlanes& in, const Matrix& r, const std::vector<Known>& known,
                            int taps, int low, int high, double loading) {
  const int each = high - low;
  Matrix part(2 * each, 2 * each);
  for (int a = 0; a < 2; ++a)
    for (int b = 0; b < 2; ++b)
      part.block(each * a, each * b, each, each) = r.block(taps * a + low, taps * b + low, each, each);
  const double mean = part.trace().real() / (2.0 * each);
  part += Matrix::Identity(2 * each, 2 * each) * (loading * mean);
  Matrix cross = Matrix::Zero(2 * each, 2);
  const Planes planes = in.from(0);
  for (const Known& k : known)
    for (int b = 0; b < 2; ++b)
      for (int i = 0; i < each; ++i) {
        const Complex s = std::conj(sample(planes, b, k.symbol, low + i));
        cross(each * b + i, 0) += k.x * s;
        cross(each * b + i, 1) += k.y * s;
      }
  // Known symbols are stronger than the payload, which is what the covariance is made of.
  double power_x = 0.0, power_y = 0.0;
  for (const Known& k : known) {
    power_x += std::norm(k.x);
    power_y += std::norm(k.y);
  }
  cross.col(0) /= power_x;
  cross.col(1) /= power_y;
  const Matrix w = part.conjugate().ldlt().solve(cross);
  ButterflyTaps result(taps);
  for (int a = 0; a < 2; ++a)
    for (int b = 0; b < 2; ++b)
      for (int i = 0; i < each; ++i) result.set(a, b, low + i, std::complex<float>(w(each * b + i, a)));
  return result;
}

std::pair<Complex, Complex> output(const ButterflyTaps& taps, const SymbolPlanes& in, std::size_t symbol) {
  const Planes planes = in.from(0);
  Complex x = 0.0, y = 0.0;
  for (int b = 0; b < 2; ++b)
    for (int i = 0; i < taps.count; ++i) {
      const Complex s = sample(planes, b, symbol, i);
      x += Complex(taps.get(0, b, i)) * s;
      y += Complex(taps.get(1, b, i)) * s;
    }
  return {x, y};
}

// Where training and alignment word of a super-frame start, in half symbols.
struct Place {
  std::size_t sample = 0;
  double strength = 0.0;
};

// Symbols of training, alignment word and the pilots between them.
std::size_t word_length(const Frame& frame) {
  std::size_t length = 0;
  while (length < frame.roles.size() && frame.roles[length] != Role::payload &&
         frame.roles[length] != Role::reserved)
    ++length;
  return length;
}

Place find_word(const SymbolPlanes& in, const Frame& frame) {
  const std::size_t length = word_length(frame);
  std::vector<float> words;
  for (std::size_t j = 0; j < length; ++j)
    for (const Sample s : {frame.known_x[j], frame.known_y[j]}) {
      words.push_back(s.real());
      words.push_back(s.imag());
    }
  const std::size_t places = std::min(frame.roles.size(), in.symbols() - length - 16);
  std::vector<float> energies[2];
  const Planes planes = in.from(0);
  for (std::size_t parity = 0; parity < 2; ++parity) {
    energies[parity].resize(places + 16);
    correlate_words(
        {planes[2 * parity], planes[2 * parity + 1], planes[4 + 2 * parity], planes[5 + 2 * parity]},
        words.data(), length, places, energies[parity].data());
  }
  // Differential delay spreads the word over a few half symbols: five of them are added up.
  const auto at = [&](std::size_t s) { return static_cast<double>(energies[s % 2][s / 2]); };
  Place best;
  double sum = 0.0, most = 0.0;
  for (std::size_t s = 2; s + 2 < 2 * places; ++s) {
    const double here = at(s - 2) + at(s - 1) + at(s) + at(s + 1) + at(s + 2);
    sum += here;
    if (here > most) {
      most = here;
      best.sample = s;
    }
  }
  best.strength = sum > 0.0 ? most * static_cast<double>(2 * places - 4) / sum : 0.0;
  return best;
}

// Of the phasors of pilots, each with its neighbours up to the third, unwrapped.
std::vector<double> smoothed_phases(const std::vector<Complex>& z) {
  const auto count = static_cast<std::int64_t>(z.size());
  std::vector<double> phase(z.size());
  for (std::int64_t i = 0; i < count; ++i) {
    Complex sum = 0.0;
    for (std::int64_t j = std::max<std::int64_t>(0, i - 3); j <= std::min(count - 1, i + 3); ++j)
      sum += z[static_cast<std::size_t>(j)];
    const double angle = std::arg(sum), before = i > 0 ? phase[static_cast<std::size_t>(i - 1)] : angle;
    phase[static_cast<std::size_t>(i)] =
        angle - 2.0 * std::numbers::pi * std::floor((angle - before) / (2.0 * std::numbers::pi) + 0.5);
  }
  return phase;
}

// Symbols of the frame's raster within `reach` pilots of the start of a frame, on either side.
struct Reach {
  std::int64_t first, last;  // pilots, relative to the start
};

}  // namespace

TrainingStart start_from_frame(const DualSamples& samples, const Frame& frame, double centre, int taps) {
  const auto period = static_cast<std::int64_t>(frame.roles.size());
  const std::int64_t spacing = frame.layout.pilot_spacing;
  const std::size_t length = word_length(frame);
  const Format format = frame.layout.format;
  if (taps % 2 == 0 || taps < 5 || taps > 31)
    throw Error("the equaliser starts with 5 to 31 taps, an odd number");
  if (length < 8 || spacing <= 0 || period % spacing != 0)
    throw Error("the frame has too few known symbols to start from");
  if (samples.size() <
          2 * frame.roles.size() + 2 * static_cast<std::size_t>(frame.layout.sub_frame_symbols) ||
      samples.size() < 8192)
    throw Error("the start needs a super-frame and a sub-frame of samples");

  TrainingStart result;
  // Filters of the receiver draw the middle of the spectrum towards themselves, by more than the pilots can
  // tell: their phasors are alike for frequencies 1/spacing apart. The word, whose symbols follow one
  // another, tells which.
  SymbolPlanes in;
  Place place;
  // In steps of which half costs the word 1 dB, out to two aliases.
  const double word_step = 0.5 / static_cast<double>(length);
  const int most_steps =
      static_cast<int>(std::ceil(most_aliases / (static_cast<double>(spacing) * word_step)));
  for (int i = 0; i <= 2 * most_steps; ++i) {
    const int step = i % 2 == 0 ? -i / 2 : (i + 1) / 2;
    const double frequency = centre + step * word_step;
    SymbolPlanes candidate = shifted(samples, frequency);
    const Place found = find_word(candidate, frame);
    if (found.strength <= place.strength) continue;
    place = found;
    in = std::move(candidate);
    result.frequency = frequency;
  }
  result.strength = place.strength;
  // The window of the start has the word's first sample in its middle, or one behind it.
  const auto middle = static_cast<std::size_t>(taps / 2);
  const std::int64_t first =
      (static_cast<std::int64_t>(place.sample) - static_cast<std::int64_t>(middle)) >> 1;
  result.first = first;
  const auto last_symbol = static_cast<std::int64_t>(in.symbols()) - taps / 2 - 1;
  const auto known_x = [&](std::int64_t m) {
    return Complex(frame.known_x[static_cast<std::size_t>(((m % period) + period) % period)]);
  };
  const auto known_y = [&](std::int64_t m) {
    return Complex(frame.known_y[static_cast<std::size_t>(((m % period) + period) % period)]);
  };

  Matrix r = window_covariance(in, taps);
  result.power = r.trace().real() / (2.0 * taps);
  std::vector<Known> known;
  for (std::int64_t m = 0; m < static_cast<std::int64_t>(length); ++m)
    if (first + m >= 0) known.push_back({static_cast<std::size_t>(first + m), known_x(m), known_y(m)});
  if (known.size() < 8) return result;
  const int middle_tap = static_cast<int>(static_cast<std::int64_t>(place.sample) - 2 * first);
  const int low = std::max(0, middle_tap - 5), high = std::min(taps, middle_tap + 6);
  result.taps = least_squares(in, r, known, taps, low, high, 0.1);

  // Pilots within reach, and their phasors.
  const auto reach = [&](std::int64_t pilots) {
    // The first pilot whose window lies in the samples: the word may begin before them.
    const std::int64_t lowest = first < 0 ? (spacing - 1 - first) / spacing : -(first / spacing);
    const std::int64_t highest = (last_symbol - first) / spacing;
    std::int64_t begin = -pilots / 2, end = pilots - pilots / 2;
    if (end > highest) begin -= end - highest;
    if (begin < lowest) end += lowest - begin;
    return Reach{std::max(begin, lowest), std::min(end, highest)};
  };
  const auto phasors = [&](const Reach& within) {
    std::vector<Complex> z;
    for (std::int64_t p = within.first; p <= within.last; ++p) {
      const auto [x, y] = output(result.taps, in, static_cast<std::size_t>(first + p * spacing));
      z.push_back(x * std::conj(known_x(p * spacing)) + y * std::conj(known_y(p * spacing)));
    }
    return z;
  };
  // By how many multiples of 1/spacing the frequency is too low: the known symbols between the pilots are
  // compared with phases joined from pilot to pilot, which an alias leaves 2π·k/spacing behind at each
  // symbol.
  const auto aliases_off = [&](const Reach& within, const std::vector<double>& phase) {
    std::array<double, 2 * most_aliases + 1> fit{};
    for (std::int64_t m = within.first * spacing; m < within.last * spacing; ++m) {
      const Role role = frame.roles[static_cast<std::size_t>(((m % period) + period) % period)];
      const std::int64_t offset = m - within.first * spacing, behind = offset % spacing;
      if (role == Role::payload || role == Role::reserved || behind == 0) continue;
      const auto p = static_cast<std::size_t>(offset / spacing);
      const double share = static_cast<double>(behind) / static_cast<double>(spacing);
      const auto [x, y] = output(result.taps, in, static_cast<std::size_t>(first + m));
      const Complex z = (x * std::conj(known_x(m)) + y * std::conj(known_y(m))) *
                        std::polar(1.0, -(phase[p] + share * (phase[p + 1] - phase[p])));
      for (int k = -most_aliases; k <= most_aliases; ++k)
        fit[static_cast<std::size_t>(k + most_aliases)] +=
            (z * std::polar(1.0, -2.0 * std::numbers::pi * k * share)).real();
    }
    return static_cast<int>(std::max_element(fit.begin(), fit.end()) - fit.begin()) - most_aliases;
  };
  // Frequency twice: the first taps are poor, and a wrong frequency blurs them.
  struct Round {
    std::int64_t pilots;
    bool decisions;
  };
  double gain = 1.0;  // of the outputs against what was sent
  for (const auto [pilots, decisions] : {Round{128, false}, Round{256, false}, Round{1024, false},
                                         Round{4096, false}, Round{256, true}, Round{256, true}}) {
    const Reach within = reach(pilots);
    std::vector<Complex> z = phasors(within);
    if (pilots <= 256 && !decisions && z.size() >= 4) {
      const double more = phasor_frequency(z, static_cast<double>(spacing));
      result.frequency += more;
      in = shifted(samples, result.frequency);
      r = window_covariance(in, taps);
      z = phasors(within);
    }
    std::vector<double> phase = smoothed_phases(z);
    // Pilots are alike for frequencies 1/spacing apart; the symbols of training and alignment word between
    // them are not.
    if (const int aliases = decisions ? 0 : aliases_off(within, phase); aliases != 0) {
      result.frequency += static_cast<double>(aliases) / static_cast<double>(spacing);
      in = shifted(samples, result.frequency);
      r = window_covariance(in, taps);
      phase = smoothed_phases(phasors(within));
    }
    known.clear();
    for (std::int64_t m = within.first * spacing; m < within.last * spacing; ++m) {
      const Role role = frame.roles[static_cast<std::size_t>(((m % period) + period) % period)];
      const bool open = role == Role::payload;
      if (role == Role::reserved || (open && !decisions)) continue;
      const std::int64_t offset = m - within.first * spacing;
      const auto p = static_cast<std::size_t>(offset / spacing);
      const double share = static_cast<double>(offset % spacing) / static_cast<double>(spacing);
      const Complex turn = std::polar(1.0, phase[p] + share * (phase[p + 1] - phase[p]));
      const auto symbol = static_cast<std::size_t>(first + m);
      if (open) {
        const auto [x, y] = output(result.taps, in, symbol);
        const Complex back = std::conj(turn) / gain;
        known.push_back(
            {symbol, nearest_point(format, x * back) * turn, nearest_point(format, y * back) * turn});
      } else {
        known.push_back({symbol, known_x(m) * turn, known_y(m) * turn});
      }
    }
    if (known.size() < 16) return result;
    result.taps = least_squares(in, r, known, taps, 0, taps, pilots <= 128 ? 0.03 : 0.003);
    double errors = 0.0, powers = 0.0, products = 0.0;
    for (const Known& k : known) {
      const auto [x, y] = output(result.taps, in, k.symbol);
      errors += std::norm(x - k.x) + std::norm(y - k.y);
      powers += std::norm(k.x) + std::norm(k.y);
      products += (x * std::conj(k.x) + y * std::conj(k.y)).real();
    }
    gain = std::max(products / powers, 0.1);
    if (!decisions) result.residual = errors / powers;
  }
  result.found = result.residual < frame_misfit;
  return result;
}

}  // namespace waverack::coherent
