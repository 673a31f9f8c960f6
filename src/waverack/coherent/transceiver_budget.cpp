#include "waverack/coherent/transceiver_budget.hpp"

#include <cmath>
#include <cstddef>

#include "waverack/base/error.hpp"

namespace waverack::coherent {

double penalty_db(const PenaltyTable& table, double value) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (table.at.empty()) return 0.0;
  if (table.at.size() != table.penalty_db.size())
    throw Error("penalties: a table has not as many dB as values");
  double before = 0.0, before_db = 0.0;
  bool started = table.at[0] > 0.0 && value >= 0.0;
  for (std::size_t i = 0; i < table.at.size(); ++i) {
    if (i > 0 && !(table.at[i] > table.at[i - 1]))
      throw Error("penalties: the values of a table do not rise");
    if (value <= table.at[i]) {
      if (value == table.at[i]) return table.penalty_db[i];
      if (!started) return infinite;
      return before_db + (table.penalty_db[i] - before_db) * (value - before) / (table.at[i] - before);
    }
    started = true;
    before = table.at[i];
    before_db = table.penalty_db[i];
  }
  return infinite;
}

double required_snr(const std::function<double(double snr)>& error_ratio, double limit) {
  double low = -10.0, high = 60.0;  // [dB]
  const auto above = [&](double db) { return error_ratio(std::pow(10.0, 0.1 * db)) > limit; };
  if (!above(low) || above(high)) throw Error("required SNR: no SNR from -10 to 60 dB meets the limit");
  while (high - low > 1e-9) {
    const double middle = 0.5 * (low + high);
    (above(middle) ? low : high) = middle;
  }
  return std::pow(10.0, 0.1 * high);
}

}  // namespace waverack::coherent
