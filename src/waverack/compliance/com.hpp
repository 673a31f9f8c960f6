#pragma once
// Channel operating margin: IEEE 802.3 Annex 93A as the task force's code 4.50 works it out. The theory, with
// equation numbers, is in docs/theory/com.md.

#include <complex>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waverack/compliance/com_bursts.hpp"
#include "waverack/compliance/com_eye.hpp"
#include "waverack/compliance/com_margin.hpp"
#include "waverack/compliance/com_pulses.hpp"
#include "waverack/compliance/com_search.hpp"
#include "waverack/compliance/com_sheet.hpp"

namespace waverack::compliance {

// What the results of a sheet are computed with, for reports.
std::string_view com_method(const ComSheet&);

struct ComEqualiser {
  ComSetting setting;
  std::vector<double> feedback;  // b(1), b(2), … relative to the cursor
  std::vector<double>
      receiver_taps;  // of the receiver's FFE, pre-cursors first, cursor tap 1; empty without one
};

// One package case.
struct ComCaseResult {
  std::string name;
  ComEqualiser equaliser;
  std::int64_t grid = 0;             // settings that the search stands for, 0 where the setting was given
  double fom_db = 0.0;               // 10·log10(A_s²/Σσ²) at the setting
  double signal = 0.0;               // A_s [V]
  double main_cursor = 0.0;          // h(0) [V]
  ComMargin margin;                  // σ, A_ni, COM, VEC, VEO
  std::optional<ComEyeOpening> eye;  // over the timing window, where the sheet has one: its VEC and VEO count
  double mlse_credit_db = 0.0;       // to be added to COM, where the sheet grants it
  double unequalised_peak = 0.0;     // of the victim's pulse without CTLE and transmit taps [V]
  double settled_voltage = 0.0;      // what that pulse adds up to within 10 UI about its peak [V]
  double loss_db = 0.0;              // at half the symbol rate, with packages and H_t
  double die_to_die_loss_db = 0.0;   // there, of package lines, balls and channel alone
  ComBursts bursts;                  // errors in a row, from the noise of `margin` and the feedback
  std::vector<std::complex<double>> transfer;  // with packages and H_t, at the victim's frequencies
  std::vector<double> pulse;                   // equalised, before the DFE [V]
  bool inverted = false;       // P and N of one end of the victim are swapped; the pulse was turned
  std::ptrdiff_t instant = 0;  // the sample of `pulse` at which the symbol is decided
};

struct ComResult {
  double channel_loss_db = 0.0;  // of the victim without packages, at half the symbol rate
  std::vector<ComCaseResult> cases;
};

struct ComOptions {
  // One for each package case, in place of the search; empty: search.
  std::vector<ComSetting> forced;
  int threads = 1;
};

// COM of a channel without packages, for every package case of the sheet. `paths`: the victim, then the
// aggressors. Throws Error where sheet and paths do not fit. Cost: two tenths of a second for the grids of
// the 100G sheets with five paths and two package cases.
ComResult channel_operating_margin(const ComSheet&, std::span<const ComPath> paths, const ComOptions& = {});

}  // namespace waverack::compliance
