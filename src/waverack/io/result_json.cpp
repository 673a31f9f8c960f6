// The result format: docs/formats/result.md says what each key means, result.schema.json which there are.

#include "waverack/io/result_json.hpp"

#include "waverack/base/decibel.hpp"
#include "waverack/io/design_document.hpp"
#include "waverack/io/eye_list.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/package_charts.hpp"
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

void write_operating_point(JsonWriter& json, const OperatingPoint& point) {
  json.object("operating_point", [&] {
    json.list("found", point.found, [&](const FoundNumber& number) {
      json.member("path", number.path);
      json.member("before", number.before);
      json.member("after", number.after);
    });
    json.member("ber_before", point.ber_before);
    json.member("ber_after", point.ber_after);
    if (point.tecq)
      json.object("tecq", [&] {
        json.member("test_point", point.tecq->test_point);
        json.member("before_db", to_db(point.tecq->before));
        json.member("after_db", to_db(point.tecq->after));
      });
    json.member("solves", point.solves);
    json.member("converged", point.converged);
  });
}

void write_judgements(JsonWriter& json, const Output& output) {
  write_claims(json, output.claims);
  const Result& result = output.result;
  write_checks(json, result.checks);
  json.list("published", result.published, [&](const PublishedNumber& number) {
    json.member("name", number.name);
    json.member("value", number.value);
    json.member("low", number.low);
    json.member("high", number.high);
    json.member("unit", unit_or_one(number.unit));
    json.member("source", number.source);
  });
  write_assumptions(json, result.assumptions);
  write_warnings(json, result.warnings);
}

}  // namespace

void write_claims(JsonWriter& json, std::span<const study::ClaimResult> claims) {
  json.list("claims", claims, [&](const study::ClaimResult& claim) {
    json.member("id", claim.id);
    json.member("claim", claim.claim);
    json.member("computed", claim.computed);
    json.member("computed_low", claim.computed_low);
    json.member("computed_high", claim.computed_high);
    json.member("low", claim.low);
    json.member("high", claim.high);
    json.member("unit", unit_or_one(claim.unit));
    json.member("boundary", claim.boundary);
    json.member("verdict", study::verdict_name(claim.verdict));
    json.member("hinges_on", claim.hinges_on);
    json.member("would_have_to_be_true", claim.would);
    json.member("command", claim.command);
    json.list("cases", claim.cases, [&](const study::ClaimCase& item) {
      json.member("baseline", item.baseline);
      json.member("computed", item.computed);
      json.member("low", item.low);
      json.member("high", item.high);
      json.member("inside", item.inside);
    });
    json.list("figures", claim.figures, [&](const study::ClaimFigure& figure) {
      json.member("name", figure.name);
      if (figure.word.empty()) {
        json.member("value", figure.value);
        json.member("unit", unit_or_one(figure.unit));
      } else {
        json.member("word", figure.word);
      }
    });
  });
}

void write_headline(JsonWriter& json, std::span<const Headline> items) {
  json.list("headline", items, [&](const Headline& item) {
    json.member("label", item.label);
    json.member("value", item.value);
    json.member("note", item.note);
    json.member("verdict", verdict_name(item.verdict));
  });
}

void write_checks(JsonWriter& json, std::span<const Check> checks) {
  json.list("checks", checks, [&](const Check& check) {
    json.member("name", check.name);
    json.member("value", check.value);
    json.member("limit", check.limit);
    json.member("bound", check.at_least ? "at_least" : "at_most");
    json.member("margin", check.margin);
    json.member("unit", unit_or_one(check.unit));
    json.member("source", check.source);
    json.member("verdict", verdict_name(check.verdict));
  });
}

void write_assumptions(JsonWriter& json, std::span<const Assumption> assumptions) {
  json.list("assumptions", assumptions, [&](const Assumption& assumption) {
    json.member("path", assumption.path);
    json.member("value", assumption.value);
    json.member("kind", kind_name(assumption.kind));
    json.member("source", assumption.source);
    json.member("where", assumption.where);
  });
}

void write_warnings(JsonWriter& json, std::span<const Warning> warnings) {
  json.list("warnings", warnings, [&](const Warning& warning) {
    json.member("path", warning.path);
    json.member("message", warning.message);
  });
}

void write_program(JsonWriter& json) {
  json.object("program", [&] {
    json.member("version", version());
    json.member("commit", commit());
  });
}

std::vector<link::Curve> curves_of(const Result& result) {
  std::vector<link::Curve> curves = result.lane.curves;
  if (result.package)
    for (link::Curve& curve : package_curves(*result.package)) curves.push_back(std::move(curve));
  return curves;
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
  write_headline(json, headline(result));
  json.key("lanes");
  json.begin_array();
  json.begin_object();
  write_lane(json, result.lane, result.design.lane.fec);
  json.end_object();
  json.end_array();
  json.object("module", [&] {
    write_module(json, result.module, result.design.module);
    if (!result.package) return;
    write_temperatures(json, result.package->heat);
    json.object("package", [&] { write_package(json, *result.package); });
  });
  json.object("cluster", [&] { write_cluster(json, result.cluster); });
  if (!result.operating_point.found.empty()) write_operating_point(json, result.operating_point);
  write_judgements(json, output);
  json.list("files", output.input.files, [&](const InputFile& file) {
    json.member("name", file.name);
    json.member("sha256", file.sha256);
    json.member("bytes", static_cast<std::int64_t>(file.bytes));
  });
  json.member("design", Node(design_document(output.input.loaded)));
  if (result.package)
    write_maps(json, package_maps(*result.package, *result.design.module.package.stack.value));
  write_series(json, eyes_of(result.lane), curves_of(result), result.lane.name);
  json.end_object();
  return json.take();
}

}  // namespace waverack::io
