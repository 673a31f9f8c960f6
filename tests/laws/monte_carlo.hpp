#pragma once
// A segment run with drawn noise: every source is sampled where it enters, and everything passes the same
// nonlinear chain as the signal. Slow, and sure: nothing here is linearised.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/link/propagate.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/signal/overlap_save.hpp"

namespace waverack::laws {

class MonteCarlo {
 public:
  MonteCarlo(const link::Segment& segment, const parts::Conditions& conditions, const link::Without& without,
             int samples_per_symbol)
      : segment_(segment),
        conditions_(conditions),
        without_(without),
        samples_per_symbol_(samples_per_symbol),
        sample_rate_(conditions.symbol_rate * samples_per_symbol) {
    conditions_.sample_rate = sample_rate_;
  }

  // One period of `symbols` at the sampler, with the noise of draw `seed`.
  std::vector<float> at_sampler(std::span<const std::uint8_t> symbols, std::uint64_t seed) const {
    std::vector<float> real;
    std::vector<std::complex<float>> field;
    for (const float v : symbol_voltages(segment_.transmitter, conditions_.levels, symbols))
      real.insert(real.end(), static_cast<std::size_t>(samples_per_symbol_), v);
    std::vector<float> held = std::move(real);
    real.assign(held.size(), 0.0f);
    add_held(held, real);
    bool optical = false;
    for (std::size_t e = 0; e <= segment_.elements.size(); ++e) {
      for (std::size_t n = 0; n < segment_.noises.size(); ++n)
        if (segment_.noises[n].element == e && !without_.noises.contains(segment_.noises[n].path))
          add(segment_.noises[n].source, {seed, static_cast<std::uint32_t>(n), 0, 0}, optical, real, field);
      if (e == segment_.elements.size()) break;
      const link::Element& element = segment_.elements[e];
      if (element.kind == link::Element::Kind::linear) {
        const signal::BlockFilter filter = signal::make_block_filter(element.response, sample_rate_);
        if (optical)
          field = signal::filter_cyclic(filter, std::span<const std::complex<float>>(field));
        else
          real = signal::filter_cyclic(filter, std::span<const float>(real));
      } else if (element.kind == link::Element::Kind::nonlinear) {
        if (optical) {
          real.resize(field.size());
          apply_of(*element.part, conditions_, std::span<const std::complex<float>>(field),
                   std::span<float>(real));
          optical = false;
        } else if (element.domain == parts::Domain::field) {
          field.resize(real.size());
          apply_of(*element.part, conditions_, std::span<const float>(real),
                   std::span<std::complex<float>>(field));
          optical = true;
        } else {
          std::vector<float> out(real.size());
          apply_of(*element.part, conditions_, std::span<const float>(real), std::span<float>(out));
          real = std::move(out);
        }
      }
    }
    return real;
  }

 private:
  // Values that are held from sample to sample, not a comb of pulses.
  void add_held(std::vector<float>& values, std::vector<float>& sum) const {
    const auto hold = [this](double f) {
      const double x = std::numbers::pi * f / sample_rate_;
      return std::complex<double>(x == 0.0 ? 1.0 : std::sin(x) / x);
    };
    values =
        signal::filter_cyclic(signal::make_block_filter(hold, sample_rate_), std::span<const float>(values));
    for (std::size_t i = 0; i < values.size(); ++i) sum[i] += values[i];
  }

  void add(const parts::NoiseSource& source, const Stream& stream, bool optical, std::vector<float>& real,
           std::vector<std::complex<float>>& field) const {
    using Law = parts::NoiseSource::Law;
    std::vector<float> noise(optical ? field.size() : real.size());
    fill_normal(stream, std::span<float>(noise));
    if (source.held) {
      // One value for each symbol; density(0) = 2σ²T.
      const double rms = std::sqrt(0.5 * source.density(0.0) * conditions_.symbol_rate);
      const std::size_t per_symbol = static_cast<std::size_t>(samples_per_symbol_);
      std::vector<float> values(real.size());
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(rms) * noise[i / per_symbol];
      add_held(values, real);
      return;
    }
    if (source.law == Law::additive) {
      // Two-sided density ½·S(f) in a band of ±half the sample rate.
      const auto shape = [&](double f) {
        return std::complex<double>(std::sqrt(0.5 * source.density(std::abs(f)) * sample_rate_));
      };
      if (shape(0.0) == std::complex<double>(0.0)) return;
      noise = signal::filter_cyclic(signal::make_block_filter(shape, sample_rate_),
                                    std::span<const float>(noise));
      for (std::size_t i = 0; i < noise.size(); ++i) real[i] += noise[i];
      return;
    }
    if (source.law == Law::relative && source.density) {
      const auto shape = [&](double f) {
        return std::complex<double>(std::sqrt(0.5 * source.density(std::abs(f)) * sample_rate_));
      };
      noise = signal::filter_cyclic(signal::make_block_filter(shape, sample_rate_),
                                    std::span<const float>(noise));
      for (std::size_t i = 0; i < noise.size(); ++i) field[i] *= std::sqrt(std::max(1.0f + noise[i], 0.0f));
      return;
    }
    const double two_sided = 0.5 * source.scale * sample_rate_;
    if (source.law == Law::relative) {
      const auto rms = static_cast<float>(std::sqrt(two_sided));
      for (std::size_t i = 0; i < noise.size(); ++i)
        field[i] *= std::sqrt(std::max(1.0f + rms * noise[i], 0.0f));
      return;
    }
    for (std::size_t i = 0; i < noise.size(); ++i)
      real[i] += static_cast<float>(std::sqrt(two_sided * std::max(real[i], 0.0f))) * noise[i];
  }

  const link::Segment& segment_;
  parts::Conditions conditions_;
  const link::Without& without_;
  int samples_per_symbol_;
  double sample_rate_;
};

}  // namespace waverack::laws
