#include "waverack/compliance/com_sheet_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/reader.hpp"
#include "waverack/base/text.hpp"
#include "waverack/compliance/matlab_value.hpp"
#include "waverack/network/line_reader.hpp"

namespace waverack::compliance {
namespace {

// What rows say that belong together; they are put into the sheet at the end.
struct Collected {
  std::vector<std::vector<double>> transmitter, near_end, receiver;  // z_p: sections × cases [m]
};

double first(const SheetMatrix& m) { return m.front().front(); }
double last(const SheetMatrix& m) { return m.back().back(); }
int whole(const SheetMatrix& m) { return static_cast<int>(std::clamp(first(m), -1e9, 1e9)); }
double decibels(double db) { return std::pow(10.0, db / 10.0); }

ComRange range_of(const SheetMatrix& m) {
  const std::vector<double>& v = m.front();
  return {v.front(), v.back(), v.size() > 1 ? std::abs(v[1] - v[0]) : 0.0};
}

std::vector<double> scaled(const std::vector<double>& values, double factor) {
  std::vector<double> result = values;
  for (double& value : result) value *= factor;
  return result;
}

// One number for both ends, one for each, or one row for each end.
void set_ladder(std::vector<double> ComDevice::*member, ComSheet& s, const SheetMatrix& m, double factor) {
  const bool rows = m.size() > 1;
  s.transmitter_device.*member = rows ? scaled(m.front(), factor) : std::vector{first(m) * factor};
  s.receiver_device.*member = rows ? scaled(m.back(), factor) : std::vector{last(m) * factor};
}
void set_both(double ComDevice::*member, ComSheet& s, const SheetMatrix& m, double factor) {
  s.transmitter_device.*member = first(m) * factor;
  s.receiver_device.*member = last(m) * factor;
}
void set_line(ComLine& line, const SheetMatrix& m) {
  const std::vector<double>& v = m.front();
  line.gamma_0 = v[0] * 1e3;
  if (v.size() > 1) line.a_1 = v[1] * std::sqrt(1e-9) * 1e3;
  if (v.size() > 2) line.a_2 = v[2] * 1e-9 * 1e3;
}
// b(1) or b(2 … N_b) of one of the limits.
void set_limits(std::vector<double>& limits, const SheetMatrix& m, bool others) {
  if (!others) {
    if (limits.empty()) limits.resize(1);
    limits.front() = first(m);
    return;
  }
  limits.resize(1, limits.empty() ? 0.0 : limits.front());
  limits.insert(limits.end(), m.front().begin(), m.front().end());
}
void resize_limits(std::vector<double>& limits, std::size_t count) {
  limits.resize(count, limits.empty() ? 0.0 : limits.back());
}
std::vector<ComRange>& with_taps(std::vector<ComRange>& taps, std::size_t count) {
  if (taps.size() < count) taps.insert(taps.begin(), count - taps.size(), ComRange{});
  return taps;
}
void set_pre_tap(ComSheet& s, const SheetMatrix& m, std::size_t distance) {
  std::vector<ComRange>& taps = with_taps(s.transmitter.pre_taps, distance);
  taps[taps.size() - distance] = range_of(m);
}
void set_post_tap(ComSheet& s, const SheetMatrix& m, std::size_t distance) {
  if (s.transmitter.post_taps.size() < distance) s.transmitter.post_taps.resize(distance);
  s.transmitter.post_taps[distance - 1] = range_of(m);
}

struct Parameter {
  std::string_view name;  // lower case, without blanks
  void (*set)(ComSheet&, Collected&, const SheetMatrix&);
};

using S = ComSheet;
using C = Collected;
using M = SheetMatrix;

constexpr auto parameters = std::to_array<Parameter>({
    {"f_b", [](S& s, C&, const M& m) { s.signal.symbol_rate = first(m) * 1e9; }},
    {"f_min", [](S& s, C&, const M& m) { s.files.largest_start = first(m) * 1e9; }},
    {"delta_f", [](S& s, C&, const M& m) { s.files.largest_step = first(m) * 1e9; }},
    {"c_d", [](S& s, C&, const M& m) { set_ladder(&ComDevice::die_capacitances, s, m, 1e-9); }},
    {"l_s", [](S& s, C&, const M& m) { set_ladder(&ComDevice::die_inductances, s, m, 1e-9); }},
    {"c_b", [](S& s, C&, const M& m) { set_both(&ComDevice::bump_capacitance, s, m, 1e-9); }},
    {"c_p", [](S& s, C&, const M& m) { set_both(&ComDevice::ball_capacitance, s, m, 1e-9); }},
    {"r_d", [](S& s, C&, const M& m) { set_both(&ComDevice::termination, s, m, 1.0); }},
    {"z_p(tx)", [](S&, C& c, const M& m) { c.transmitter = m; }},
    {"z_p(next)", [](S&, C& c, const M& m) { c.near_end = m; }},
    {"z_p(rx)", [](S&, C& c, const M& m) { c.receiver = m; }},
    {"a_v", [](S& s, C&, const M& m) { s.signal.victim_amplitude = first(m); }},
    {"a_fe", [](S& s, C&, const M& m) { s.signal.far_end_amplitude = first(m); }},
    {"a_ne", [](S& s, C&, const M& m) { s.signal.near_end_amplitude = first(m); }},
    {"l", [](S& s, C&, const M& m) { s.signal.levels = whole(m); }},
    {"m", [](S& s, C&, const M& m) { s.signal.samples_per_symbol = whole(m); }},
    {"f_r",
     [](S& s, C&, const M& m) {
       s.receiver_filter.bandwidth_ratio = s.erl.receiver_bandwidth_ratio = s.icn.receiver_bandwidth_ratio =
           first(m);
     }},
    {"c(0)", [](S& s, C&, const M& m) { s.transmitter.smallest_main_tap = first(m); }},
    {"c(-1)", [](S& s, C&, const M& m) { set_pre_tap(s, m, 1); }},
    {"c(-2)", [](S& s, C&, const M& m) { set_pre_tap(s, m, 2); }},
    {"c(-3)", [](S& s, C&, const M& m) { set_pre_tap(s, m, 3); }},
    {"c(-4)", [](S& s, C&, const M& m) { set_pre_tap(s, m, 4); }},
    {"c(1)", [](S& s, C&, const M& m) { set_post_tap(s, m, 1); }},
    {"c(2)", [](S& s, C&, const M& m) { set_post_tap(s, m, 2); }},
    {"n_b",
     [](S& s, C&, const M& m) {
       const auto count = static_cast<std::size_t>(std::clamp(first(m), 0.0, 1000.0));
       resize_limits(s.dfe.upper, count);
       resize_limits(s.dfe.lower, count);
     }},
    {"b_max(1)", [](S& s, C&, const M& m) { set_limits(s.dfe.upper, m, false); }},
    {"b_max(2..n_b)", [](S& s, C&, const M& m) { set_limits(s.dfe.upper, m, true); }},
    {"b_min(1)", [](S& s, C&, const M& m) { set_limits(s.dfe.lower, m, false); }},
    {"b_min(2..n_b)", [](S& s, C&, const M& m) { set_limits(s.dfe.lower, m, true); }},
    {"g_dc", [](S& s, C&, const M& m) { s.ctle.dc_gain_db = range_of(m); }},
    {"g_dc_hp", [](S& s, C&, const M& m) { s.ctle.dc_gain_low_db = range_of(m); }},
    {"f_z", [](S& s, C&, const M& m) { s.ctle.zero = first(m) * 1e9; }},
    {"f_p1", [](S& s, C&, const M& m) { s.ctle.pole_1 = first(m) * 1e9; }},
    {"f_p2", [](S& s, C&, const M& m) { s.ctle.pole_2 = first(m) * 1e9; }},
    {"f_hp_pz", [](S& s, C&, const M& m) { s.ctle.low_pole = first(m) * 1e9; }},
    {"portorder",
     [](S& s, C&, const M& m) {
       s.files.port_order.clear();
       for (const double port : m.front()) s.files.port_order.push_back(whole({{port}}));
     }},
    {"compassthreshold", [](S& s, C&, const M& m) { s.limits.com_db = first(m); }},
    {"vecpassthreshold", [](S& s, C&, const M& m) { s.limits.vec_db = first(m); }},
    {"erlpassthreshold", [](S& s, C&, const M& m) { s.limits.erl_db = first(m); }},
    {"eh_min", [](S& s, C&, const M& m) { s.limits.eye_height = first(m) * 1e-3; }},
    {"der_0", [](S& s, C&, const M& m) { s.signal.detector_error_ratio = first(m); }},
    {"t_r", [](S& s, C&, const M& m) { s.transmitter.rise_time = first(m) * 1e-9; }},
    {"sigma_rj", [](S& s, C&, const M& m) { s.noise.random_jitter = first(m); }},
    {"a_dd", [](S& s, C&, const M& m) { s.noise.dual_dirac_jitter = first(m); }},
    {"eta_0", [](S& s, C&, const M& m) { s.noise.density = first(m) * 1e-9; }},
    {"snr_tx", [](S& s, C&, const M& m) { s.noise.transmitter_snr = decibels(first(m)); }},
    {"r_lm", [](S& s, C&, const M& m) { s.signal.level_mismatch = first(m); }},
    {"package_tl_gamma0_a1_a2", [](S& s, C&, const M& m) { set_line(s.package_line, m); }},
    {"package_tl_tau", [](S& s, C&, const M& m) { s.package_line.delay = first(m) * 1e-9 * 1e3; }},
    {"package_z_c",
     [](S& s, C&, const M& m) {
       // One row for each end where they differ; the sheets have the same in both, sections in the columns.
       s.package_line.impedances = m.front();
     }},
    {"board_tl_gamma0_a1_a2", [](S& s, C&, const M& m) { set_line(s.board.line, m); }},
    {"board_tl_tau", [](S& s, C&, const M& m) { s.board.line.delay = first(m) * 1e-9 * 1e3; }},
    {"board_z_c", [](S& s, C&, const M& m) { s.board.line.impedances = {first(m)}; }},
    {"z_bp(tx)", [](S& s, C&, const M& m) { s.board.length = first(m) * 1e-3; }},
    {"c_0", [](S& s, C&, const M& m) { s.board.inner_capacitance = first(m) * 1e-9; }},
    {"c_1", [](S& s, C&, const M& m) { s.board.outer_capacitance = first(m) * 1e-9; }},
    {"includepcb", [](S& s, C&, const M& m) { s.board.included = first(m) != 0.0; }},
    {"n_bg", [](S& s, C&, const M& m) { s.dfe.floating.groups = whole(m); }},
    {"n_bf", [](S& s, C&, const M& m) { s.dfe.floating.taps_per_group = whole(m); }},
    {"n_f", [](S& s, C&, const M& m) { s.dfe.floating.span = whole(m); }},
    {"bmaxg", [](S& s, C&, const M& m) { s.dfe.floating.largest_tap = first(m); }},
    {"b_float_rss_max", [](S& s, C&, const M& m) { s.dfe.floating.largest_tail = first(m); }},
    {"n_tail_start", [](S& s, C&, const M& m) { s.dfe.floating.tail_start = whole(m); }},
    {"ffe_pre_tap_len", [](S& s, C&, const M& m) { s.receiver_ffe.pre_taps = whole(m); }},
    {"ffe_post_tap_len", [](S& s, C&, const M& m) { s.receiver_ffe.post_taps = whole(m); }},
    {"ffe_post_tap1_max", [](S& s, C&, const M& m) { s.receiver_ffe.largest_tap = first(m); }},
    {"t_o", [](S& s, C&, const M& m) { s.eye.half_window = first(m) * 1e-3; }},
    {"sigma_r", [](S& s, C&, const M& m) { s.eye.weight_sigma = first(m); }},
    {"samples_for_c2m", [](S& s, C&, const M& m) { s.eye.samples_per_symbol = whole(m); }},
    {"tr_tdr", [](S& s, C&, const M& m) { s.erl.transition_time = first(m) * 1e-9; }},
    {"n", [](S& s, C&, const M& m) { s.erl.length = whole(m); }},
    {"n_bx", [](S& s, C&, const M& m) { s.erl.equalised = whole(m); }},
    {"rho_x", [](S& s, C&, const M& m) { s.erl.incident_share = first(m); }},
    {"beta_x", [](S& s, C&, const M& m) { s.erl.loss_rate = first(m) * std::log(10.0) / 10.0; }},
    {"fixturedelaytime",
     [](S& s, C&, const M& m) { s.erl.fixture_delay = {first(m), last(m)}; }},
    {"tdr_w_txpkg", [](S& s, C&, const M& m) { s.erl.second_port_only = first(m) != 0.0; }},
    {"tukey_window", [](S& s, C&, const M& m) { s.erl.window = first(m) != 0.0; }},
    {"f_f", [](S& s, C&, const M& m) { s.icn.far_end_bandwidth_ratio = first(m) * 1e9 / s.signal.symbol_rate; }},
    {"f_n", [](S& s, C&, const M& m) { s.icn.near_end_bandwidth_ratio = first(m) * 1e9 / s.signal.symbol_rate; }},
    {"f_2", [](S& s, C&, const M& m) { s.icn.highest_frequency = first(m) * 1e9; }},
    {"a_ft", [](S& s, C&, const M& m) { s.icn.far_end_amplitude = first(m); }},
    {"a_nt", [](S& s, C&, const M& m) { s.icn.near_end_amplitude = first(m); }},
});

// Parameters of the reference code that say how it runs or draws.
constexpr auto without_meaning = std::to_array<std::string_view>({"diagnostics",
                                                                  "display_window",
                                                                  "csv_report",
                                                                  "result_dir",
                                                                  "save_figures",
                                                                  "runtag",
                                                                  "com_contribution",
                                                                  "force_tr",
                                                                  "localsearch",
                                                                  "bread_crumbs",
                                                                  "save_config2mat",
                                                                  "plot_cm",
                                                                  "tdr",
                                                                  "erl",
                                                                  "erl_only",
                                                                  "rx_calibration",
                                                                  "sigmabbnstep",
                                                                  "z_pselect",
                                                                  "z_p(fext)",
                                                                  "z_bp(next)",
                                                                  "z_bp(fext)",
                                                                  "z_bp(rx)",
                                                                  "f_v",
                                                                  "r_0",
                                                                  "ac_cm_rms",
                                                                  "min_veo_test",
                                                                  "gdc_min",
                                                                  "enforcecausality"});

std::string name_of(std::string_view cell) {
  std::string name;
  for (const char c : network::lower(cell))
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') name += c;
  return name;
}

// The lengths of the packages: sections in the rows, cases in the columns.
void set_cases(const Collected& collected, ComSheet& sheet) {
  if (collected.transmitter.empty() && collected.receiver.empty()) return;
  const std::size_t count = std::max(collected.transmitter.empty() ? 0 : collected.transmitter.front().size(),
                                     collected.receiver.empty() ? 0 : collected.receiver.front().size());
  const auto column = [](const SheetMatrix& rows, std::size_t i) {
    std::vector<double> lengths;
    for (const std::vector<double>& row : rows)
      if (!row.empty()) lengths.push_back(1e-3 * row[std::min(i, row.size() - 1)]);
    return lengths;
  };
  std::vector<ComPackageCase> cases;
  for (std::size_t i = 0; i < count; ++i) {
    ComPackageCase item;
    item.transmitter = column(collected.transmitter, i);
    item.receiver = column(collected.receiver, i);
    item.near_end = column(collected.near_end.empty() ? collected.transmitter : collected.near_end, i);
    item.name = item.transmitter.empty() ? fmt::format("case {}", i + 1)
                                         : fmt::format("{:g} mm", item.transmitter.front() * 1e3);
    cases.push_back(std::move(item));
  }
  sheet.cases = std::move(cases);
}

}  // namespace

std::vector<std::vector<std::string>> csv_cells(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::string_view head = text.substr(0, text.find_first_of("\r\n"));
  const auto count = [&](char c) { return std::count(head.begin(), head.end(), c); };
  const char separator = count(';') > count(',') ? ';' : count('\t') > count(',') ? '\t' : ',';
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row(1);
  bool quoted = false;
  const auto end_row = [&] {
    rows.push_back(std::move(row));
    row.assign(1, "");
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"')
        row.back() += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        row.back() += text[++i];
      else
        quoted = false;
    } else if (c == '"' && row.back().empty()) {
      quoted = true;
    } else if (c == separator) {
      row.emplace_back();
    } else if (c == '\n' || c == '\r') {
      if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
      end_row();
    } else {
      row.back() += c;
    }
  }
  if (row.size() > 1 || !row.front().empty()) end_row();
  return rows;
}

