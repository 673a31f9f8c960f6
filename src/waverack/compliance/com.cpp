#include "waverack/compliance/com.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/error.hpp"

namespace waverack::compliance {
namespace {

// Σ_i taps[i]·pulse(t − iT).
std::vector<double> behind_taps(std::span<const double> pulse, std::span<const double> taps, int samples) {
  const auto m = static_cast<std::size_t>(samples);
  std::vector<double> sum(pulse.size() + (taps.size() - 1) * m);
  for (std::size_t i = 0; i < taps.size(); ++i)
    for (std::size_t k = 0; k < pulse.size(); ++k) sum[k + i * m] += taps[i] * pulse[k];
  return sum;
}

// The samples of a record at one phase, all symbols.
std::vector<double> symbols_at(std::span<const double> record, int phase, int samples) {
  std::vector<double> values;
  for (auto i = static_cast<std::size_t>(phase); i < record.size(); i += static_cast<std::size_t>(samples))
    values.push_back(record[i]);
  return values;
}

// What reaches the decision at `instant` of the equalised pulse.
ComCursors cursors_at(const ComPulses& pulses, const ComSetting& setting, const ComTerms& terms,
                      std::span<const double> equalised) {
  const int samples = pulses.samples_per_symbol;
  const CtleFactors factors = ctle_factors(setting.dc_gain_db, setting.dc_gain_low_db);
  const auto phase = static_cast<int>(terms.instant % samples);
  const auto main = static_cast<std::size_t>(terms.instant / samples);

  ComCursors cursors;
  cursors.signal = terms.signal;
  cursors.interference = symbols_at(equalised, phase, samples);
  for (std::size_t n = 0; n < terms.feedback.size() && main + n + 1 < cursors.interference.size(); ++n)
    cursors.interference[main + n + 1] -= terms.feedback[n] * terms.main;
  cursors.interference.erase(cursors.interference.begin() + static_cast<std::ptrdiff_t>(main));
  cursors.slopes = symbols_at(slope_per_symbol(equalised, samples), phase, samples);

  for (std::size_t i = 1; i < pulses.paths.size(); ++i) {
    std::vector<double> pulse = pulse_behind_ctle(pulses.paths[i], factors);
    if (pulses.paths[i].kind == ComPathKind::far_end)
      pulse = behind_taps(pulse, setting.transmitter_taps, samples);
    const double alone = 1.0;
    const int worst = SymbolSums(pulse, samples, 1).strongest_phase({&alone, 1});
    cursors.crosstalk.push_back(symbols_at(pulse, worst, samples));
  }
  return cursors;
}

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
                         const CtleProducts& receiver_noise, const ComSetting* forced, int threads) {
  const ComPulses pulses = com_pulses(sheet, package, paths, sheet.signal.samples_per_symbol);
  ComCaseResult result;
  result.name = package.name;
  if (forced) {
    require_setting(sheet, *forced);
    result.equaliser.setting = *forced;
  } else {
    const ComSearchResult found = search_equaliser(sheet, pulses, receiver_noise, threads);
    result.equaliser.setting = found.setting;
    result.grid = found.grid;
  }
  const ComSetting& setting = result.equaliser.setting;
  const CtleFactors factors = ctle_factors(setting.dc_gain_db, setting.dc_gain_low_db);
  ComCandidates candidates(sheet, pulses, factors, noise_power(receiver_noise, factors));
  const ComTerms terms = candidates.terms(setting.transmitter_taps);
  if (!(terms.main > 0.0))
    throw Error("the equalised pulse of package case '" + package.name + "' has no cursor");

  result.equaliser.feedback = terms.feedback;
  result.fom_db = to_db(terms.figure_of_merit());
  result.signal = terms.signal;
  result.main_cursor = terms.main;
  result.instant = terms.instant;
  result.pulse = behind_taps(pulse_behind_ctle(pulses.paths.front(), factors), setting.transmitter_taps,
                             pulses.samples_per_symbol);
  const double limit = std::isfinite(sheet.limits.com_db) ? sheet.limits.com_db : 3.0;
  result.margin = com_margin(sheet, cursors_at(pulses, setting, terms, result.pulse), terms, limit);
  const std::vector<double>& unequalised = pulses.paths.front().unequalised;
  result.unequalised_peak = *std::max_element(unequalised.begin(), unequalised.end());
  result.settled_voltage = settled_voltage(unequalised, pulses.samples_per_symbol);
  result.loss_db = pulses.loss_at_nyquist_db;
  return result;
}

}  // namespace

ComResult channel_operating_margin(const ComSheet& sheet, std::span<const ComPath> paths,
                                   const ComOptions& options) {
  require_consistent(sheet);
  if (paths.empty()) throw Error("COM needs the victim's path");
  if (!options.forced.empty() && options.forced.size() != sheet.cases.size())
    throw Error(fmt::format("{} equaliser settings are given for {} package cases", options.forced.size(),
                            sheet.cases.size()));
  const network::Network& victim = paths.front().differential;
  const CtleProducts receiver_noise = compliance::receiver_noise(sheet, victim.frequencies, 1).front();

  ComResult result;
  for (std::size_t i = 0; i < sheet.cases.size(); ++i)
    result.cases.push_back(solve_case(sheet, sheet.cases[i], paths, receiver_noise,
                                      options.forced.empty() ? nullptr : &options.forced[i],
                                      options.threads));
  std::vector<std::complex<double>> through(victim.points());
  for (std::size_t k = 0; k < through.size(); ++k) through[k] = victim.at(k, 2, 1);
  result.channel_loss_db = loss_at_nyquist_db(victim.frequencies, through, sheet.signal.symbol_rate);
  return result;
}

}  // namespace waverack::compliance
