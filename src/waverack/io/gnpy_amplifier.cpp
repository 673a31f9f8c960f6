#include "waverack/io/gnpy_amplifier.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"

namespace waverack::io {

namespace {

// Two stages with an attenuator between them (GNPy: "variable_gain"): noise figures of the stages and the
// loss that meet the noise figures stated at the ends of the gain range.
double variable_noise_figure(const GnpyTable& type, double gain) {
  const double low = number(type, "gain_min"), high = number(type, "gain_flatmax");
  const double least = from_db(number(type, "nf_min")), most = from_db(number(type, "nf_max"));
  if (!(high > low)) refuse(type, "gain_flatmax", "is not above gain_min");
  double apart = 5.0, first_high = high - apart;
  double first_low = low - (high - low) - apart;
  double second = to_db((least - most) / (1.0 / from_db(first_high) - 1.0 / from_db(first_low)));
  const double first = to_db(least - from_db(second) / from_db(first_high));
  if (!std::isfinite(first) || !std::isfinite(second))
    refuse(type, "nf_max", "no two stages have these noise figures at both ends of the gain range");
  if (!(second > first + 0.3 && second < first + 2.0)) {
    second = std::clamp(second, first + 0.3, first + 2.0);
    first_high = to_db(from_db(second) / (least - from_db(first)));
    apart = high - first_high;
  }
  const double of_first = gain - apart - std::max(high - gain, 0.0);
  return from_db(first) + from_db(second) / from_db(of_first);
}

double one_stage(const GnpyTable& type, double gain_db, double input_dbm) {
  const std::string kind = find_text(type, "type_def");
  const double padding = std::max(find_number(type, "gain_min").value_or(gain_db) - gain_db, 0.0);
  if (kind == "fixed_gain") return from_db(number(type, "nf0") + padding);
  if (kind == "variable_gain") return variable_noise_figure(type, gain_db + padding) * from_db(padding);
  if (kind == "openroadm_booster") return 0.0;
  // OpenROADM states the OSNR that an amplifier adds at an input power: NF = P − OSNR + 58.
  if (kind == "openroadm_preamp")
    return from_db(input_dbm - std::min((4.0 * input_dbm + 275.0) / 7.0, 33.0) + 58.0);
  if (kind == "openroadm") {
    const std::vector<double> factors = number_list(type, "nf_coef");
    if (factors.empty()) refuse(type, "nf_coef", "the list is missing");
    double osnr = 0.0;
    for (const double factor : factors) osnr = osnr * input_dbm + factor;
    return from_db(input_dbm - osnr + 58.0);
  }
  refuse(type, "type_def", kind.empty() ? "is missing" : "amplifiers of the type '" + kind + "' are not read",
         "fixed_gain, variable_gain, dual_stage, openroadm, openroadm_preamp, openroadm_booster");
}

bool has_two_stages(const GnpyTable& type) { return find_text(type, "type_def") == "dual_stage"; }

GnpyTable stage(const GnpyFiles& files, const GnpyTable& type, const char* key) {
  const std::string variety = find_text(type, key);
  if (variety.empty()) refuse(type, key, "is missing");
  return equipment_entry(files, "Edfa", variety, type);
}

}  // namespace

double gnpy_noise_figure(const GnpyFiles& files, const GnpyTable& type, double gain_db, double input_dbm) {
  if (!has_two_stages(type)) return one_stage(type, gain_db, input_dbm);
  const GnpyTable first = stage(files, type, "preamp_variety"),
                  second = stage(files, type, "booster_variety");
  const double first_db = number(first, "gain_flatmax");
  return one_stage(first, first_db, input_dbm) +
         one_stage(second, gain_db - first_db, input_dbm + first_db) / from_db(first_db);
}

double gnpy_output_limit(const GnpyFiles& files, const GnpyTable& type) {
  return number(has_two_stages(type) ? stage(files, type, "booster_variety") : type, "p_max");
}

}  // namespace waverack::io
