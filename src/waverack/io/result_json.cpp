// The result format: docs/formats/result.md says what each key means, result.schema.json which there are.

#include "waverack/io/result_json.hpp"

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/fec/block_code.hpp"
#include "waverack/io/design_document.hpp"
#include "waverack/io/eye_list.hpp"
#include "waverack/io/headline.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/version.hpp"

namespace waverack::io {
namespace {

std::string_view unit_or_one(std::string_view unit) { return unit.empty() ? "1" : unit; }

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::fail:
      return "fail";
    case Verdict::info:
      return "info";
  }
  return "?";
}

template <class Items, class Write>
void list(JsonWriter& json, std::string_view name, const Items& items, Write write) {
  json.key(name);
  json.begin_array();
  for (const auto& item : items) {
    json.begin_object();
    write(item);
    json.end_object();
  }
  json.end_array();
}

template <class Write>
void object(JsonWriter& json, std::string_view name, Write write) {
  json.key(name);
  json.begin_object();
  write();
  json.end_object();
}

// A histogram without the zeros at its end.
template <class Array>
std::vector<double> until_last(const Array& counts) {
  std::vector<double> list(counts.begin(), counts.end());
  while (!list.empty() && list.back() == 0.0) list.pop_back();
  return list;
}

void write_noise_budget(JsonWriter& json, const std::vector<link::NoiseShare>& budget) {
  list(json, "noise_budget", budget, [&](const link::NoiseShare& share) {
    json.member("source", share.source);
    json.member("label", share.label);
    json.member("rms", share.rms);
    json.member("unit", "1");
    json.member("share", share.share);
  });
}

void write_soft(JsonWriter& json, const link::ErrorCounts& counts) {
  const link::SoftResult soft = link::soft_result(counts.soft);
  json.member("gmi",
              soft.information * static_cast<double>(counts.bits) / static_cast<double>(counts.symbols));
  json.member("normalised_gmi", soft.information);
  json.member("scale", soft.scale);
  list(json, "reliability", soft.reliability, [&](const link::ReliabilityBin& bin) {
    json.member("from", bin.from);
    json.member("bits", bin.bits);
    json.member("wrong_bits", bin.wrong_bits);
    json.member("stated_ratio", bin.stated_ratio);
  });
}

void write_weighed(JsonWriter& json, const link::RareErrors& weighed) {
  json.member("decisions", weighed.decisions);
  json.member("ber", weighed.ber);
  json.member("standard_error", weighed.standard_error);
  json.member("expected_ber", weighed.expected_ber);
  json.member("interrupted", weighed.interrupted);
  json.member("precise", weighed.precise);
}

void write_decision_values(JsonWriter& json, const link::SegmentCounts& counted) {
  json.member("start", link::DecisionHistogram::start);
  json.member("step", link::DecisionHistogram::step);
  json.member("thresholds", counted.thresholds);
  list(json, "levels", counted.expected_density, [&, level = 0](const std::vector<double>& density) mutable {
    const std::span<const std::uint64_t> counts = counted.values.counts(level++);
    json.member("counts", std::vector<double>(counts.begin(), counts.end()));
    json.member("expected_density", density);
  });
}

void write_counted(JsonWriter& json, const link::SegmentCounts& counted) {
  const link::ErrorCounts& counts = counted.counts;
  const link::Interval interval = link::ber_interval(counts);
  json.member("symbols", counts.symbols);
  json.member("bits", counts.bits);
  json.member("symbol_errors", counts.symbol_errors);
  json.member("bit_errors", counts.bit_errors);
  json.member("ber_low", interval.low);
  json.member("ber_high", interval.high);
  json.member("expected_ber", counted.expected_ber);
  json.member("bursts", counts.events);
  json.member("burst_lengths", until_last(counts.bursts));
  json.member("code_symbols", counts.code_symbols);
  json.member("code_symbol_errors", counts.code_symbol_errors);
  list(json, "codewords", std::array<std::size_t, 3>{0, 1, 2}, [&](std::size_t i) {
    json.member("interleaving", link::ErrorCounts::interleavings[i]);
    json.member("wrong_code_symbols", until_last(counts.codewords[i]));
  });
  if (!counts.soft.bits.empty()) object(json, "soft", [&] { write_soft(json, counts); });
  json.member("interrupted", counted.interrupted);
  json.member("precise", counted.precise);
  if (counted.values.levels() > 0)
    object(json, "decision_values", [&] { write_decision_values(json, counted); });
}

