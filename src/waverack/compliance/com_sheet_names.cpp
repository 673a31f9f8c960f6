#include "waverack/compliance/com_sheet_names.hpp"

#include <algorithm>
#include <array>

#include "waverack/base/line_reader.hpp"
#include "waverack/compliance/matlab_value.hpp"

namespace waverack::compliance {
namespace {

// Parameters of the reference code that say how it runs or draws, or repeat what other rows say.
constexpr auto without_meaning = std::to_array<std::string_view>({"diagnostics",
                                                                  "display_window",
                                                                  "csv_report",
                                                                  "result_dir",
                                                                  "save_figures",
                                                                  "save_figure_to_csv",
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
                                                                  "sigmabbnstep",
                                                                  "z_pselect",
                                                                  "z_p(fext)",
                                                                  "z_bp(next)",
                                                                  "z_bp(fext)",
                                                                  "z_bp(rx)",
                                                                  "f_v",
                                                                  "f_1",
                                                                  "min_veo_test",
                                                                  "eh_max",
                                                                  "n_v",
                                                                  "optimize_loop_speed_up",
                                                                  "tdr_duration",
                                                                  "accm_max_freq",
                                                                  "nburst",
                                                                  "errorpropagationcommargin",
                                                                  "impulseresponsetruncationthreshold",
                                                                  "forcepdfbinsize",
                                                                  "pdf_bin_size",
                                                                  "enforcecausalitydiff_tol",
                                                                  "enforcecausalityrel_tol",
                                                                  "enforcecausalitypulsestarttolerance",
                                                                  "grr",
                                                                  "gx",
                                                                  "grr_limit",
                                                                  "btorder"});

// Parameters with a single value that is computed here; with any other the row is not understood.
struct SingleValue {
  std::string_view name, value;
};
constexpr auto single_values = std::to_array<SingleValue>({{"r_0", "50"},
                                                           {"rx_calibration", "0"},
                                                           {"ac_cm_rms", "0"},
                                                           {"gdc_min", "0"},
                                                           {"enforcecausality", "0"},
                                                           {"enforce_causality", "0"},
                                                           {"bessel_thomson", "0"},
                                                           {"butterworth", "1"},
                                                           {"use_eta0_psd", "0"},
                                                           {"inc_package", "1"},
                                                           {"include_ctle", "1"},
                                                           {"include_tx_rx_filter", "1"},
                                                           {"ideal_tx_term", "0"},
                                                           {"ideal_rx_term", "0"},
                                                           {"kappa1", "1"},
                                                           {"kappa2", "1"},
                                                           {"n_b_step", "0"},
                                                           {"auto_tfx", "0"},
                                                           {"tdecq", "0"},
                                                           {"cdr", "mm"},
                                                           {"histogram_window_weight", "gaussian"}});

}  // namespace

std::string sheet_name(std::string_view cell) {
  std::string name;
  for (const char c : lower(cell))
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') name += c;
  return name;
}

SheetMeaning sheet_meaning(std::string_view key, std::string_view value) {
  for (const SingleValue& single : single_values) {
    if (single.name != key) continue;
    const auto number = parse_matlab_value(value);
    const bool same = number ? parse_matlab_value(single.value) == number : sheet_name(value) == single.value;
    return same ? SheetMeaning::none : SheetMeaning::another;
  }
  return std::find(without_meaning.begin(), without_meaning.end(), key) != without_meaning.end()
             ? SheetMeaning::none
             : SheetMeaning::some;
}

}  // namespace waverack::compliance
