// The format "waverack-yield".

#include <cmath>

#include "waverack/base/physical_constants.hpp"
#include "waverack/base/units.hpp"
#include "waverack/io/design_document.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/yield_output.hpp"

namespace waverack::io {
namespace {

using study::YieldResult;

std::int64_t whole(int number) { return number; }

// The unit of `sigma` and `walk`·√m.
std::string unit_of(const study::Variation& variation) {
  if (variation.spread.scale == parts::SpreadScale::share) return "1";
  if (variation.spread.scale == parts::SpreadScale::decibel) return "dB";
  if (variation.unit == "degC") return "K";
  return variation.unit.empty() ? "1" : std::string(variation.unit);
}

double in_unit(double value, const study::Variation& variation) {
  return variation.spread.scale == parts::SpreadScale::difference
             ? from_si(value, parse_unit(unit_of(variation)))
             : value;
}

void write_variations(JsonWriter& json, const YieldResult& result) {
  json.list("variations", result.variations, [&](const study::Variation& variation) {
    json.member("path", variation.path);
    json.member("unit", unit_of(variation));
    json.member("sigma", in_unit(variation.spread.sigma, variation));
    json.member("walk_per_sqrt_m", in_unit(variation.spread.walk, variation));
    json.member("common", variation.spread.common);
    json.member("distribution", enum_name(variation.spread.distribution));
    json.member("of_laser", variation.of_laser);
    json.member("stated", variation.value);
    json.member("kind", kind_name(variation.kind));
    json.member("source", variation.source);
  });
}

void write_requirements(JsonWriter& json, const YieldResult& result) {
  std::vector<study::Requirement> all = result.lane_requirements;
  all.insert(all.end(), result.module_requirements.begin(), result.module_requirements.end());
  json.list("requirements", all, [&](const study::Requirement& of) {
    int modules = 0;
    for (const study::RequirementCount& count : result.missed)
      if (count.name == of.name && count.at_least == of.at_least) modules = count.modules;
    json.member("name", of.name);
    json.member("bound", of.at_least ? "at_least" : "at_most");
    json.member("limit", of.limit);
    json.member("unit", of.unit);
    json.member("source", of.source);
    json.member("as_designed", of.nominal);
    json.member("refused", whole(modules));
  });
  json.member("not_judged", result.not_judged);
}

void write_histogram(JsonWriter& json, std::string_view name, const study::Histogram& histogram) {
  json.object(name, [&] {
    json.member("first_db", histogram.first);
    json.member("width_db", histogram.width);
    json.member("counts", std::vector<double>(histogram.counts.begin(), histogram.counts.end()));
  });
}

void write_yields(JsonWriter& json, const YieldResult& result) {
  json.member("lane_yield", result.lane_yield);
  json.member("modules_per_switch", result.modules_per_switch);
  json.list("by_spares", result.by_spares, [&](const study::SpareRow& row) {
    json.member("spares", whole(row.spares));
    json.member("good", whole(row.good));
    json.member("yield", row.yield);
    json.member("low", row.interval.low);
    json.member("high", row.interval.high);
    json.member("if_independent", row.if_independent);
    json.member("of_switch", row.of_switch);
    json.member("by_limit", row.by_limit);
  });
  json.member("margin_limits_db", result.limits_db);
  json.list("causes", result.causes, [&](const study::Cause& cause) {
    json.member("path", cause.path);
    json.member("modules", whole(cause.modules));
    json.member("good_without", whole(cause.good_without));
  });
  json.list("bins", result.bins, [&](const study::Bin& bin) {
    json.member("from_db", bin.from_db);
    json.member("to_db", bin.to_db);
    json.member("modules", whole(bin.modules));
    json.member("mean_w", bin.modules > 0 ? bin.mean_w : std::nan(""));
  });
  write_histogram(json, "lane_margins", result.lane_margins);
  write_histogram(json, "module_margins", result.module_margins);
  json.object("power_w", [&] {
    const auto write = [&](std::string_view name, const study::Watts& watts) {
      json.object(name, [&] {
        json.member("module", watts.module);
        json.member("with_laser", watts.with_laser);
      });
    };
    write("mean", result.watts_mean);
    write("low", result.watts_low);
    write("high", result.watts_high);
  });
}

void write_trust(JsonWriter& json, const YieldResult& result) {
  json.object("fast_path", [&] {
    json.member("lanes_solved", whole(result.lanes_solved));
    json.member("without_solution", whole(result.places_lost));
    json.list("polynomials", result.surfaces, [&](const study::SurfaceQuality& of) {
      json.member("of", of.measure);
      json.member("unit", of.unit);
      json.member("terms", whole(of.terms));
      json.member("fitted_to", whole(of.places));
      json.member("leave_one_out_rms", of.leave_one_out_rms);
      json.member("checked_on", whole(of.held_out));
      json.member("rms", of.rms);
      json.member("largest", of.largest);
    });
    json.member("yield_if_margins_lower", result.yield_if_lower);
    json.member("yield_if_margins_higher", result.yield_if_higher);
  });
  if (!result.comparison) return;
  const study::FullComparison& of = *result.comparison;
  json.object("comparison", [&] {
    json.member("modules", whole(of.modules));
    json.member("good_full", whole(of.good_full()));
    json.member("good_fast", whole(of.good_fast()));
    json.member("good_both", whole(of.good_both));
    json.member("good_neither", whole(of.good_neither));
    json.member("good_fast_alone", whole(of.good_fast_alone));
    json.member("good_full_alone", whole(of.good_full_alone));
    json.member("difference", of.difference());
    json.member("difference_low", of.difference_interval().low);
    json.member("difference_high", of.difference_interval().high);
    if (of.margins == 0) return;
    json.member("margins", whole(of.margins));
    json.member("mean_db", of.mean_db);
    json.member("rms_db", of.rms_db);
    json.member("largest_db", of.largest_db);
  });
}

void write_reliability(JsonWriter& json, const module::Reliability& of) {
  constexpr double to_fit = 3600e9;
  json.object("reliability", [&] {
    json.member("fit", of.rate * to_fit);
    json.member("replaceable_fit", of.replaceable_rate * to_fit);
    json.member("any_failure_per_year", of.any_failure);
    json.member("beyond_spares_per_year", of.beyond_spares);
    json.member("replaceable_per_year", of.replaceable_failure);
    json.list("devices", of.devices, [&](const module::DeviceFailures& device) {
      json.member("name", device.name);
      json.member("devices", whole(device.devices));
      json.member("lanes", whole(device.lanes));
      json.member("temperature_c", to_celsius(device.temperature));
      json.member("fit_each", device.rate * to_fit);
      json.member("fit", device.total() * to_fit);
      json.member("field_replaceable", device.field_replaceable);
      json.member("kind", kind_name(device.kind));
      json.member("source", device.source);
    });
  });
}

}  // namespace

std::string yield_json(const YieldOutput& output) {
  const YieldResult& result = output.result;
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-yield");
  json.member("version", 1);
  write_program(json);
  json.member("name", output.input.name);
  json.member("title", output.input.loaded.design.title);
  json.member("summary", yield_summary(output));
  json.member("seed", whole(result.options.seed));
  json.member("sampling", enum_name(result.options.sampling));
  json.member("full", result.options.full);
  json.member("complete", result.complete());
  json.member("modules_wanted", whole(result.options.modules));
  json.member("modules", whole(result.modules));
  json.member("lanes", whole(result.lanes));
  json.member("spares", whole(result.spares));
  json.member("margin_limit_db", result.margin_limit_db);
  if (result.modules > 0) {
    write_yields(json, result);
    write_requirements(json, result);
    write_variations(json, result);
    write_trust(json, result);
  }
  write_reliability(json, result.reliability);
  write_assumptions(json, yield_assumptions(output));
  write_warnings(json, result.warnings);
  json.member("design", Node(design_document(output.input.loaded)));
  json.end_object();
  return json.take();
}

}  // namespace waverack::io