ComSheetCsv parse_com_sheet_csv(std::string_view text, const std::string& name, const ComSheet& base) {
  ComSheetCsv result;
  result.sheet = base;
  result.sheet.title = name;
  result.sheet.source = name;
  Collected collected;
  bool any = false;
  const std::vector<std::vector<std::string>> rows = csv_cells(text);
  // Ratios to the symbol rate need it first, and N_b lengthens what the limits give.
  const auto visit = [&](auto&& wanted, bool report) {
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const std::vector<std::string>& cells = rows[r];
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string key = name_of(cells[i]);
        if (key.empty()) continue;
        std::size_t v = i + 1;
        while (v < cells.size() && name_of(cells[v]).empty()) ++v;
        if (v == cells.size()) break;
        const auto known = std::find_if(parameters.begin(), parameters.end(),
                                        [&](const Parameter& p) { return p.name == key; });
        const bool idle =
            std::find(without_meaning.begin(), without_meaning.end(), key) != without_meaning.end();
        const auto value = parse_matlab_value(cells[v]);
        if (known != parameters.end() && value) {
          if (wanted(key)) known->set(result.sheet, collected, *value);
          any = true;
          i = v;
        } else if (report && idle) {
          result.ignored.push_back(cells[i]);
        } else if (report && (known != parameters.end() || (i == 0 && value))) {
          result.unknown.push_back(fmt::format("row {}: {} = {}", r + 1, cells[i], cells[v]));
        }
        if (idle) i = v;
      }
    }
  };
  visit([](const std::string& key) { return key == "f_b"; }, true);
  visit([](const std::string& key) { return key != "f_b" && key != "n_b"; }, false);
  visit([](const std::string& key) { return key == "n_b"; }, false);
  if (!any)
    throw Error(ErrorInfo{
        {name, 0, 0}, {}, "the sheet holds no parameter of COM", "rows such as 'f_b, 53.125, GBd'", {}});
  set_cases(collected, result.sheet);
  // The same ranges as for a profile.
  const ReadSources none;
  ReadContext context(none);
  static_cast<void>(read<ComSheet>(context, Node(write(result.sheet)), ""));
  require_consistent(result.sheet);
  return result;
}

}  // namespace waverack::compliance
