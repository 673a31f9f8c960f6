#include "waverack/link/propagate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <type_traits>

#include "waverack/parts/memoryless.hpp"
#include "waverack/signal/overlap_save.hpp"
#include "waverack/signal/sinc.hpp"

namespace waverack::link {
namespace {

using parts::Domain;

// Energy of an impulse response that may be cut off. Lines ring on for thousands of symbols with the slow
// tail of the skin effect; what is cut is 50 dB below the least noise of a link.
constexpr double tail_energy = 1e-7;

// Symbols over which the gain for slow signals takes its means.
constexpr int slow_symbols = 32;

// Linear elements in a row. `name` tells them apart from any other run of the same segment.
struct Run {
  std::vector<signal::Response> responses;
  std::string name;
  bool takes_out_mean = false;
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

Moments moments_of(std::span<const float> values) {
  double first = 0.0, second = 0.0, fourth = 0.0;
  for (const float value : values) {
    const double square = static_cast<double>(value) * value;
    first += value;
    second += square;
    fourth += square * square;
  }
  const double n = static_cast<double>(values.size());
  return {first / n, second / n, second > 0.0 ? fourth * n / (second * second) - 1.0 : 0.0};
}

// Regression of the means of pieces of `out` on those of `in`.
double gain_of_means(std::span<const float> in, std::span<const float> out, std::size_t piece) {
  double n = 0.0, x1 = 0.0, y1 = 0.0, x2 = 0.0, xy = 0.0;
  for (std::size_t from = 0; from + piece <= in.size(); from += piece) {
    double x = 0.0, y = 0.0;
    for (std::size_t i = from; i < from + piece; ++i) {
      x += in[i];
      y += out[i];
    }
    n += 1.0;
    x1 += x;
    y1 += y;
    x2 += x * x;
    xy += x * y;
  }
  const double spread = x2 - x1 * x1 / n;
  return spread > 0.0 ? (xy - x1 * y1 / n) / spread : 0.0;
}

class SegmentRunner {
 public:
  SegmentRunner(const Segment& segment, const parts::Conditions& conditions, const Without& without,
                const PropagateOptions& options)
      : segment_(segment),
        conditions_(conditions),
        without_(without),
        options_(options),
        sample_rate_(conditions.symbol_rate * options.samples_per_symbol) {
    conditions_.sample_rate = sample_rate_;
  }

  Propagation run(std::span<const std::uint8_t> symbols) {
    result_.samples_per_symbol = options_.samples_per_symbol;
    hold(symbols);
    for (std::size_t i = 0; i < segment_.elements.size(); ++i) {
      const Element& element = segment_.elements[i];
      switch (element.kind) {
        case Element::Kind::linear:
          pending_.add(element_response(element, without_),
                       std::to_string(i) + (without_.memory.contains(element.name) ? "flat" : ""));
          if (element.high_pass_corner > 0.0) pending_.takes_out_mean = true;
          break;
        case Element::Kind::test_point:
          if (options_.taps) tap(i);
          break;
        case Element::Kind::nonlinear:
          nonlinear(i);
          break;
      }
    }
    const auto last = stage("", [&] { return Stage{filtered(*signal_, pending_), {}}; });
    result_.at_sampler = last->signal.real;
    return std::move(result_);
  }

 private:
  void hold(std::span<const std::uint8_t> symbols) {
    parts::HostTransmitter transmitter = segment_.transmitter;
    if (without_.level_mismatch) {
      transmitter.r_lm = 1.0;
      history_ = "even levels/";
    }
    const std::vector<float> voltages = symbol_voltages(transmitter, conditions_.levels, symbols);
    auto held = std::make_shared<Signal>();
    held->real.resize(voltages.size() * static_cast<std::size_t>(options_.samples_per_symbol));
    for (std::size_t k = 0; k < voltages.size(); ++k)
      std::fill_n(held->real.begin() + static_cast<long>(k) * options_.samples_per_symbol,
                  options_.samples_per_symbol, voltages[k]);
    signal_ = std::move(held);
    // Each sample stands for a level held over one sample interval.
    pending_.add(
        [rate = sample_rate_](double f) {
          const double x = std::numbers::pi * f / rate;
          return std::complex<double>(signal::sinc(x));
        },
        "hold");
  }

  // The pending run and what `make` does after it, `change` telling it from others: made once for all who
  // share.
  template <class Make>
  std::shared_ptr<const Stage> stage(const std::string& change, const Make& make) {
    history_ += pending_.name + change + '|';
    auto result = options_.shared && options_.share_pattern ? options_.shared->stages.get(history_, make)
                                                            : std::make_shared<const Stage>(make());
    pending_ = {};
    return result;
  }

  template <class Sample>
  std::vector<Sample> filtered(const std::vector<Sample>& samples, const Run& run) const {
    const auto make = [&] {
      return signal::make_block_filter(product(run.responses), sample_rate_, tail_energy);
    };
    const auto filter = options_.shared ? options_.shared->filters.get(run.name, make)
                                        : std::make_shared<const signal::BlockFilter>(make());
    std::vector<Sample> result = signal::filter_cyclic(*filter, std::span<const Sample>(samples));
    if constexpr (std::is_same_v<Sample, float>) {
      if (run.takes_out_mean) {
        const auto mean = static_cast<float>(parts::extent_of(result).mean);
        for (float& sample : result) sample -= mean;
      }
    }
    return result;
  }

