#include "waverack/link/propagate.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/signal/overlap_save.hpp"

namespace waverack::link {
namespace {

using parts::Domain;
using Field = std::vector<std::complex<float>>;

// Energy of an impulse response that may be cut off. Lines ring on for thousands of symbols with the slow tail of the skin
// effect; what is cut is 50 dB below the least noise of a link.
constexpr double tail_energy = 1e-7;

// The signal at one place of the chain: real samples, or an optical field.
struct Signal {
  std::vector<float> real;
  Field field;
  bool optical = false;
};

// Linear elements in a row. `name` tells them apart from any other run of the same segment.
struct Run {
  std::vector<signal::Response> responses;
  std::string name;
  void add(signal::Response response, const std::string& part) {
    responses.push_back(std::move(response));
    name += part + '/';
  }
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
        case Element::Kind::linear:
          pending_.add(element_response(element, without_),
                       std::to_string(i) + (without_.memory.contains(element.name) ? "flat" : ""));
          break;
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
    pending_.add(
        [rate = sample_rate_](double f) {
          const double x = std::numbers::pi * f / rate;
          return std::complex<double>(std::abs(x) < 1e-6 ? 1.0 : std::sin(x) / x);
        },
        "hold");
  }

  template <class Samples>
  Samples filtered(const Samples& samples, const Run& run) {
    using Sample = typename Samples::value_type;
    const auto filter = filters().get(run.name, [&] {
      return signal::make_block_filter(product(run.responses), sample_rate_, tail_energy);
    });
    return signal::filter_cyclic(*filter, std::span<const Sample>(samples));
  }

  FilterBank& filters() { return options_.filters ? *options_.filters : own_filters_; }

  void flush() {
    if (pending_.responses.empty()) return;
    if (signal_.optical) signal_.field = filtered(signal_.field, pending_);
    else signal_.real = filtered(signal_.real, pending_);
    pending_ = {};
  }

  // A tap sees the run so far through the oscilloscope's filter; the run itself stays fused.
  void tap(std::size_t index) {
    const Element& element = segment_.elements[index];
    Tap result;
    result.element = index;
    Run run = pending_;
    if (signal_.optical) {
      Signal here = signal_;
      if (!run.responses.empty()) here.field = filtered(signal_.field, run);
      result.samples = intensity(here);
      run = {};
    } else {
      result.samples = signal_.real;
    }
    if (element.response) run.add(element.response, "scope" + std::to_string(index));
    if (!run.responses.empty()) result.samples = filtered(result.samples, run);
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
  Run pending_;
  FilterBank own_filters_;
  Propagation result_;
};

}  // namespace

signal::SymbolTiming timing_in(std::span<const float> samples, int samples_per_symbol,
                               std::span<const std::uint8_t> symbols) {
  signal::Waveform waveform;
  waveform.samples.assign(samples.begin(), samples.end());
  waveform.samples_per_symbol = samples_per_symbol;
  return signal::symbol_timing(waveform, symbols, -12L * samples_per_symbol, 24L * samples_per_symbol);
}

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
