#include "waverack/compliance/capture_measure.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"

namespace waverack::compliance {
namespace {

constexpr double termination = 50.0;  // [ohm] of the scope's input

struct Scale {
  double factor = 1.0;  // from the file's values to W or V
  bool light = false;
};

// Where the unit comes from, and what its values become.
Scale scale_of(const CapturedRecord& record, const CaptureConditions& conditions,
               std::vector<std::string>& remarks) {
  const std::string& name = conditions.unit.empty() ? record.unit : conditions.unit;
  if (name.empty())
    refuse_at({}, "the file does not say the unit of its values", "--unit W, mW, uW, V or mV");
  if (!conditions.unit.empty() && !record.unit.empty() && conditions.unit != record.unit)
    remarks.push_back(
        fmt::format("Values are taken as {}, though the file says {}.", conditions.unit, record.unit));
  const Unit unit = parse_unit(name);
  Scale scale{unit.factor, unit.dimension == parse_unit("W").dimension};
  const bool volts = unit.dimension == parse_unit("V").dimension,
             amperes = unit.dimension == parse_unit("A").dimension;
  if (!(scale.light || volts || amperes) || unit.scale != Unit::Scale::linear)
    refuse_at({}, fmt::format("'{}' is no unit of a waveform", name), "W, mW, uW, V or mV");
  if (!conditions.responsivity) {
    if (amperes) refuse_at({}, "a current is no waveform to measure", "--responsivity makes it light");
    return scale;
  }
  if (scale.light) refuse_at({}, "the values are light already", "--responsivity beside volts or amperes");
  scale.light = true;
  scale.factor /= *conditions.responsivity * (volts ? termination : 1.0);
  remarks.push_back(volts
                        ? fmt::format("{} A/W into 50 ohm makes 1 V {} of light.", *conditions.responsivity,
                                      format_engineering(1.0 / (*conditions.responsivity * termination), "W"))
                        : fmt::format("{} A/W makes the current light.", *conditions.responsivity));
  return scale;
}

std::vector<std::string> warnings_on(const CaptureMeasurement& m, const CaptureConditions& conditions) {
  std::vector<std::string> warnings;
  if (!conditions.filter)
    warnings.emplace_back(
        "Nothing says whether the scope applied the reference filter, so both results are given; "
        "--reference-filter "
        "applied or needed says it.");
  if (m.measure != CaptureMeasure::eecq && !m.dark_known)
    warnings.emplace_back("Without a dark level (--dark) the extinction ratio is not corrected.");
  if (!m.results.front().result.oma_from_runs)
    warnings.emplace_back(
        "The waveform lacks a run of 7 threes or of 6 zeros, so outer levels are the mean ones behind the "
        "equaliser.");
  if (conditions.averaged)
    warnings.push_back(fmt::format("The waveform was averaged, which hides noise: {} is a lower bound.",
                                   measure_text(m.measure)));
  if (conditions.averaged && conditions.scope_noise > 0.0)
    warnings.emplace_back("The scope noise is taken to be what averaging left of it.");
  if (m.locked.noise && conditions.scope_noise == 0.0 && !conditions.averaged &&
      *m.locked.noise > 0.01 * (m.results.front().result.oma_outer))
    warnings.push_back(fmt::format(
        "The noise of {} rms is counted against the transmitter; --scope-noise credits the scope's part.",
        format_engineering(*m.locked.noise, m.unit, 3)));
  return warnings;
}

CaptureMeasurement measured(const CapturedRecord& record, const TdecqSettings& settings,
                            const CaptureConditions& conditions) {
  CaptureMeasurement m;
  m.remarks = record.remarks;
  m.file = record.name;
  m.samples = record.samples.size();
  m.sample_interval = record.sample_interval;
  const Scale scale = scale_of(record, conditions, m.remarks);
  if (conditions.dark && !scale.light) refuse_at({}, "a voltage has no dark level", "--dark beside light");
  m.unit = scale.light ? "W" : "V";
  m.measure = !scale.light             ? CaptureMeasure::eecq
              : conditions.after_fibre ? CaptureMeasure::tdecq
                                       : CaptureMeasure::tecq;
  m.dark_known = conditions.dark.has_value();
  m.scope_noise = conditions.scope_noise * std::abs(scale.factor);

  std::vector<float> samples(record.samples);
  const double dark = conditions.dark.value_or(0.0);
  for (float& y : samples) y = static_cast<float>((static_cast<double>(y) - dark) * scale.factor);
  TimingOptions timing;
  timing.symbol_rate = conditions.symbol_rate;
  timing.pattern = conditions.pattern;
  timing.average = conditions.averaged;
  timing.clock_recovery = conditions.clock_recovery;
  timing.inversion = scale.light ? Inversion::of_the_symbols : Inversion::of_the_samples;
  m.locked = lock_capture(samples, record.sample_interval, timing);
  m.remarks.insert(m.remarks.end(), m.locked.remarks.begin(), m.locked.remarks.end());

  const auto measure = [&](ReferenceFilter filter) {
    FilteredMeasurement one;
    one.filter = filter;
    // The filter delays; where symbols then lie is found again.
    std::optional<double> delay;
    if (filter == ReferenceFilter::applied) delay = m.locked.delay;
    one.received = filter == ReferenceFilter::applied ? m.locked.waveform
                                                      : reference_received(m.locked.waveform, settings);
    one.result = measure_tdecq(one.received, m.locked.symbols, settings,
                               {ReferenceFilter::applied, m.scope_noise, delay});
    m.results.push_back(std::move(one));
  };
  if (!conditions.filter || *conditions.filter == ReferenceFilter::applied) measure(ReferenceFilter::applied);
  if (!conditions.filter || *conditions.filter == ReferenceFilter::needed) measure(ReferenceFilter::needed);
  m.warnings = warnings_on(m, conditions);
  return m;
}

}  // namespace

std::string_view measure_text(CaptureMeasure measure) {
  switch (measure) {
    case CaptureMeasure::tecq:
      return "TECQ";
    case CaptureMeasure::tdecq:
      return "TDECQ";
    case CaptureMeasure::eecq:
      return "EECQ";
  }
  return "";
}

double measure_db(CaptureMeasure measure, double ratio) {
  return (measure == CaptureMeasure::eecq ? 20.0 : 10.0) * std::log10(ratio);
}

CaptureMeasurement measure_capture(const CapturedRecord& record, const TdecqSettings& settings,
                                   const CaptureConditions& conditions) {
  try {
    return measured(record, settings, conditions);
  } catch (const Error& error) {
    ErrorInfo info = error.info();
    info.mark.file = record.name;
    throw Error(std::move(info));
  }
}

}  // namespace waverack::compliance
