#include "waverack/compliance/com_sheet_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "waverack/base/csv_cells.hpp"
#include "waverack/base/error.hpp"
#include "waverack/base/line_reader.hpp"
#include "waverack/base/reader.hpp"
#include "waverack/base/text.hpp"
#include "waverack/compliance/com_sheet_names.hpp"
#include "waverack/compliance/matlab_value.hpp"

namespace waverack::compliance {
namespace {

// What rows say that belong together; they are put into the sheet at the end.
struct Collected {
  std::vector<std::vector<double>> transmitter, near_end, receiver;  // z_p: sections × cases [m]
  SheetMatrix impedances;                                            // package_Z_c [ohm]
  SheetMatrix gain_ranges, low_gains;                                // G_Qual and G2_Qual [dB]
};

double first(const SheetMatrix& m) { return m.front().front(); }
double last(const SheetMatrix& m) { return m.back().back(); }
int whole_number(const SheetMatrix& m) { return static_cast<int>(std::clamp(first(m), -1e9, 1e9)); }
double decibels(double db) { return std::pow(10.0, db / 10.0); }

// A corner frequency as a share of the symbol rate, which sheets state, or in GHz.
double rate_ratio(const ComSheet& s, const SheetMatrix& m) {
  constexpr double largest_ratio = 4.0;
  return first(m) <= largest_ratio ? first(m) : first(m) * 1e9 / s.signal.symbol_rate;
}

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
    {"l", [](S& s, C&, const M& m) { s.signal.levels = whole_number(m); }},
    {"m", [](S& s, C&, const M& m) { s.signal.samples_per_symbol = whole_number(m); }},
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
    {"c(3)", [](S& s, C&, const M& m) { set_post_tap(s, m, 3); }},
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
    {"g_qual", [](S&, C& c, const M& m) { c.gain_ranges = m; }},
    {"g2_qual", [](S&, C& c, const M& m) { c.low_gains = m; }},
    {"f_z", [](S& s, C&, const M& m) { s.ctle.zero = first(m) * 1e9; }},
    {"f_p1", [](S& s, C&, const M& m) { s.ctle.pole_1 = first(m) * 1e9; }},
    {"f_p2", [](S& s, C&, const M& m) { s.ctle.pole_2 = first(m) * 1e9; }},
    {"f_hp_pz", [](S& s, C&, const M& m) { s.ctle.low_pole = first(m) * 1e9; }},
    {"portorder",
     [](S& s, C&, const M& m) {
       s.files.port_order.clear();
       for (const double port : m.front()) s.files.port_order.push_back(whole_number({{port}}));
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
    {"package_z_c", [](S&, C& c, const M& m) { c.impedances = m; }},
    {"board_tl_gamma0_a1_a2", [](S& s, C&, const M& m) { set_line(s.board.line, m); }},
    {"board_tl_tau", [](S& s, C&, const M& m) { s.board.line.delay = first(m) * 1e-9 * 1e3; }},
    {"board_z_c", [](S& s, C&, const M& m) { s.board.line.impedances = {first(m)}; }},
    {"z_bp(tx)", [](S& s, C&, const M& m) { s.board.length = first(m) * 1e-3; }},
    {"c_0", [](S& s, C&, const M& m) { s.board.inner_capacitance = first(m) * 1e-9; }},
    {"c_1", [](S& s, C&, const M& m) { s.board.outer_capacitance = first(m) * 1e-9; }},
    {"includepcb", [](S& s, C&, const M& m) { s.board.included = first(m) != 0.0; }},
    {"n_bg", [](S& s, C&, const M& m) { s.dfe.floating.groups = whole_number(m); }},
    {"n_bf", [](S& s, C&, const M& m) { s.dfe.floating.taps_per_group = whole_number(m); }},
    {"n_f", [](S& s, C&, const M& m) { s.dfe.floating.span = whole_number(m); }},
    {"bmaxg", [](S& s, C&, const M& m) { s.dfe.floating.largest_tap = first(m); }},
    {"b_float_rss_max", [](S& s, C&, const M& m) { s.dfe.floating.largest_tail = first(m); }},
    {"n_tail_start", [](S& s, C&, const M& m) { s.dfe.floating.tail_start = whole_number(m); }},
    {"ffe_pre_tap_len", [](S& s, C&, const M& m) { s.receiver_ffe.pre_taps = whole_number(m); }},
    {"ffe_post_tap_len", [](S& s, C&, const M& m) { s.receiver_ffe.post_taps = whole_number(m); }},
    {"ffe_post_tap1_max", [](S& s, C&, const M& m) { s.receiver_ffe.largest_tap = first(m); }},
    {"t_o", [](S& s, C&, const M& m) { s.eye.half_window = first(m) * 1e-3; }},
    {"sigma_r", [](S& s, C&, const M& m) { s.eye.weight_sigma = first(m); }},
    {"samples_for_c2m", [](S& s, C&, const M& m) { s.eye.samples_per_symbol = whole_number(m); }},
    {"tr_tdr", [](S& s, C&, const M& m) { s.erl.transition_time = first(m) * 1e-9; }},
    {"n", [](S& s, C&, const M& m) { s.erl.length = whole_number(m); }},
    {"n_bx", [](S& s, C&, const M& m) { s.erl.equalised = whole_number(m); }},
    {"rho_x", [](S& s, C&, const M& m) { s.erl.incident_share = first(m); }},
    {"beta_x", [](S& s, C&, const M& m) { s.erl.loss_rate = first(m) * std::log(10.0) / 10.0; }},
    {"fixturedelaytime",
     [](S& s, C&, const M& m) { s.erl.fixture_delay = {first(m), last(m)}; }},
    {"tdr_w_txpkg", [](S& s, C&, const M& m) { s.package_in_erl = s.erl.second_port_only = first(m) != 0.0; }},
    {"tdr_butterworth", [](S& s, C&, const M& m) { s.erl.receiver_filter = first(m) != 0.0; }},
    {"z_t", [](S& s, C&, const M& m) { s.erl.termination = 2.0 * first(m); }},
    {"tukey_window", [](S& s, C&, const M& m) { s.erl.window = first(m) != 0.0; }},
    {"f_f", [](S& s, C&, const M& m) { s.icn.far_end_bandwidth_ratio = rate_ratio(s, m); }},
    {"f_n", [](S& s, C&, const M& m) { s.icn.near_end_bandwidth_ratio = rate_ratio(s, m); }},
    {"f_2", [](S& s, C&, const M& m) { s.icn.highest_frequency = first(m) * 1e9; }},
    {"a_ft", [](S& s, C&, const M& m) { s.icn.far_end_amplitude = first(m); }},
    {"a_nt", [](S& s, C&, const M& m) { s.icn.near_end_amplitude = first(m); }},
});

// package_Z_c of `sections` sections: one for each row, with columns for transmitter and receiver, or
// sections in columns and a row for each end. Both ends have the same here.
std::vector<double> impedances_of(const SheetMatrix& m, std::size_t sections, const std::string& name) {
  const bool in_columns = m.front().size() == sections &&
                          std::all_of(m.begin(), m.end(), [&](const auto& row) { return row == m.front(); });
  if (in_columns) return m.front();
  std::vector<double> impedances;
  for (const std::vector<double>& row : m) {
    if (std::any_of(row.begin(), row.end(), [&](double z) { return z != row.front(); }))
      throw Error(ErrorInfo{{name, 0, 0},
                            {},
                            "package_Z_c differs between transmitter and receiver",
                            "the same impedances at both ends",
                            {}});
    impedances.push_back(row.front());
  }
  return impedances;
}

// G_Qual has the highest and the lowest g_DC of a range in each row; G2_Qual the g_DC2 down to which each
// holds, all in one row or each at the end of its own.
void set_allowed_gains(const Collected& collected, const std::string& name, ComSheet& sheet) {
  if (collected.gain_ranges.empty() && collected.low_gains.empty()) return;
  std::vector<double> lows;
  if (collected.low_gains.size() == 1) lows = collected.low_gains.front();
  for (const std::vector<double>& row : collected.low_gains)
    if (collected.low_gains.size() > 1) lows.push_back(row.back());
  if (lows.size() != collected.gain_ranges.size())
    throw Error(ErrorInfo{
        {name, 0, 0},
        {},
        fmt::format("G_Qual has {} ranges and G2_Qual {} limits", collected.gain_ranges.size(), lows.size()),
        "a limit for each range",
        {}});
  sheet.ctle.allowed.clear();
  for (std::size_t i = 0; i < lows.size(); ++i)
    sheet.ctle.allowed.push_back(
        {lows[i], collected.gain_ranges[i].front(), collected.gain_ranges[i].back()});
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
        const std::string key = sheet_name(cells[i]);
        if (key.empty()) continue;
        std::size_t v = i + 1;
        while (v < cells.size() && sheet_name(cells[v]).empty()) ++v;
        if (v == cells.size()) break;
        const auto known = std::find_if(parameters.begin(), parameters.end(),
                                        [&](const Parameter& p) { return p.name == key; });
        const auto value = parse_matlab_value(cells[v]);
        const SheetMeaning meaning = sheet_meaning(key, cells[v]);
        if (known != parameters.end() && value) {
          if (wanted(key)) known->set(result.sheet, collected, *value);
          any = true;
          i = v;
        } else if (meaning == SheetMeaning::none) {
          if (report) result.ignored.push_back(cells[i]);
          i = v;
        } else if (known != parameters.end() || meaning == SheetMeaning::another ||
                   (value && (i == 0 || v == i + 1) && !parse_matlab_value(cells[i]))) {
          if (report) result.unknown.push_back(fmt::format("row {}: {} = {}", r + 1, cells[i], cells[v]));
          i = v;
        }
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
  if (!collected.impedances.empty()) {
    const std::size_t sections =
        result.sheet.cases.empty() ? 0 : result.sheet.cases.front().transmitter.size();
    result.sheet.package_line.impedances = impedances_of(collected.impedances, sections, name);
  }
  set_allowed_gains(collected, name, result.sheet);
  // The same ranges as for a profile.
  const ReadSources none;
  ReadContext context(none);
  static_cast<void>(read<ComSheet>(context, Node(write(result.sheet)), ""));
  require_consistent(result.sheet);
  return result;
}

}  // namespace waverack::compliance