void write_segment(JsonWriter& json, const link::SegmentResult& segment) {
  json.member("name", segment.name);
  json.member("ber_pre_fec", segment.ber_pre_fec);
  json.member("snr_margin_db", segment.snr_margin_db);
  json.member("mmse_snr_db", segment.mmse_snr_db);
  json.member("eye_width_ui", segment.eye_width_ui);
  json.member("sampling_phase_ui", segment.sampling_phase_ui);
  json.member("ber_by_eye", segment.ber_by_eye);
  json.member("levels", segment.levels);
  json.member("thresholds", segment.thresholds);
  json.member("ffe_taps", segment.ffe_taps);
  if (const auto& volterra = segment.volterra)
    object(json, "volterra", [&] {
      json.member("terms", static_cast<std::uint64_t>(volterra->terms()));
      json.member("linear", volterra->linear);
      json.member("second", volterra->second);
      json.member("third", volterra->third);
    });
  json.member("dfe_taps", segment.dfe_taps);
  json.member("mlse_target", segment.mlse_target);
  write_noise_budget(json, segment.noise_budget);
  if (segment.counted) object(json, "counted", [&] { write_counted(json, *segment.counted); });
  if (segment.weighed) object(json, "weighed", [&] { write_weighed(json, *segment.weighed); });
}

void write_test_point(JsonWriter& json, const link::TestPointResult& point) {
  const bool light = point.domain == parts::Domain::field || point.domain == parts::Domain::light;
  json.member("domain", light ? "optical" : std::string(parts::domain_name(point.domain)));
  json.member("unit", parts::domain_unit(point.domain));
  if (light) {
    json.member("oma_outer_dbm", to_dbm(point.oma_outer));
    json.member("extinction_ratio_db", to_db(point.extinction_ratio));
    json.member("average_power_dbm", to_dbm(point.average_power));
  } else {
    json.member("outer_swing", point.oma_outer);
  }
  json.member("rlm", point.r_lm);
  json.member("transition_time_ps", point.transition_time * 1e12);
  json.member("levels", point.levels);
  json.member("eye_heights", point.eye_heights);
  json.member("eye_widths_ui", point.eye_widths_ui);
}

int correctable_symbols(link::Fec fec) {
  return fec == link::Fec::kp4 ? fec::kp4.t : fec == link::Fec::kr4 ? fec::kr4.t : 0;
}

// The segment that limits the lane: the one with the highest error ratio.
const link::SegmentResult* worst_segment(const link::LaneResult& lane) {
  const link::SegmentResult* worst = nullptr;
  for (const link::SegmentResult& segment : lane.segments)
    if (!worst || segment.ber_pre_fec > worst->ber_pre_fec) worst = &segment;
  return worst;
}

void write_feedback(JsonWriter& json, const link::Feedback& feedback) {
  object(json, "feedback", [&] {
    json.member("laser", feedback.laser);
    json.member("level_db", to_db(feedback.level));
    json.member("critical_level_db", to_db(feedback.critical_level));
    json.member("critical_level_held", feedback.critical_level_held);
    json.member("margin_db", to_db(1.0 / feedback.ratio()));
    list(json, "reflectors", feedback.reflectors, [&](const link::FeedbackReflector& reflector) {
      json.member("name", reflector.name);
      json.member("count", reflector.count);
      json.member("level_db", to_db(reflector.level));
      json.member("margin_db", to_db(feedback.critical_level / reflector.level));
    });
  });
}

