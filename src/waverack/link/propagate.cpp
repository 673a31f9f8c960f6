#include "waverack/link/propagate.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/signal/overlap_save.hpp"

namespace waverack::link {
namespace {

using parts::Domain;
using Field = std::vector<std::complex<float>>;

// The signal at one place of the chain: real samples, or an optical field.
struct Signal {
  std::vector<float> real;
  Field field;
  bool optical = false;
};

signal::Response product(std::vector<signal::Response> responses) {
  if (responses.size() == 1) return responses.front();
  return [responses = std::move(responses)](double f) {
    std::complex<double> h = 1.0;
    for (const signal::Response& response : responses) h *= response(f);
    return h;
  };
}

std::vector<float> intensity(const Signal& signal) {
  if (!signal.optical) return signal.real;
  std::vector<float> power(signal.field.size());
  for (std::size_t i = 0; i < power.size(); ++i) power[i] = std::norm(signal.field[i]);
  return power;
}

class Runner {
 public:
  Runner(const Segment& segment, const parts::Conditions& conditions, const Without& without,
         const PropagateOptions& options)
      : segment_(segment),
        conditions_(conditions),
        without_(without),
        options_(options),
        sample_rate_(conditions.symbol_rate * options.samples_per_symbol) {}

  Propagation run(std::span<const std::uint8_t> symbols) {
    result_.samples_per_symbol = options_.samples_per_symbol;
    hold(symbols);
    for (std::size_t i = 0; i < segment_.elements.size(); ++i) {
      const Element& element = segment_.elements[i];
      switch (element.kind) {
        case Element::Kind::linear: pending_.push_back(element_response(element, without_)); break;
        case Element::Kind::test_point:
          if (options_.taps) tap(i);
          break;
        case Element::Kind::nonlinear: nonlinear(i); break;
      }
    }
    flush();
    result_.at_sampler = std::move(signal_.real);
    return std::move(result_);
  }

 private:
  void hold(std::span<const std::uint8_t> symbols) {
    parts::HostTransmitter transmitter = segment_.transmitter;
    if (without_.level_mismatch) transmitter.r_lm = 1.0;
    const std::vector<float> voltages = symbol_voltages(transmitter, conditions_.levels, symbols);
    signal_.real.resize(voltages.size() * static_cast<std::size_t>(options_.samples_per_symbol));
    for (std::size_t k = 0; k < voltages.size(); ++k)
      std::fill_n(signal_.real.begin() + static_cast<long>(k) * options_.samples_per_symbol,
                  options_.samples_per_symbol, voltages[k]);
    // Each sample stands for a level held over one sample interval.
    pending_.push_back([rate = sample_rate_](double f) {
      const double x = std::numbers::pi * f / rate;
      return std::complex<double>(std::abs(x) < 1e-6 ? 1.0 : std::sin(x) / x);
    });
  }

  template <class Samples>
  Samples filtered(const Samples& samples, const signal::Response& response) const {
    return signal::filter_cyclic(signal::make_block_filter(response, sample_rate_), std::span<const typename Samples::value_type>(samples));
  }

  void flush() {
    if (pending_.empty()) return;
    const signal::Response response = product(std::move(pending_));
    pending_.clear();
    if (signal_.optical) signal_.field = filtered(signal_.field, response);
    else signal_.real = filtered(signal_.real, response);
  }

  // A tap sees the run so far through the oscilloscope's filter; the run itself stays fused.
  void tap(std::size_t index) {
    const Element& element = segment_.elements[index];
    std::vector<signal::Response> responses = pending_;
    Tap result;
    result.element = index;
    if (signal_.optical) {
      Signal here = signal_;
      if (!responses.empty()) here.field = filtered(signal_.field, product(responses));
      result.samples = intensity(here);
      if (element.response) result.samples = filtered(result.samples, element.response);
    } else {
      if (element.response) responses.push_back(element.response);
      result.samples = responses.empty() ? signal_.real : filtered(signal_.real, product(responses));
    }
    result_.taps.push_back(std::move(result));
  }

  void nonlinear(std::size_t index) {
    flush();
    const Element& element = segment_.elements[index];
    const std::size_t n = signal_.optical ? signal_.field.size() : signal_.real.size();
    Trajectory trajectory;
    trajectory.element = index;
    Signal out;
    if (signal_.optical) {  // photodiode
      if (without_.attenuation != 1.0) {
        const auto gain = static_cast<float>(1.0 / std::sqrt(without_.attenuation));
        for (auto& sample : signal_.field) sample *= gain;
      }
      out.real.resize(n);
      apply_of(*element.part, conditions_, std::span<const std::complex<float>>(signal_.field), std::span<float>(out.real));
      if (options_.trajectories) {
        trajectory.slope.resize(n);
        slope_of(*element.part, conditions_, std::span<const std::complex<float>>(signal_.field),
                 std::span<float>(trajectory.slope));
      }
    } else {
      const std::span<const float> in(signal_.real);
      if (element.domain == Domain::field) {
        out.optical = true;
        out.field.resize(n);
        apply_of(*element.part, conditions_, in, std::span<std::complex<float>>(out.field));
      } else if (without_.compression.contains(element.name)) {
        linearised(element, in, out);
      } else {
        out.real.resize(n);
        apply_of(*element.part, conditions_, in, std::span<float>(out.real));
      }
      if (options_.trajectories) {
        trajectory.slope.resize(n);
        if (without_.compression.contains(element.name))
          std::fill(trajectory.slope.begin(), trajectory.slope.end(), small_signal_gain(element));
        else
          slope_of(*element.part, conditions_, in, std::span<float>(trajectory.slope));
      }
    }
    signal_ = std::move(out);
    if (options_.trajectories) {
      trajectory.output = intensity(signal_);
      result_.trajectories.push_back(std::move(trajectory));
    }
  }

  float small_signal_gain(const Element& element) const {
    const float zero = 0.0f;
    float gain = 0.0f;
    slope_of(*element.part, conditions_, std::span<const float>(&zero, 1), std::span<float>(&gain, 1));
    return gain;
  }

  // The part without its compression: its small-signal gain, about the mean.
  void linearised(const Element& element, std::span<const float> in, Signal& out) const {
    const float gain = small_signal_gain(element);
    double mean = 0.0;
    for (const float v : in) mean += v;
    const auto offset = static_cast<float>(mean / static_cast<double>(in.size()));
    out.real.resize(in.size());
    for (std::size_t i = 0; i < in.size(); ++i) out.real[i] = gain * (in[i] - offset);
  }

  const Segment& segment_;
  const parts::Conditions& conditions_;
  const Without& without_;
  const PropagateOptions& options_;
  double sample_rate_;
  Signal signal_;
  std::vector<signal::Response> pending_;
  Propagation result_;
};

}  // namespace

signal::Response element_response(const Element& element, const Without& without) {
  if (!element.response || element.kind == Element::Kind::test_point)
    return [](double) { return std::complex<double>(1.0); };
  if (!without.memory.contains(element.name)) return element.response;
  const std::complex<double> flat = std::abs(element.response(0.0));
  return [flat](double) { return flat; };
}

Propagation propagate(const Segment& segment, const parts::Conditions& conditions, std::span<const std::uint8_t> symbols,
                      const Without& without, const PropagateOptions& options) {
  return Runner(segment, conditions, without, options).run(symbols);
}

}  // namespace waverack::link
