#include "waverack/compliance/com.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/error.hpp"
#include "waverack/compliance/com_decision.hpp"
#include "waverack/compliance/com_ffe_adapt.hpp"
#include "waverack/compliance/com_ffe_search.hpp"
#include "waverack/compliance/com_mlse.hpp"

namespace waverack::compliance {
namespace {

// The sum of the pulse from 4.5 UI before its peak to 5.5 UI after it, per UI.
double settled_voltage(std::span<const double> pulse, int samples) {
  const auto peak = std::max_element(pulse.begin(), pulse.end()) - pulse.begin();
  const std::ptrdiff_t from = std::max<std::ptrdiff_t>(0, peak - 9 * samples / 2);
  const auto to = std::min<std::ptrdiff_t>(std::ssize(pulse), peak + 11 * samples / 2);
  double sum = 0.0;
  for (std::ptrdiff_t i = from; i < to; ++i) sum += pulse[static_cast<std::size_t>(i)];
  return sum / samples;
}

void require_setting(const ComSheet& sheet, const ComSetting& setting) {
  const std::size_t taps = sheet.transmitter.pre_taps.size() + 1 + sheet.transmitter.post_taps.size();
  if (setting.transmitter_taps.size() != taps)
    throw Error(fmt::format("a setting for this sheet has {} transmit taps, not {}", taps,
                            setting.transmitter_taps.size()));
}

ComCaseResult solve_case(const ComSheet& sheet, const ComPackageCase& package, std::span<const ComPath> paths,
                         std::span<const CtleProducts> receiver_noise, const ComSetting* forced,
                         int threads) {
  const ComPulses pulses = com_pulses(sheet, package, paths, sheet.signal.samples_per_symbol);
  ComCaseResult result;
  result.name = package.name;
  ComSetting setting;
  if (forced) {
    require_setting(sheet, *forced);
    setting = *forced;
  } else {
    const ComSearchResult found = has_receiver_ffe(sheet)
                                      ? search_receiver_ffe(sheet, pulses, receiver_noise, threads)
                                      : search_equaliser(sheet, pulses, receiver_noise.front(), threads);
    setting = found.setting;
    result.grid = found.grid;
  }
  const ComDecision decision = decide(sheet, pulses, receiver_noise, setting);
  result.equaliser = {setting, decision.terms.feedback, decision.receiver_taps};
  result.fom_db = to_db(decision.figure_of_merit);
  result.signal = decision.terms.signal;
  result.main_cursor = decision.terms.main;
  result.instant = decision.terms.instant;
  const double limit = std::isfinite(sheet.limits.com_db) ? sheet.limits.com_db : 3.0;
  result.margin = com_margin(sheet, cursors_at(decision), decision.terms, limit);
  result.pulse = decision.pulse;
  if (sheet.credits.sequence_detection && !decision.terms.feedback.empty())
    result.mlse_credit_db =
        mlse_credit_db(sheet.signal.levels, std::clamp(decision.terms.feedback.front(), 0.0, 1.0),
                       sheet.signal.detector_error_ratio);
  if (sheet.eye.half_window > 0.0)
    result.eye =
        eye_opening(sheet, decide(sheet, com_pulses(sheet, package, paths, sheet.eye.samples_per_symbol),
                                  receiver_noise, setting));
  const std::vector<double>& unequalised = pulses.paths.front().unequalised;
  result.unequalised_peak = *std::max_element(unequalised.begin(), unequalised.end());
  result.settled_voltage = settled_voltage(unequalised, pulses.samples_per_symbol);
  result.loss_db = pulses.loss_at_nyquist_db;
  result.die_to_die_loss_db = pulses.die_to_die_loss_db;
  result.bursts = com_bursts(sheet.signal.levels, result.signal, result.margin.noise,
                             std::span(result.equaliser.feedback).first(sheet.dfe.upper.size()));
  result.transfer = pulses.transfer;
  result.inverted = pulses.inverted;
  return result;
}

}  // namespace

std::string_view com_method(const ComSheet& sheet) {
  return has_receiver_ffe(sheet)
             ? "IEEE 802.3 Annex 93A with the receiver of Annex 178A, conventions of COM 4.50"
             : "IEEE 802.3 Annex 93A, conventions of COM 4.50";
}

ComResult channel_operating_margin(const ComSheet& sheet, std::span<const ComPath> paths,
                                   const ComOptions& options) {
  require_consistent(sheet);
  if (paths.empty()) throw Error("COM needs the victim's path");
  if (!options.forced.empty() && options.forced.size() != sheet.cases.size())
    throw Error(fmt::format("{} equaliser settings are given for {} package cases", options.forced.size(),
                            sheet.cases.size()));
  const network::Network& victim = paths.front().differential;
  const std::vector<CtleProducts> noise = receiver_noise(sheet, victim.frequencies, noise_lags(sheet));

  ComResult result;
  for (std::size_t i = 0; i < sheet.cases.size(); ++i)
    result.cases.push_back(solve_case(sheet, sheet.cases[i], paths, noise,
                                      options.forced.empty() ? nullptr : &options.forced[i],
                                      options.threads));
  std::vector<std::complex<double>> through(victim.points());
  for (std::size_t k = 0; k < through.size(); ++k) through[k] = victim.at(k, 2, 1);
  result.channel_loss_db = loss_at_nyquist_db(victim.frequencies, through, sheet.signal.symbol_rate);
  return result;
}

}  // namespace waverack::compliance