void write_bandwidths(JsonWriter& json, const link::Bandwidths& bandwidths) {
  constexpr double giga = 1e9;
  json.member("combined_ghz", bandwidths.combined / giga);
  json.member("transmitter_ghz", bandwidths.transmitter / giga);
  json.member("cascade_ghz", bandwidths.cascade / giga);
  json.member("transmitter_cascade_ghz", bandwidths.transmitter_cascade / giga);
  list(json, "blocks", bandwidths.blocks, [&](const link::BlockBandwidth& block) {
    json.member("name", block.name);
    json.member("bandwidth_ghz", block.bandwidth / giga);
  });
}

void write_lane(JsonWriter& json, const link::LaneResult& lane, link::Fec fec) {
  json.member("name", lane.name);
  json.member("optical", lane.optical);
  json.member("ber_pre_fec", lane.ber_pre_fec);
  json.member("margin_db", lane.margin_db);
  json.member("snr_margin_db", lane.snr_margin_db);
  json.member("floor_ber", lane.floor_ber);
  json.member("latency_s", lane.latency_s);
  json.member("reach_m", lane.reach_m);
  json.member("limits", lane.limits);
  object(json, "fec", [&] {
    json.member("code", lane.fec.code);
    json.member("correctable_symbols", correctable_symbols(fec));
    json.member("codeword_error_ratio", lane.fec.codeword_error_ratio);
    json.member("frame_loss_ratio", lane.fec.frame_loss_ratio);
    json.member("symbol_error_histogram", lane.fec.symbol_error_histogram);
  });
  object(json, "test_points", [&] {
    for (const link::TestPointResult& point : lane.test_points)
      object(json, point.name, [&] { write_test_point(json, point); });
  });
  const link::SegmentResult* worst = worst_segment(lane);
  write_noise_budget(json, worst ? worst->noise_budget : std::vector<link::NoiseShare>{});
  list(json, "penalties", lane.penalties, [&](const link::Penalty& penalty) {
    json.member("impairment", penalty.impairment);
    json.member("label", penalty.label);
    json.member("penalty_db", penalty.penalty_db);
    json.member("snr_margin_db_without", penalty.snr_margin_db_without);
  });
  if (!lane.bandwidths.blocks.empty())
    object(json, "bandwidth", [&] { write_bandwidths(json, lane.bandwidths); });
  list(json, "segments", lane.segments,
       [&](const link::SegmentResult& segment) { write_segment(json, segment); });
  if (lane.feedback.present) write_feedback(json, lane.feedback);
}

void write_boundaries(JsonWriter& json, std::string_view name, const module::Boundaries& b, double factor) {
  object(json, name, [&] {
    json.member("module", b.module * factor);
    json.member("with_laser", b.with_laser * factor);
    json.member("with_host", b.with_host * factor);
    json.member("with_cooling", b.with_cooling * factor);
  });
}

void write_module(JsonWriter& json, const module::ModuleResult& module, const module::Module& design) {
  json.member("form", design.form);
  json.member("lanes", design.lanes);
  json.member("mac_rate_gbps", module.mac_rate * 1e-9);
  write_boundaries(json, "power_w", module.power_w, 1.0);
  write_boundaries(json, "energy_pj_per_bit", module.energy_per_bit, 1e12);
  list(json, "power_items", module.items, [&](const module::PowerItem& item) {
    json.member("name", item.name);
    json.member("label", item.label);
    json.member("place", module::meter_name(item.meter));
    json.member("count", item.count);
    json.member("unit_w", item.unit_w);
    json.member("total_w", item.total_w);
    json.member("kind", kind_name(item.kind));
    json.member("source", item.source);
  });
  if (!module.laser.present) return;
  object(json, "laser", [&] {
    json.member("external", module.laser.external);
    json.member("lasers", module.laser.lasers);
    json.member("lanes_per_laser", module.laser.lanes_per_laser);
    json.member("power_dbm", module.laser.power_dbm);
    json.member("power_needed_dbm", module.laser.power_needed_dbm);
    json.member("margin_db", module.laser.margin_db);
    json.member("wall_plug_w", module.laser.wall_plug_w);
    json.member("elsfp_class", module.laser.elsfp_class);
    if (const auto& drive = module.laser.drive) {
      json.member("largest_power_dbm", module.laser.largest_power_dbm);
      object(json, "drive", [&] {
        json.member("current_a", drive->current);
        json.member("voltage_v", drive->voltage);
        json.member("threshold_a", drive->threshold);
        json.member("junction_c", drive->junction_temperature - 273.15);
        json.member("efficiency", drive->efficiency);
      });
    }
    list(json, "ladder", module.laser.ladder, [&](const module::LaserStep& step) {
      json.member("name", step.name);
      json.member("loss_db", step.loss_db);
      json.member("power_dbm_after", step.power_dbm_after);
    });
  });
}

