#include "waverack/coherent/line_propagation.hpp"

#include <cmath>
#include <numbers>
#include <optional>
#include <type_traits>

#include "waverack/base/error.hpp"
#include "waverack/base/physical_constants.hpp"

namespace waverack::coherent {

struct LineNoise {
  double variance = 0.0;  // of each part
  std::uint64_t seed = 0;
  std::uint32_t source = 0;
};

namespace {

using LineOperation = std::variant<JonesFilter, SplitStep, float, LineNoise>;  // float: amplitude

JonesResponse then(const JonesResponse& earlier, const JonesResponse& later) {
  if (!earlier) return later;
  return [earlier, later](double f) { return product(later(f), earlier(f)); };
}

void require(bool right, const char* message) {
  if (!right) throw Error(message);
}

void require_fibre(const FibreSpan& span) {
  require(span.length > 0.0, "the length of a fibre must be above 0");
  require(span.input_loss > 0.0 && span.output_loss > 0.0, "the loss of a connector must be above 0");
  require(span.pmd >= 0.0, "mode dispersion must not be below 0");
}

// Attenuation, connectors, dispersion and mode dispersion of a span.
JonesResponse linear_span(const FibreSpan& span, double carrier, const std::vector<PlacedJones>& placed) {
  const double amplitude =
      std::exp(-0.5 * span.attenuation * span.length) / std::sqrt(span.input_loss * span.output_loss);
  JonesResponse all =
      scalar_response([=](double f) { return amplitude * dispersion(span, carrier, span.length, f); });
  for (const PlacedJones& p : placed) all = then(all, p.response);
  return all;
}

double filter_amplitude(const LineFilter& filter, double f) {
  const double x = std::abs(2.0 * (f - filter.centre_offset) / filter.bandwidth);
  return std::exp(-0.5 * std::numbers::ln2 * std::pow(x, 2 * filter.order)) / std::sqrt(filter.loss);
}

}  // namespace

struct LinePropagation::Program {
  std::vector<LineOperation> operations;
  JonesResponse response;
  int steps = 0;
  double squared_error = 0.0;
  double noise_density = 0.0;
};

namespace {

// What is linear waits here until something is not.
class Pending {
 public:
  Pending(const signal::FftPlan& fft, double sample_rate) : fft_(fft), sample_rate_(sample_rate) {}

  void add(const JonesResponse& response) { response_ = then(response_, response); }
  void scale(double amplitude) { amplitude_ *= amplitude; }
  void flush(std::vector<LineOperation>& operations) {
    if (response_)
      operations.emplace_back(JonesFilter(fft_, sample_rate_, [this](double f) {
        const Jones j = response_(f);
        return Jones{amplitude_ * j.xx, amplitude_ * j.xy, amplitude_ * j.yx, amplitude_ * j.yy};
      }));
    else if (amplitude_ != 1.0)
      operations.emplace_back(static_cast<float>(amplitude_));
    response_ = {};
    amplitude_ = 1.0;
  }

