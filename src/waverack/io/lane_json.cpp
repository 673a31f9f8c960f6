#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/link/lane_fec.hpp"

namespace waverack::io {
namespace {

// A histogram without the zeros at its end.
template <class Array>
std::vector<double> until_last(const Array& counts) {
  std::vector<double> list(counts.begin(), counts.end());
  while (!list.empty() && list.back() == 0.0) list.pop_back();
  return list;
}

void write_noise_budget(JsonWriter& json, const std::vector<link::NoiseShare>& budget) {
  json.list("noise_budget", budget, [&](const link::NoiseShare& share) {
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
  json.list("reliability", soft.reliability, [&](const link::ReliabilityBin& bin) {
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
  json.list("levels", counted.expected_density, [&, level = 0](const std::vector<double>& density) mutable {
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
  json.list("codewords", std::array<std::size_t, 3>{0, 1, 2}, [&](std::size_t i) {
    json.member("interleaving", link::ErrorCounts::interleavings[i]);
    json.member("wrong_code_symbols", until_last(counts.codewords[i]));
  });
  if (const auto& tail = counted.tail)
    json.object("tail", [&] {
      json.member("codeword_error_ratio", tail->codeword_error_ratio);
      json.member("low", tail->low);
      json.member("high", tail->high);
      json.member("plausibility", tail->plausibility);
    });
  if (!counts.soft.bits.empty()) json.object("soft", [&] { write_soft(json, counts); });
  json.member("interrupted", counted.interrupted);
  json.member("precise", counted.precise);
  if (counted.values.levels() > 0)
    json.object("decision_values", [&] { write_decision_values(json, counted); });
}

void write_segment(JsonWriter& json, const link::SegmentResult& segment) {
  json.member("name", segment.name);
  json.member("ber_pre_fec", segment.ber_pre_fec);
  json.member("errors_per_event", segment.errors_per_event);
  json.member("snr_margin_db", segment.snr_margin_db);
  json.member("mmse_snr_db", segment.mmse_snr_db);
  json.member("eye_width_ui", segment.eye_width_ui);
  json.member("sampling_phase_ui", segment.sampling_phase_ui);
  json.member("ber_by_eye", segment.ber_by_eye);
  json.member("levels", segment.levels);
  json.member("thresholds", segment.thresholds);
  json.member("ffe_taps", segment.ffe_taps);
  if (const auto& volterra = segment.volterra)
    json.object("volterra", [&] {
      json.member("terms", static_cast<std::uint64_t>(volterra->terms()));
      json.member("linear", volterra->linear);
      json.member("second", volterra->second);
      json.member("third", volterra->third);
    });
  json.member("dfe_taps", segment.dfe_taps);
  json.member("mlse_target", segment.mlse_target);
  write_noise_budget(json, segment.noise_budget);
  if (segment.counted) json.object("counted", [&] { write_counted(json, *segment.counted); });
  if (segment.weighed) json.object("weighed", [&] { write_weighed(json, *segment.weighed); });
}

void write_test_point(JsonWriter& json, const link::TestPointResult& point) {
  const bool light = point.domain == parts::Domain::field || point.domain == parts::Domain::light;
  json.member("domain", light ? "optical" : std::string(parts::domain_name(point.domain)));
  json.member("unit", parts::domain_unit(point.domain));
  if (light) {
    json.member("oma_outer_dbm", to_dbm(point.oma_outer));
    json.member("extinction_ratio_db", to_db(point.extinction_ratio));
    json.member("average_power_dbm", to_dbm(point.average_power));
    if (std::isfinite(point.rin_oma)) json.member("rin_oma_db_per_hz", to_db(point.rin_oma));
    if (std::isfinite(point.reflectance)) json.member("reflectance_db", to_db(point.reflectance));
    if (point.stressed) {
      const link::Stress& source = point.stressed->source;
      json.member("stressed_sensitivity_dbm", to_dbm(point.stressed->sensitivity));
      json.object("stress", [&] {
        json.member("secq_db", to_db(source.secq));
        json.member("ceq_db", to_db(source.ceq));
        json.member("bandwidth_hz", source.bandwidth);
        json.member("sndr_db", to_db(source.sndr));
      });
    }
    if (point.reference) {
      const compliance::TdecqResult& reference = *point.reference;
      json.member("tecq_db", to_db(reference.tdecq));
      if (point.behind_fibre) json.member("tdecq_db", to_db(point.behind_fibre->tdecq));
      json.member("ceq_db", to_db(reference.ceq));
      json.member("overshoot", reference.overshoot);
      json.member("undershoot", reference.undershoot);
      json.member("power_excursion_dbm", to_dbm(reference.power_excursion));
      json.member("reference_taps", reference.taps);
    }
  } else {
    json.member("outer_swing", point.oma_outer);
    if (point.electrical && point.electrical->eecq) {
      const compliance::TdecqResult& eecq = *point.electrical->eecq;
      json.member("eecq_db", 2.0 * to_db(eecq.tdecq));
      json.member("vma_v", eecq.oma_outer);
      json.member("reference_rlm", eecq.r_lm);
      json.member("reference_taps", eecq.taps);
    }
    if (point.electrical && point.electrical->eye) {
      const link::ReferenceEye& eye = *point.electrical->eye;
      json.member("vec_db", eye.vec_db);
      json.member("veo_v", eye.veo);
      json.member("reference_ctle_db", std::vector<double>{eye.dc_gain_db, eye.dc_gain_low_db});
      json.member("reference_dfe_taps", eye.feedback);
    }
  }
  json.member("rlm", point.r_lm);
  json.member("transition_time_ps", point.transition_time * 1e12);
  json.member("levels", point.levels);
  json.member("eye_heights", point.eye_heights);
  json.member("eye_widths_ui", point.eye_widths_ui);
}

void write_fec(JsonWriter& json, const link::FecResult& result, link::Fec code) {
  json.member("code", result.code);
  json.member("correctable_symbols",
              code == link::Fec::none || code == link::Fec::cfec || code == link::Fec::ofec
                  ? 0
                  : link::outer_code(code).t);
  json.member("interleaved", result.interleaved);
  if (const auto& inner = result.inner)
    json.object("inner", [&] {
      json.member("ber", inner->ber);
      json.member("symbol_error_ratio", inner->symbol_error_ratio);
      json.member("upper_bound", inner->upper_bound);
      json.member("counted_in_lane", inner->counted_in_lane);
      json.member("blocks", inner->blocks);
    });
  json.member("codeword_error_ratio", result.codeword_error_ratio);
  json.member("frame_loss_ratio", result.frame_loss_ratio);
  json.member("frame_loss_ratio_1518", result.frame_loss_ratio_1518);
  json.member("post_fec_ber", result.post_fec_ber);
  json.member("ber_limit", result.ber_limit);
  json.member("margin_db", result.margin_db);
  json.member("margin_orders", result.margin_orders);
  json.member("latency_s", result.latency_s);
  json.member("symbol_error_histogram", result.symbol_error_histogram);
}

// The segment that limits the lane: the one with the highest error ratio.
const link::SegmentResult* worst_segment(const link::LaneResult& lane) {
  const link::SegmentResult* worst = nullptr;
  for (const link::SegmentResult& segment : lane.segments)
    if (!worst || segment.ber_pre_fec > worst->ber_pre_fec) worst = &segment;
  return worst;
}

void write_feedback(JsonWriter& json, const link::Feedback& feedback) {
  json.object("feedback", [&] {
    json.member("laser", feedback.laser);
    json.member("level_db", to_db(feedback.level));
    json.member("critical_level_db", to_db(feedback.critical_level));
    json.member("critical_level_held", feedback.critical_level_held);
    json.member("margin_db", to_db(1.0 / feedback.ratio()));
    json.list("reflectors", feedback.reflectors, [&](const link::FeedbackReflector& reflector) {
      json.member("name", reflector.name);
      json.member("count", reflector.count);
      json.member("level_db", to_db(reflector.level));
      json.member("margin_db", to_db(feedback.critical_level / reflector.level));
    });
  });
}

void write_bandwidths(JsonWriter& json, const link::Bandwidths& bandwidths) {
  json.member("combined_ghz", bandwidths.combined / giga);
  json.member("transmitter_ghz", bandwidths.transmitter / giga);
  json.member("cascade_ghz", bandwidths.cascade / giga);
  json.member("transmitter_cascade_ghz", bandwidths.transmitter_cascade / giga);
  json.list("blocks", bandwidths.blocks, [&](const link::BlockBandwidth& block) {
    json.member("name", block.name);
    json.member("bandwidth_ghz", block.bandwidth / giga);
  });
}

}  // namespace

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
  json.object("fec", [&] { write_fec(json, lane.fec, fec); });
  json.object("test_points", [&] {
    for (const link::TestPointResult& point : lane.test_points)
      json.object(point.name, [&] { write_test_point(json, point); });
  });
  const link::SegmentResult* worst = worst_segment(lane);
  write_noise_budget(json, worst ? worst->noise_budget : std::vector<link::NoiseShare>{});
  json.list("penalties", lane.penalties, [&](const link::Penalty& penalty) {
    json.member("impairment", penalty.impairment);
    json.member("label", penalty.label);
    json.member("penalty_db", penalty.penalty_db);
    json.member("snr_margin_db_without", penalty.snr_margin_db_without);
  });
  if (lane.coherent) json.object("coherent", [&] { write_coherent(json, *lane.coherent); });
  if (!lane.bandwidths.blocks.empty())
    json.object("bandwidth", [&] { write_bandwidths(json, lane.bandwidths); });
  json.list("segments", lane.segments,
            [&](const link::SegmentResult& segment) { write_segment(json, segment); });
  if (lane.feedback.present) write_feedback(json, lane.feedback);
}

}  // namespace waverack::io
