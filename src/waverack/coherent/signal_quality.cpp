#include "waverack/coherent/signal_quality.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "waverack/base/error.hpp"
#include "waverack/coherent/constellation.hpp"
#include "waverack/coherent/frame_builder.hpp"
#include "waverack/coherent/soft_demapper.hpp"
#include "waverack/signal/binomial.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::coherent {

namespace {

constexpr std::size_t quality_piece = 1024;  // symbols

constexpr std::size_t group = 64;  // symbols; the losses of bits of one symbol are not independent

struct Losses {
  double sum = 0.0;                       // [nat]
  double of_groups = 0.0, squares = 0.0;  // of whole groups: sum, and sum of squares
  std::int64_t groups = 0, bits = 0;

  void add(Format format, std::span<const float> ratios, std::span<const std::uint8_t> labels) {
    const auto m = static_cast<std::size_t>(bits_per_symbol(format));
    std::array<std::uint8_t, 4 * group> values;
    for (std::size_t first = 0; first < labels.size(); first += group) {
      const std::size_t count = std::min(group, labels.size() - first);
      const std::span<std::uint8_t> sent = std::span(values).first(m * count);
      bits_of_labels(format, labels.subspan(first, count), sent);
      const double loss = information_loss(ratios.subspan(m * first, m * count), sent);
      sum += loss;
      if (count < group) continue;
      of_groups += loss;
      squares += loss * loss;
      ++groups;
    }
    bits += static_cast<std::int64_t>(ratios.size());
  }

  InformationRate rate(Format format) const {
    const int m = bits_per_symbol(format);
    InformationRate rate;
    rate.ngmi = 1.0 - sum / static_cast<double>(bits) / std::numbers::ln2;
    rate.gmi = m * rate.ngmi;
    rate.gmi_error = std::numeric_limits<double>::infinity();
    if (groups > 1) {
      const auto n = static_cast<double>(groups);
      const double variance = std::max(0.0, squares - of_groups * of_groups / n) / (n - 1.0);
      rate.gmi_error = std::sqrt(variance / n) / (static_cast<double>(group) * std::numbers::ln2);
    }
    return rate;
  }
};

void finish(SignalQuality& quality, Format format) {
  quality.ber = static_cast<double>(quality.bit_errors) / static_cast<double>(quality.bits);
  const signal::ProbabilityInterval interval =
      signal::binomial_interval(static_cast<double>(quality.bit_errors), static_cast<double>(quality.bits));
  quality.ber_low = interval.low;
  quality.ber_high = interval.high;
  const double q = quality.bit_errors == 0 ? std::numeric_limits<double>::infinity()
                   : quality.ber >= 0.5    ? 0.0
                                           : signal::inverse_q(quality.ber);
  quality.q_squared = q * q;
  quality.evm = 1.0 / std::sqrt(quality.snr);
  quality.ngmi = quality.gmi / bits_per_symbol(format);
}

}  // namespace

SignalQuality measure_quality(Format format, std::span<const std::complex<float>> received,
                              std::span<const std::uint8_t> labels) {
  assert(received.size() == labels.size());
  const Constellation& all = constellation(format);
  const auto m = static_cast<std::size_t>(bits_per_symbol(format));

  std::vector<std::complex<float>> symbols;
  std::vector<std::uint8_t> sent;
  symbols.reserve(received.size());
  sent.reserve(received.size());
  std::complex<double> product{};
  double sent_power = 0.0, power = 0.0;
  for (std::size_t i = 0; i < received.size(); ++i) {
    if (labels[i] == no_label) continue;
    const std::complex<double> y(received[i]), a = all.points[labels[i]];
    product += y * std::conj(a);
    sent_power += std::norm(a);
    power += std::norm(y);
    symbols.push_back(received[i]);
    sent.push_back(labels[i]);
  }
  if (symbols.size() < 2 || std::norm(product) == 0.0)
    throw Error("the quality of a signal needs at least two symbols that hold some of what was sent");

  SignalQuality quality;
  quality.symbols = static_cast<std::int64_t>(symbols.size());
  quality.gain = product / sent_power;
  const auto inverse = std::complex<float>(1.0 / quality.gain);
  double noise = 0.0;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    symbols[i] = {symbols[i].real() * inverse.real() - symbols[i].imag() * inverse.imag(),
                  symbols[i].real() * inverse.imag() + symbols[i].imag() * inverse.real()};
    noise += std::norm(std::complex<double>(symbols[i]) - all.points[sent[i]]);
  }
  quality.snr = noise > 0.0 ? sent_power / noise : std::numeric_limits<double>::infinity();
  // The points have unit power; a signal without noise still has that of its rounding.
  const auto variance = static_cast<float>(std::max(noise / static_cast<double>(symbols.size()), 1e-5));

  Losses losses;
  std::array<std::uint8_t, quality_piece> decided;
  std::array<float, 4 * quality_piece> ratios;
  for (std::size_t first = 0; first < symbols.size(); first += quality_piece) {
    const std::size_t count = std::min(quality_piece, symbols.size() - first);
    const auto some = std::span<const std::complex<float>>(symbols).subspan(first, count);
    const auto known = std::span<const std::uint8_t>(sent).subspan(first, count);
    decide(format, some, std::span(decided).first(count));
    for (std::size_t i = 0; i < count; ++i)
      quality.bit_errors += std::popcount(static_cast<unsigned>(decided[i] ^ known[i]));
    const std::span<float> some_ratios = std::span(ratios).first(m * count);
    demap(format, Demapping::exact, some, variance, some_ratios);
    losses.add(format, some_ratios, known);
  }
  quality.bits = losses.bits;
  const InformationRate rate = losses.rate(format);
  quality.gmi = rate.gmi;
  quality.gmi_error = rate.gmi_error;
  finish(quality, format);
  return quality;
}

SignalQuality both(Format format, const SignalQuality& x, const SignalQuality& y) {
  SignalQuality sum = x;
  sum.symbols += y.symbols;
  sum.bits += y.bits;
  sum.bit_errors += y.bit_errors;
  const double wx = static_cast<double>(x.symbols) / static_cast<double>(sum.symbols), wy = 1.0 - wx;
  sum.snr = 1.0 / (wx / x.snr + wy / y.snr);
  sum.gmi = wx * x.gmi + wy * y.gmi;
  sum.gmi_error = std::hypot(wx * x.gmi_error, wy * y.gmi_error);
  finish(sum, format);
  return sum;
}

InformationRate information_rate(Format format, std::span<const float> ratios,
                                 std::span<const std::uint8_t> labels) {
  const auto m = static_cast<std::size_t>(bits_per_symbol(format));
  assert(ratios.size() == m * labels.size());
  if (labels.empty()) throw Error("an information rate needs symbols");
  Losses losses;
  for (std::size_t first = 0; first < labels.size(); first += quality_piece) {
    const std::size_t count = std::min(quality_piece, labels.size() - first);
    losses.add(format, ratios.subspan(m * first, m * count), labels.subspan(first, count));
  }
  return losses.rate(format);
}

}  // namespace waverack::coherent