 private:
  const signal::FftPlan& fft_;
  double sample_rate_;
  JonesResponse response_;
  double amplitude_ = 1.0;
};

bool same_steps(const FibreSpan& a, const FibreSpan& b) {
  return a.length == b.length && a.attenuation == b.attenuation && a.beta2 == b.beta2 && a.gamma == b.gamma &&
         a.input_loss == b.input_loss;
}

}  // namespace

LinePropagation::LinePropagation(const Line& line, const signal::FftPlan& fft, double sample_rate,
                                 const PropagationOptions& options) {
  auto program = std::make_unique<Program>();
  const double carrier = line.channel.frequency;
  const double bandwidth = options.bandwidth > 0.0 ? options.bandwidth : line.channel.symbol_rate;
  double power = options.power > 0.0 ? options.power : line.channel.power;
  Pending pending(fft, sample_rate);
  program->response = [](double) { return Jones{}; };
  const auto total = [&](const JonesResponse& r) { program->response = then(program->response, r); };
  std::uint32_t amplifiers = 0;
  struct Planned {
    FibreSpan span;
    double power = 0.0;
    StepPlan plan;
  };
  std::optional<Planned> last;

  for (std::uint32_t index = 0; index < line.elements.size(); ++index) {
    const PolarisationDraw draw{options.seed, options.source - 1, index, options.realisation};
    const auto add = [&](const FibreSpan& span) {
      require_fibre(span);
      const auto placed = mode_dispersion(span, options.pmd_sections, options.pmd_places, draw);
      const JonesResponse linear = linear_span(span, carrier, placed);
      total(linear);
      if (!options.nonlinear || span.gamma == 0.0) {
        pending.add(linear);
      } else {
        // Equal spans behind each other see the same power but for rounding, and share their steps.
        if (!last || !same_steps(last->span, span) || std::abs(last->power / power - 1.0) > 1e-2)
          last = Planned{span, power, plan_steps(span, power, bandwidth, options.field_error)};
        pending.flush(program->operations);
        program->operations.emplace_back(SplitStep(fft, sample_rate, span, last->plan, carrier, placed));
        program->steps += static_cast<int>(last->plan.places.size());
        program->squared_error += last->plan.field_error * last->plan.field_error;
      }
      const double loss = span.input_loss * std::exp(span.attenuation * span.length) * span.output_loss;
      power /= loss;
      program->noise_density /= loss;
    };
    const auto amplify = [&](const LineAmplifier& amplifier) {
      require(amplifier.gain > 0.0, "the gain of an amplifier must be above 0");
      require(amplifier.noise_figure >= 0.0, "a noise figure must not be below 0");
      const double amplitude = std::sqrt(amplifier.gain);
      pending.scale(amplitude);
      total(scalar_response([amplitude](double) { return amplitude; }));
      power *= amplifier.gain;
      program->noise_density *= amplifier.gain;
      const std::uint32_t source = options.source + 4 * amplifiers++;
      const double density =
          0.5 * std::max(0.0, amplifier.gain * amplifier.noise_figure - 1.0) * planck_constant * carrier;
      program->noise_density += density;
      if (!options.noise || density == 0.0) return;
      pending.flush(program->operations);
      program->operations.emplace_back(LineNoise{0.5 * density * sample_rate, options.seed, source});
    };
    const auto filter = [&](const LineFilter& f) {
      require(f.bandwidth > 0.0 && f.order >= 1 && f.loss > 0.0, "a filter needs a bandwidth and an order");
      const JonesResponse response = scalar_response([f](double at) { return filter_amplitude(f, at); });
      pending.add(response);
      total(response);
      power /= f.loss;
      program->noise_density /= f.loss;
    };
    const auto polarise = [&](const PolarisationElement& element) {
      require(element.pdl >= 1.0, "polarisation-dependent loss is a ratio of at least 1");
      const JonesResponse response = polarisation_element(element, draw);
      pending.add(response);
      total(response);
    };
    std::visit(
        [&](const auto& element) {
          using Element = std::decay_t<decltype(element)>;
          if constexpr (std::is_same_v<Element, FibreSpan>)
            add(element);
          else if constexpr (std::is_same_v<Element, LineAmplifier>)
            amplify(element);
          else if constexpr (std::is_same_v<Element, LineFilter>)
            filter(element);
          else
            polarise(element);
        },
        line.elements[index].element);
  }
  pending.flush(program->operations);
  program_ = std::move(program);
}

LinePropagation::~LinePropagation() = default;
LinePropagation::LinePropagation(LinePropagation&&) noexcept = default;
LinePropagation& LinePropagation::operator=(LinePropagation&&) noexcept = default;

void LinePropagation::apply(DualBatch& batch) const {
  for (const LineOperation& operation : program_->operations) {
    if (const auto* filter = std::get_if<JonesFilter>(&operation))
      filter->apply(batch);
    else if (const auto* fibre = std::get_if<SplitStep>(&operation))
      fibre->apply(batch);
    else if (const auto* amplitude = std::get_if<float>(&operation))
      scale(batch, *amplitude);
    else if (const auto* noise = std::get_if<LineNoise>(&operation))
      add_noise(batch, noise->variance, noise->seed, noise->source);
  }
}

const JonesResponse& LinePropagation::response() const { return program_->response; }
int LinePropagation::steps() const { return program_->steps; }
double LinePropagation::estimated_error() const { return std::sqrt(program_->squared_error); }
double LinePropagation::noise_power_density() const { return program_->noise_density; }

double line_memory(const Line& line, double bandwidth) {
  const double edge = std::numbers::pi * bandwidth;
  double memory = 0.0;
  for (const NamedElement& named : line.elements) {
    if (const auto* span = std::get_if<FibreSpan>(&named.element)) {
      const double offset = 2.0 * std::numbers::pi * (line.channel.frequency - span->frequency);
      const double beta2 = span->beta2 + span->beta3 * offset;
      memory += (std::abs(beta2) + 0.5 * std::abs(span->beta3) * edge) * edge * span->length;
    } else if (const auto* filter = std::get_if<LineFilter>(&named.element)) {
      memory += 2.0 * filter->order / filter->bandwidth;
    }
  }
  // Half of the delay between the axes to either side; four standard deviations of a Maxwellian are 1.7
  // times its mean beyond the mean.
  memory += 0.5 * 2.7 * mean_dgd(line);
  const Channel& channel = line.channel;
  return memory + 2.0 / (std::max(channel.roll_off, 0.05) * channel.symbol_rate);
}

}  // namespace waverack::coherent
