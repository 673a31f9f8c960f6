#include "waverack/io/fec_output.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/units.hpp"
#include "waverack/fec/error_chain.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/result_lines.hpp"
#include "waverack/io/series.hpp"

namespace waverack::io {
namespace {

struct Row {
  std::string key, name, text, note;
};

std::string ratio_text(double value) { return number_text(value, 4); }

std::string nanoseconds(double seconds) { return quantity_text(seconds, "s"); }

std::vector<Row> rows_of(const FecAnswer& answer) {
  const FecQuestion& q = answer.question;
  std::vector<Row> rows{{"ber", "Bit error ratio before", ratio_text(q.ber), answer.method}};
  if (q.burst > 0.0)
    rows.push_back({"run_length", "Mean run of wrong decisions", number_text(1.0 / (1.0 - q.burst)),
                    q.precoded ? "of which the precoder leaves the start and the end" : ""});
  if (answer.inner)
    rows.push_back({"ber_between", "Bit error ratio behind the inner code",
                    ratio_text(fec::ber_after(*answer.inner)),
                    fmt::format("{} codewords drawn, {} test patterns",
                                count_text(static_cast<double>(answer.inner->blocks)), 1 << q.test_bits)});
  std::string interval;
  if (std::isfinite(answer.codeword_error_ratio_low))
    interval = fmt::format("95 % interval {} … {}", number_text(answer.codeword_error_ratio_low),
                           number_text(answer.codeword_error_ratio_high));
  rows.push_back(
      {"codeword_error_ratio", "Codewords lost", ratio_text(answer.codeword_error_ratio), interval});
  rows.push_back({"frame_loss_64", "Frames lost, 64 octets", ratio_text(answer.frame_loss_64), ""});
  rows.push_back({"frame_loss_1518", "Frames lost, 1518 octets", ratio_text(answer.frame_loss_1518), ""});
  rows.push_back({"post_fec_ber", "Bit error ratio after", ratio_text(answer.post_fec_ber), ""});
  rows.push_back({"ber_limit", "Bit error ratio that would do", ratio_text(answer.ber_limit),
                  fmt::format("for a loss of {} of 64-octet frames", number_text(q.target))});
  rows.push_back({"margin_db", "Margin", decibel_text(answer.margin_db), "of white Gaussian noise"});
  rows.push_back({"margin_orders", "Margin, orders of magnitude", fmt::format("{:.2f}", answer.margin_orders),
                  "of frame loss"});
  if (answer.latency) {
    const fec::FecLatency& latency = *answer.latency;
    std::string parts =
        fmt::format("{} to fill, {} to decode", nanoseconds(latency.fill), nanoseconds(latency.decode));
    if (answer.inner)
      parts += fmt::format(", {} of interleaver, {} of inner code", nanoseconds(latency.interleaver),
                           nanoseconds(latency.inner));
    rows.push_back({"latency", "Latency", nanoseconds(latency.total()), parts});
  }
  if (answer.tail) {
    const fec::TailEstimate& tail = *answer.tail;
    rows.push_back({"counted_ber", "Counted codewords: bit error ratio",
                    ratio_text(fec::bit_error_ratio(tail.chain)), "of the error chain that fits best"});
    rows.push_back({"counted_burst", "Counted codewords: burst", number_text(tail.chain.persist),
                    "chance of another wrong decision"});
    rows.push_back({"counted_codeword_error_ratio", "Counted codewords: lost",
                    ratio_text(tail.codeword_error_ratio),
                    fmt::format("Markov extrapolation, 95 % interval {} … {}", number_text(tail.low),
                                number_text(tail.high))});
    rows.push_back({"counted_plausibility", "Counted codewords: plausibility", number_text(tail.plausibility),
                    tail.plausibility < 0.01 ? "no such chain makes this histogram; do not trust its tail"
                                             : "chance of a histogram that fits no better"});
  }
  return rows;
}

std::string title_of(const FecAnswer& answer) {
  const FecQuestion& q = answer.question;
  std::string text = fmt::format("{}, {}", q.code, answer.code.name);
  if (answer.inner) return text + fmt::format(" behind (128,120), {} codewords in a block", q.interleave);
  text += q.interleave == 1 ? ", not interleaved" : fmt::format(", {} codewords interleaved", q.interleave);
  if (q.lanes > 1) text += fmt::format(", {} lanes", q.lanes);
  if (q.burst > 0.0) text += fmt::format(", bursts of {:g}", q.burst);
  return text + (q.precoded ? ", precoded" : "");
}

std::string summary_of(const FecAnswer& answer) {
  return fmt::format(
      "At a bit error ratio of {} a codeword is lost with probability {}, a frame of 64 octets with {}.",
      number_text(answer.question.ber, 3), ratio_text(answer.codeword_error_ratio),
      ratio_text(answer.frame_loss_64));
}

std::string histogram_text(const FecAnswer& answer, const Style& style) {
  TextTable table(answer.tail ? "rrrr" : "rr");
  std::vector<std::string> head{"wrong symbols", "share of codewords"};
  if (answer.tail) head.insert(head.end(), {"counted", "fitted"});
  table.head(head);
  const auto t = static_cast<std::size_t>(answer.code.t);
  for (std::size_t i = 0; i <= t + 1; ++i) {
    const std::string name = i <= t ? std::to_string(i) : fmt::format("> {}", t);
    std::vector<std::string> cells{name,
                                   ratio_text(i <= t ? answer.distribution[i] : answer.codeword_error_ratio)};
    if (answer.tail) {
      const std::vector<std::uint64_t>& counted = answer.question.counted;
      const bool has = i < counted.size();
      cells.push_back(has ? count_text(static_cast<double>(counted[i])) : "");
      cells.push_back(has ? number_text(answer.tail->expected[i], 4) : "");
    }
    table.row(cells);
  }
  return table.text(style, 2);
}

std::string json_of(const FecAnswer& answer) {
  const FecQuestion& q = answer.question;
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-fec");
  json.member("version", 1);
  write_program(json);
  json.member("title", title_of(answer));
  json.member("summary", summary_of(answer));
  json.member("command", answer.command);
  json.member("method", answer.method);
  json.object("question", [&] {
    json.member("code", q.code);
    json.member("ber", q.ber);
    json.member("interleave", q.interleave);
    json.member("burst", q.burst);
    json.member("precoded", q.precoded);
    json.member("lanes", q.lanes);
    json.member("target_frame_loss", q.target);
    if (q.rate > 0.0) json.member("rate_bit_per_s", q.rate);
  });
  json.object("measures", [&] {
    json.member("codeword_error_ratio", answer.codeword_error_ratio);
    if (answer.inner) {
      json.member("codeword_error_ratio_low", answer.codeword_error_ratio_low);
      json.member("codeword_error_ratio_high", answer.codeword_error_ratio_high);
      json.member("ber_between", fec::ber_after(*answer.inner));
      json.member("symbol_error_ratio_between", fec::symbol_error_ratio(*answer.inner));
      json.member("inner_codewords", answer.inner->blocks);
    }
    json.member("frame_loss_64", answer.frame_loss_64);
    json.member("frame_loss_1518", answer.frame_loss_1518);
    json.member("post_fec_ber", answer.post_fec_ber);
    json.member("ber_limit", answer.ber_limit);
    json.member("margin_db", answer.margin_db);
    json.member("margin_orders", answer.margin_orders);
    if (answer.latency) {
      json.member("latency_s", answer.latency->total());
      json.member("latency_fill_s", answer.latency->fill);
      json.member("latency_decode_s", answer.latency->decode);
      json.member("latency_interleaver_s", answer.latency->interleaver);
      json.member("latency_inner_s", answer.latency->inner);
    }
  });
  json.member("distribution", answer.distribution);
  if (answer.tail)
    json.object("tail", [&] {
      json.member("method", "Markov extrapolation");
      json.member("ber", fec::bit_error_ratio(answer.tail->chain));
      json.member("burst", answer.tail->chain.persist);
      json.member("codeword_error_ratio", answer.tail->codeword_error_ratio);
      json.member("low", answer.tail->low);
      json.member("high", answer.tail->high);
      json.member("plausibility", answer.tail->plausibility);
      json.member("expected", answer.tail->expected);
    });
  json.list("rows", rows_of(answer), [&](const Row& row) {
    json.member("key", row.key);
    json.member("name", row.name);
    json.member("text", row.text);
    json.member("note", row.note);
  });
  write_series(json, {}, answer.curves);
  json.end_object();
  return json.take();
}

}  // namespace

std::string fec_text(const FecAnswer& answer, const Style& style) {
  TextTable table("lrl");
  for (const Row& row : rows_of(answer)) table.row({row.name, row.text, row.note});
  return heading(title_of(answer), style) + table.text(style, 2, true) + '\n' + histogram_text(answer, style);
}

std::string fec_json(const FecAnswer& answer) { return json_of(answer); }

std::vector<std::string> write_fec(const FecAnswer& answer, const std::filesystem::path& folder) {
  return write_report(folder, "fec.json", json_of(answer), series_files({}, answer.curves));
}

}  // namespace waverack::io