  Signal filtered(const Signal& signal, const Run& run) const {
    if (run.responses.empty()) return signal;
    if (signal.optical) return {{}, filtered(signal.field, run), true};
    return {filtered(signal.real, run), {}, false};
  }

  // A tap sees the run so far through the oscilloscope's filter; the run itself stays fused.
  void tap(std::size_t index) {
    const Element& element = segment_.elements[index];
    Tap result;
    result.element = index;
    Run run = pending_;
    if (signal_->optical) {
      result.samples = intensity(filtered(*signal_, run));
      run = {};
    } else {
      result.samples = signal_->real;
    }
    if (element.response) run.add(element.response, "scope" + std::to_string(index));
    if (!run.responses.empty()) result.samples = filtered(result.samples, run);
    result_.taps.push_back(std::move(result));
  }

  void nonlinear(std::size_t index) {
    const Element& element = segment_.elements[index];
    const bool straight = without_.compression.contains(element.name);
    std::string change = std::to_string(index) + (straight ? "straight" : "");
    if (without_.memory.contains(element.name)) change += "flat";
    if (signal_->optical) change += fmt::format("/{}", without_.attenuation);
    const auto reached = stage(change, [&] { return through(element, index, straight); });
    signal_ = {reached, &reached->signal};
    result_.trajectories.emplace_back(reached, &reached->trajectory);
  }

  // The signal after the pending run and the nonlinear element.
  Stage through(const Element& element, std::size_t index, bool straight) const {
    parts::Conditions conditions = conditions_of(element, conditions_);
    if (without_.memory.contains(element.name)) conditions.sample_rate = 0.0;  // light follows at once
    Signal in = filtered(*signal_, pending_);
    Stage result;
    Signal& out = result.signal;
    Trajectory& trajectory = result.trajectory;
    trajectory.element = index;
    const std::size_t n = in.optical ? in.field.size() : in.real.size();
    trajectory.slope.resize(n);
    if (in.optical) {  // photodiode
      if (without_.attenuation != 1.0) {
        const auto gain = static_cast<float>(1.0 / std::sqrt(without_.attenuation));
        for (auto& sample : in.field) sample *= gain;
      }
      const std::span<const std::complex<float>> field(in.field);
      trajectory.law = law_of(*element.part, conditions, field);
      out.real.resize(n);
      apply_of(*element.part, conditions, field, std::span<float>(out.real));
      slope_of(*element.part, conditions, field, std::span<float>(trajectory.slope));
    } else if (straight) {
      trajectory.law.real = small_signal_law(element, in.real);
      out.real.resize(n);
      parts::apply_law(std::span<const float>(in.real), std::span<float>(out.real), trajectory.law.real);
      std::fill(trajectory.slope.begin(), trajectory.slope.end(), small_signal_gain(element));
    } else {
      const std::span<const float> real(in.real);
      trajectory.law = law_of(*element.part, conditions, real);
      out.optical = element.domain == Domain::field;
      if (out.optical) {
        out.field.resize(n);
        apply_of(*element.part, conditions, real, std::span<std::complex<float>>(out.field));
      } else {
        out.real.resize(n);
        apply_of(*element.part, conditions, real, std::span<float>(out.real));
      }
      slope_of(*element.part, conditions, real, std::span<float>(trajectory.slope));
    }
    const std::vector<float> driven = intensity(in);
    const parts::Extent extent = parts::extent_of(driven);
    trajectory.input_low = extent.low;
    trajectory.input_high = extent.high;
    trajectory.output = intensity(out);
    trajectory.of_slope = moments_of(trajectory.slope);
    trajectory.of_output = moments_of(trajectory.output);
    trajectory.slow_gain = gain_of_means(
        driven, trajectory.output, static_cast<std::size_t>(slow_symbols * options_.samples_per_symbol));
    return result;
  }

  float small_signal_gain(const Element& element) const {
    const float zero = 0.0f;
    float gain = 0.0f;
    slope_of(*element.part, conditions_of(element, conditions_), std::span<const float>(&zero, 1),
             std::span<float>(&gain, 1));
    return gain;
  }

  // The part without its compression: its small-signal gain, about the mean.
  parts::RealLaw small_signal_law(const Element& element, std::span<const float> in) const {
    const double gain = small_signal_gain(element), offset = parts::extent_of(in).mean;
    return [gain, offset](double v) { return gain * (v - offset); };
  }

  const Segment& segment_;
  parts::Conditions conditions_;
  const Without& without_;
  const PropagateOptions& options_;
  double sample_rate_;
  std::shared_ptr<const Signal> signal_;
  Run pending_;
  std::string history_;  // all that the signal has met
  Propagation result_;
};

}  // namespace

signal::SymbolTiming timing_in(std::span<const float> samples, int samples_per_symbol,
                               std::span<const std::uint8_t> symbols) {
  return signal::symbol_timing(samples, samples_per_symbol, symbols, -12L * samples_per_symbol,
                               24L * samples_per_symbol);
}

signal::Response element_response(const Element& element, const Without& without) {
  if (!element.response || element.kind == Element::Kind::test_point)
    return [](double) { return std::complex<double>(1.0); };
  if (!without.memory.contains(element.name)) return element.response;
  const std::complex<double> flat = std::abs(element.response(0.0));
  return [flat](double) { return flat; };
}

Propagation propagate(const Segment& segment, const parts::Conditions& conditions,
                      std::span<const std::uint8_t> symbols, const Without& without,
                      const PropagateOptions& options) {
  return SegmentRunner(segment, conditions, without, options).run(symbols);
}

}  // namespace waverack::link
