#include "waverack/link/drawn_pattern.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/overlap_save.hpp"
#include "waverack/signal/sinc.hpp"
#include "waverack/signal/slope.hpp"

namespace waverack::link {
namespace {

using parts::NoiseSource;

constexpr std::size_t jitter_symbols = 64;  // that are displaced alike
// Streams beside those of the noise sources, which count from 0.
constexpr std::uint32_t jitter_stream = 1'000'000, aggressor_stream = 2'000'000;

class Drawer {
 public:
  Drawer(const Segment& segment, const parts::Conditions& conditions, const Drawing& drawing)
      : segment_(segment),
        conditions_(conditions),
        drawing_(drawing),
        sample_rate_(conditions.symbol_rate * drawing.samples_per_symbol) {
    conditions_.sample_rate = sample_rate_;
  }

  std::vector<Signal> run(std::span<const std::uint8_t> symbols, std::span<const std::size_t> ends) {
    std::vector<Signal> reached;
    symbols_ = symbols.size();
    signal_.real.assign(symbols_ * samples_per_symbol(), 0.0f);
    add_held(symbol_voltages(segment_.transmitter, conditions_.levels, symbols));
    displace();
    for (std::size_t e = 0; reached.size() < ends.size(); ++e) {
      for (std::size_t n = 0; n < segment_.noises.size(); ++n)
        if (segment_.noises[n].element == e && !drawing_.without.noises.contains(segment_.noises[n].path))
          add_noise(segment_.noises[n].source, static_cast<std::uint32_t>(n));
      for (std::size_t n = 0; n < segment_.crosstalk.size(); ++n)
        if (segment_.crosstalk[n].element == e &&
            !drawing_.without.crosstalk.contains(segment_.crosstalk[n].path))
          add_aggressor(segment_.crosstalk[n], aggressor_stream + 2 * static_cast<std::uint32_t>(n));
      while (reached.size() + 1 < ends.size() && ends[reached.size()] == e) reached.push_back(signal_);
      if (ends[reached.size()] == e)
        reached.push_back(std::move(signal_));
      else
        pass(segment_.elements[e]);
    }
    return reached;
  }

 private:
  std::size_t samples_per_symbol() const { return static_cast<std::size_t>(drawing_.samples_per_symbol); }
  Stream stream(std::uint32_t source) const { return {drawing_.seed, source, 0, 0}; }

  template <class Sample>
  std::vector<Sample> filtered(const signal::Response& response, const std::vector<Sample>& samples) const {
    return signal::filter_cyclic(signal::make_block_filter(response, sample_rate_),
                                 std::span<const Sample>(samples));
  }

  // A voltage held over each symbol, on samples that are themselves held.
  std::vector<float> held(std::span<const float> voltages, const signal::Response& behind) const {
    std::vector<float> samples(symbols_ * samples_per_symbol());
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = voltages[i / samples_per_symbol()];
    return filtered(
        [&](double f) {
          const double x = std::numbers::pi * f / sample_rate_;
          return signal::sinc(x) * behind(f);
        },
        samples);
  }
  void add(std::span<const float> samples) {
    for (std::size_t i = 0; i < samples.size(); ++i) signal_.real[i] += samples[i];
  }
  void add_held(std::span<const float> voltages) {
    add(held(voltages, [](double) { return std::complex<double>(1.0); }));
  }

  void displace() {
    const parts::Jitter jitter = parts::jitter(segment_.transmitter, conditions_);
    const double random = drawing_.without.random_jitter ? 0.0 : jitter.random_rms * conditions_.symbol_rate,
                 dirac = drawing_.without.dual_dirac_jitter
                             ? 0.0
                             : jitter.dual_dirac_peak * conditions_.symbol_rate;
    if (random == 0.0 && dirac == 0.0) return;
    std::vector<float> normals(2 * (symbols_ / jitter_symbols + 1));
    signal::fill_normal_fast(stream(jitter_stream), normals);
    const std::vector<float> slope = signal::slope_per_symbol(signal_.real, drawing_.samples_per_symbol);
    for (std::size_t i = 0; i < slope.size(); ++i) {
      const float* normal = normals.data() + 2 * (i / samples_per_symbol() / jitter_symbols);
      signal_.real[i] += slope[i] * static_cast<float>(random * normal[0] + std::copysign(dirac, normal[1]));
    }
  }