void write_cluster(JsonWriter& json, const cluster::ClusterResult& cluster) {
  const auto estimate = [&](std::string_view name, const cluster::Estimate& e) {
    object(json, name, [&] {
      json.member("value", e.value);
      json.member("low", e.low);
      json.member("high", e.high);
    });
  };
  estimate("gpus", cluster.gpus);
  estimate("modules", cluster.modules);
  estimate("switches", cluster.switches);
  estimate("network_w", cluster.network_w);
  estimate("it_w", cluster.it_w);
  estimate("pue", cluster.pue);
  estimate("tue", cluster.tue);
  if (cluster.rack_density) estimate("rack_density", *cluster.rack_density);
  json.member("tiers", cluster.tiers);
  json.member("links", cluster.links);
  json.member("optical_ends", cluster.optical_ends);
  object(json, "modules_per_node", [&] {
    json.member("ratio", cluster.node.ratio);
    json.member("bare", cluster.node.bare);
    json.member("power_of_two", cluster.node.power_of_two);
    json.member("ratio_with_fill", cluster.node.ratio_with_fill);
    json.member("with_fill", cluster.node.with_fill);
  });
  list(json, "comparison", cluster.comparison, [&](const cluster::Alternative& item) {
    json.member("name", item.name);
    json.member("nic_module", item.nic_module);
    json.member("modules", item.modules);
    json.member("optics_w", item.optics_w);
    json.member("switch_w", item.switch_w);
    json.member("network_w", item.network_w);
    json.member("it_w", item.it_w);
    json.member("pue", item.pue);
    json.member("tue", item.tue);
    json.member("facility_w", item.facility_w);
    json.member("liquid_share", item.liquid_share);
  });
  list(json, "savings", cluster.savings, [&](const cluster::Saving& saving) {
    json.member("boundary", saving.boundary);
    json.member("value_w", saving.value_w);
    json.member("baseline_w", saving.baseline_w);
    json.member("saving", saving.saving);
  });
}

void write_operating_point(JsonWriter& json, const OperatingPoint& point) {
  object(json, "operating_point", [&] {
    list(json, "found", point.found, [&](const FoundNumber& number) {
      json.member("path", number.path);
      json.member("before", number.before);
      json.member("after", number.after);
    });
    json.member("ber_before", point.ber_before);
    json.member("ber_after", point.ber_after);
    json.member("solves", point.solves);
    json.member("converged", point.converged);
  });
}

void write_judgements(JsonWriter& json, const Output& output) {
  write_claims(json, output.claims);
  const Result& result = output.result;
  list(json, "checks", result.checks, [&](const Check& check) {
    json.member("name", check.name);
    json.member("value", check.value);
    json.member("limit", check.limit);
    json.member("bound", check.at_least ? "at_least" : "at_most");
    json.member("margin", check.margin);
    json.member("unit", unit_or_one(check.unit));
    json.member("source", check.source);
    json.member("verdict", verdict_name(check.verdict));
  });
  list(json, "assumptions", result.assumptions, [&](const Assumption& assumption) {
    json.member("path", assumption.path);
    json.member("value", assumption.value);
    json.member("kind", kind_name(assumption.kind));
    json.member("source", assumption.source);
    json.member("where", assumption.where);
  });
  list(json, "warnings", result.warnings, [&](const Warning& warning) {
    json.member("path", warning.path);
    json.member("message", warning.message);
  });
}

