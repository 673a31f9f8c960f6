#include "waverack/io/test_point_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "waverack/base/decibel.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_lines.hpp"

namespace waverack::io {
namespace {

constexpr int table_width = 80;

// A number that a standard asks for.
struct Measure {
  std::string label, key;  // "VEC", "vec_db"
  double value = std::nan("");
  std::string unit;
};

std::vector<Measure> measures_of(const link::TestPointResult& point) {
  if (point.electrical) {
    std::vector<Measure> measures;
    if (const auto& eecq = point.electrical->eecq)
      measures = {{"EECQ", "eecq_db", 2.0 * to_db(eecq->tdecq), "dB"},
                  {"VMA", "vma_v", eecq->oma_outer, "V"}};
    if (const auto& eye = point.electrical->eye) measures.push_back({"VEC", "vec_db", eye->vec_db, "dB"});
    return measures;
  }
  if (point.behind_fibre)
    return {{"TECQ", "tecq_db", to_db(point.reference->tdecq), "dB"},
            {"TDECQ", "tdecq_db", to_db(point.behind_fibre->tdecq), "dB"}};
  return {{"sensitivity", "sensitivity_dbm", std::nan(""), "dBm"},
          {"stressed", "stressed_sensitivity_dbm", std::nan(""), "dBm"}};
}

std::string in_link(const link::TestPointResult& point) {
  if (point.domain == parts::Domain::field) return "OMA " + decibel_text(to_dbm(point.oma_outer), "dBm");
  if (point.eye_heights.empty()) return "";
  return "eye " + value_text(*std::min_element(point.eye_heights.begin(), point.eye_heights.end()),
                             parts::domain_unit(point.domain));
}

class Rows {
 public:
  Rows(const Result& result, const Style& style) : result_(result), style_(style) {
    table_.head({"", "", "in the link", "standard", "", "", "limit", "margin", ""});
  }

  // margin_db: what is printed in place of the check's margin.
  void add(std::string place, std::string in_link, const Measure& measure, std::string_view check_name,
           std::optional<double> margin_db = std::nullopt) {
    const auto check = std::find_if(result_.checks.begin(), result_.checks.end(),
                                    [&](const Check& item) { return item.name == check_name; });
    if (check == result_.checks.end()) {
      if (std::isnan(measure.value)) return;
      table_.row({"", std::move(place), std::move(in_link), measure.label,
                  value_text(measure.value, measure.unit), "", "", "", ""});
      return;
    }
    table_.row({verdict_sign(check->verdict, style_), std::move(place), std::move(in_link), measure.label,
                value_text(check->value, check->unit), check->at_least ? "≥" : "≤",
                value_text(check->limit, check->unit),
                margin_db ? decibel_text(*margin_db)
                          : value_text(check->margin,
                                       check->unit.empty() || check->unit == "dBm" ? "dB" : check->unit),
                toned(style_, Tone::quiet, check->source.starts_with("assumed") ? "assumed" : "")});
  }

  std::string text() const {
    Style narrow = style_;
    narrow.width = std::min(style_.width, table_width);
    return heading("Test points", style_) + table_.text(narrow, 1);
  }

 private:
  const Result& result_;
  const Style& style_;
  TextTable table_{"lllllllrl"};
};

}  // namespace

std::string test_point_lines(const Result& result, const Style& style) {
  const link::Lane& lane = result.design.lane;
  if ((!lane.pmd.value && !lane.electrical.value) || result.lane.test_points.empty()) return "";
  Rows rows(result, style);
  for (const link::TestPointResult& point : result.lane.test_points) {
    std::string place = point.name, own = in_link(point);
    for (const Measure& measure : measures_of(point)) {
      rows.add(place, own, measure, fmt::format("lane.test_points.{}.{}", point.name, measure.key));
      place = own = "";
    }
  }
  // How much stronger the noise may be.
  rows.add("host", "", {"BER", "", result.lane.ber_pre_fec, ""}, "lane.ber_pre_fec",
           result.lane.snr_margin_db);
  return rows.text();
}

}  // namespace waverack::io