  void add_aggressor(const Crosstalk& aggressor, std::uint32_t source) {
    std::vector<std::uint8_t> symbols(symbols_);
    signal::fill_symbols(stream(source), conditions_.levels, symbols);
    double uniform = 0.0;
    fill_uniform(stream(source + 1), std::span<double>(&uniform, 1));
    const double phase = uniform / conditions_.symbol_rate;
    add(held(symbol_voltages(aggressor.transmitter, conditions_.levels, symbols), [&](double f) {
      return aggressor.response(f) * std::polar(1.0, -2.0 * std::numbers::pi * f * phase);
    }));
  }

  std::vector<float> coloured(std::vector<float> white, const std::function<double(double)>& density) const {
    return filtered(
        [&](double f) { return std::complex<double>(std::sqrt(0.5 * density(std::abs(f)) * sample_rate_)); },
        white);
  }

  void add_noise(const NoiseSource& source, std::uint32_t index) {
    std::vector<float> noise(source.held ? symbols_ : symbols_ * samples_per_symbol());
    signal::fill_normal_fast(stream(index), noise);
    if (source.held) {  // one value for each symbol; density(0) = 2σ²T
      const auto rms = static_cast<float>(std::sqrt(0.5 * source.density(0.0) * conditions_.symbol_rate));
      for (float& value : noise) value *= rms;
      add_held(noise);
      return;
    }
    const double white = 0.5 * source.scale * sample_rate_;  // variance where there is no density
    switch (source.law) {
      case NoiseSource::Law::additive:
        if (source.density(0.0) > 0.0 || source.density(0.25 * sample_rate_) > 0.0)
          add(coloured(std::move(noise), source.density));
        return;
      case NoiseSource::Law::relative:
        if (source.density)
          noise = coloured(std::move(noise), source.density);
        else
          for (float& value : noise) value *= static_cast<float>(std::sqrt(white));
        for (std::size_t i = 0; i < noise.size(); ++i)
          signal_.field[i] *= std::sqrt(std::max(1.0f + noise[i], 0.0f));
        return;
      case NoiseSource::Law::shot:
        for (std::size_t i = 0; i < noise.size(); ++i)
          signal_.real[i] +=
              static_cast<float>(std::sqrt(white * std::max(signal_.real[i], 0.0f))) * noise[i];
        return;
    }
  }

  // The state of a first-order high-pass on a record that repeats: what it ends with it begins with.
  void high_pass(double corner) {
    const double share = -std::expm1(-2.0 * std::numbers::pi * corner / sample_rate_);
    double end = 0.0;
    for (const float sample : signal_.real) end += share * (sample - end);
    const double kept = std::exp(static_cast<double>(signal_.real.size()) * std::log1p(-share));
    double state = end / (1.0 - kept);
    for (float& sample : signal_.real) {
      state += share * (sample - state);
      sample -= static_cast<float>(state);
    }
  }

  void pass(const Element& element) {
    if (element.high_pass_corner > 0.0 && !signal_.optical) high_pass(element.high_pass_corner);
    if (element.kind == Element::Kind::linear) {
      if (signal_.optical)
        signal_.field = filtered(element.response, signal_.field);
      else
        signal_.real = filtered(element.response, signal_.real);
    }
    if (element.kind != Element::Kind::nonlinear) return;
    const parts::Conditions conditions = conditions_of(element, conditions_);
    Signal out;
    if (signal_.optical) {
      out.real.resize(signal_.field.size());
      apply_of(*element.part, conditions, std::span<const std::complex<float>>(signal_.field),
               std::span<float>(out.real));
    } else if (element.domain == parts::Domain::field) {
      out.optical = true;
      out.field.resize(signal_.real.size());
      apply_of(*element.part, conditions, std::span<const float>(signal_.real),
               std::span<std::complex<float>>(out.field));
    } else {
      out.real.resize(signal_.real.size());
      apply_of(*element.part, conditions, std::span<const float>(signal_.real), std::span<float>(out.real));
    }
    signal_ = std::move(out);
  }

  const Segment& segment_;
  parts::Conditions conditions_;
  const Drawing& drawing_;
  double sample_rate_;
  std::size_t symbols_ = 0;
  Signal signal_;
};

}  // namespace

Signal draw_pattern(const Segment& segment, const parts::Conditions& conditions,
                    std::span<const std::uint8_t> symbols, const Drawing& drawing, std::size_t end) {
  return std::move(draw_pattern(segment, conditions, symbols, drawing, std::span(&end, 1)).front());
}

std::vector<Signal> draw_pattern(const Segment& segment, const parts::Conditions& conditions,
                                 std::span<const std::uint8_t> symbols, const Drawing& drawing,
                                 std::span<const std::size_t> ends) {
  return Drawer(segment, conditions, drawing).run(symbols, ends);
}

}  // namespace waverack::link
