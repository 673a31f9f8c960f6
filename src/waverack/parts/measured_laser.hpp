#pragma once
// Current, voltage and light of a laser as it was measured, at any temperature and power.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "waverack/network/liv_table.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/signal/monotone_curve.hpp"

namespace waverack::parts {

// Each measured temperature is a monotone cubic curve of the current over the power, from the first point to
// the one of most light; where the light falls back on the way it is held, and points without more light than
// before are left out. Between two temperatures, of weight w,
//   P_max(T) = (1 − w)·P_max,1 + w·P_max,2,   I(u·P_max(T), T) = (1 − w)·I_1(u·P_max,1) + w·I_2(u·P_max,2)
// so that threshold meets threshold and roll-over meets roll-over; the voltage at I is likewise that of the
// two curves at I_1 and I_2. Beyond the measured temperatures the nearest curve counts. Where the light of
// neither curve had turned back when the measurement ended, u may pass 1: both are continued straight on.
class MeasuredLaser {
 public:
  // Throws Error (without a line) for a curve with fewer than three points of rising light.
  explicit MeasuredLaser(const network::LivTable&);

  // What the table gives for a power at a temperature.
  struct Drive {
    double current = 0.0;           // [A]
    std::optional<double> voltage;  // [V], where it was measured
    double threshold = 0.0;         // [A]
    double slope_efficiency = 0.0;  // above threshold [W/A]
    bool beyond = false;            // the current is outside of those that were measured
  };
  // Nothing beyond a roll-over. power ≥ 0 [W], temperature [K].
  std::optional<Drive> drive(double power, double temperature) const;

  double lowest_temperature() const { return curves_.front().temperature; }
  double highest_temperature() const { return curves_.back().temperature; }
  // Whether `voltage` is always given.
  bool has_voltage() const { return has_voltage_; }

 private:
  struct Curve {
    double temperature, largest_power, first_current, last_current;
    bool rolls_over;
    double end_slope;                    // of the current over the power, at the end [A/W]
    double threshold, slope_efficiency;  // line through the points from 10 to 50 % of the largest power
    signal::MonotoneCurve current;       // [A] over [W]
    std::optional<signal::MonotoneCurve> voltage;  // [V] over [A]
  };
  static Curve curve_of(const network::LivCurve&, const std::string& name);
  static double current_at(const Curve&, double share);
  static double voltage_at(const Curve&, double current);

  std::vector<Curve> curves_;
  bool has_voltage_ = false;
};

// A key of a part: the name of a file of network::parse_liv_csv, read at once.
struct LivFile {
  std::string file;                            // "" for none
  std::shared_ptr<const MeasuredLaser> laser;  // shared by all copies, never changed

  explicit operator bool() const { return laser != nullptr; }
};

}  // namespace waverack::parts

namespace waverack {
template <>
const FieldType& field_type<parts::LivFile>();
}  // namespace waverack