void write_eye(JsonWriter& json, const link::LaneResult& lane, const ListedEye& listed) {
  const link::EyeImage& eye = *listed.image;
  json.member("id", listed.id);
  json.member("kind", "eye");
  json.member("title", eye.title);
  json.member("lane", lane.name);
  if (!listed.test_point.empty()) json.member("test_point", listed.test_point);
  json.member("csv", series_file_name(listed.id));
  const auto axis = [&](std::string_view key, std::string_view name, std::string_view unit, double start,
                        double step, int count) {
    object(json, key, [&] {
      json.member("name", name);
      json.member("unit", unit);
      json.member("start", start);
      json.member("step", step);
      json.member("count", count);
    });
  };
  axis("x", "time", "UI", eye.time_start_ui, eye.time_step_ui, eye.columns);
  axis("y", listed.amplitude, eye.amplitude_unit, eye.amplitude_start, eye.amplitude_step, eye.rows);
  json.key("density");
  json.ratios(eye.density);
}

void write_curve(JsonWriter& json, const link::Curve& curve) {
  json.member("id", curve.id);
  json.member("kind", "line");
  json.member("title", curve.title);
  json.member("x_scale", curve.x_logarithmic ? "log" : "linear");
  json.member("y_scale", curve.y_logarithmic ? "log" : "linear");
  json.member("csv", series_file_name(curve.id));
  list(json, "columns", curve.columns, [&](const link::Column& column) {
    json.member("name", column.name);
    json.member("unit", unit_or_one(column.unit));
    json.member("values", column.values);
  });
}

void write_series(JsonWriter& json, const link::LaneResult& lane) {
  json.key("series");
  json.begin_array();
  for (const ListedEye& eye : eyes_of(lane)) {
    json.begin_object();
    write_eye(json, lane, eye);
    json.end_object();
  }
  for (const link::Curve& curve : lane.curves) {
    json.begin_object();
    write_curve(json, curve);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void write_claims(JsonWriter& json, std::span<const study::ClaimResult> claims) {
  list(json, "claims", claims, [&](const study::ClaimResult& claim) {
    json.member("id", claim.id);
    json.member("claim", claim.claim);
    json.member("computed", claim.computed);
    json.member("low", claim.low);
    json.member("high", claim.high);
    json.member("unit", unit_or_one(claim.unit));
    json.member("boundary", claim.boundary);
    json.member("verdict", study::verdict_name(claim.verdict));
    json.member("hinges_on", claim.hinges_on);
    json.member("command", claim.command);
    list(json, "cases", claim.cases, [&](const study::ClaimCase& item) {
      json.member("baseline", item.baseline);
      json.member("computed", item.computed);
      json.member("inside", item.inside);
    });
  });
}

void write_program(JsonWriter& json) {
  object(json, "program", [&] {
    json.member("version", version());
    json.member("commit", commit());
  });
}

std::string result_json(const Output& output) {
  const Result& result = output.result;
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-result");
  json.member("version", 1);
  write_program(json);
  json.member("seed", result.seed);
  json.member("name", output.input.name);
  json.member("title", result.design.title);
  json.member("summary", result.summary);
  list(json, "headline", headline(result), [&](const Headline& item) {
    json.member("label", item.label);
    json.member("value", item.value);
    json.member("note", item.note);
    json.member("verdict", verdict_name(item.verdict));
  });
  json.key("lanes");
  json.begin_array();
  json.begin_object();
  write_lane(json, result.lane, result.design.lane.fec);
  json.end_object();
  json.end_array();
  object(json, "module", [&] { write_module(json, result.module, result.design.module); });
  object(json, "cluster", [&] { write_cluster(json, result.cluster); });
  if (!result.operating_point.found.empty()) write_operating_point(json, result.operating_point);
  write_judgements(json, output);
  list(json, "files", output.input.files, [&](const InputFile& file) {
    json.member("name", file.name);
    json.member("sha256", file.sha256);
    json.member("bytes", static_cast<std::int64_t>(file.bytes));
  });
  json.member("design", Node(design_document(output.input.loaded)));
  write_series(json, result.lane);
  json.end_object();
  return json.take();
}

}  // namespace waverack::io
