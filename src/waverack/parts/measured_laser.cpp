#include "waverack/parts/measured_laser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "waverack/base/units.hpp"
#include "waverack/parts/response_file.hpp"

namespace waverack {
namespace parts {
namespace {

// Where the straight line of the light above threshold is taken, as shares of the largest power: above the
// spontaneous light, below the bend of the roll-over.
constexpr double line_from = 0.1, line_to = 0.5;

struct Line {
  double intercept, slope;  // of the power: slope·(I − intercept)
};

// Least squares through the points of the line; where there are fewer than two, through the two that enclose
// it.
Line line_of(const std::vector<double>& current, const std::vector<double>& power) {
  const double largest = power.back();
  const auto at = [&](double share) {
    return static_cast<std::size_t>(std::lower_bound(power.begin(), power.end(), share * largest) -
                                    power.begin());
  };
  std::size_t first = at(line_from), last = at(line_to);  // one past the last
  if (last < power.size() && power[last] <= line_to * largest) ++last;
  if (last < first + 2) {
    last = std::min(first + 2, power.size());
    first = last - 2;
  }
  double n = 0.0, i = 0.0, p = 0.0, ii = 0.0, ip = 0.0;
  for (std::size_t k = first; k < last; ++k) {
    n += 1.0;
    i += current[k];
    p += power[k];
  }
  for (std::size_t k = first; k < last; ++k) {
    ii += (current[k] - i / n) * (current[k] - i / n);
    ip += (current[k] - i / n) * (power[k] - p / n);
  }
  const double slope = ip / ii;
  return {i / n - p / n / slope, slope};
}

}  // namespace

MeasuredLaser::Curve MeasuredLaser::curve_of(const network::LivCurve& measured, const std::string& name) {
  const std::size_t top = static_cast<std::size_t>(
      std::max_element(measured.power.begin(), measured.power.end()) - measured.power.begin());
  std::vector<double> current, power;
  for (std::size_t k = 0; k <= top; ++k) {
    const double light = std::max(measured.power[k], 0.0);
    if (power.empty() || light > power.back()) {
      current.push_back(measured.current[k]);
      power.push_back(light);
    } else if (power.size() == 1) {
      current.back() = measured.current[k];  // still dark: no light up to here
    }
  }
  if (power.size() < 3)
    throw Error(ErrorInfo{{name, 0, 0},
                          {},
                          fmt::format("the light at {} rises over {} points",
                                      format_quantity(measured.temperature, "degC", 5), power.size()),
                          "three or more",
                          {}});
  const Line line = line_of(current, power);
  const double first_current = current.front();
  // A measurement that begins above threshold is continued down to it.
  if (power.front() > 0.0 && line.intercept > 0.0 && line.intercept < current.front()) {
    current.insert(current.begin(), line.intercept);
    power.insert(power.begin(), 0.0);
  }
  return {measured.temperature,
          power.back(),
          first_current,
          measured.current[top],
          top + 1 < measured.power.size(),
          (current.back() - current[current.size() - 2]) / (power.back() - power[power.size() - 2]),
          std::max(line.intercept, 0.0),
          line.slope,
          signal::MonotoneCurve(power, current),
          measured.voltage.empty()
              ? std::nullopt
              : std::optional(signal::MonotoneCurve(measured.current, measured.voltage))};
}

MeasuredLaser::MeasuredLaser(const network::LivTable& table) {
  for (const network::LivCurve& measured : table.curves) curves_.push_back(curve_of(measured, table.name));
  has_voltage_ = curves_.front().voltage.has_value();
}

double MeasuredLaser::current_at(const Curve& curve, double share) {
  const double power = share * curve.largest_power;
  if (share <= 1.0) return curve.current(power);
  return curve.last_current + (power - curve.largest_power) * curve.end_slope;
}

double MeasuredLaser::voltage_at(const Curve& curve, double current) {
  const signal::MonotoneCurve& voltage = *curve.voltage;
  const double end = voltage.high();
  return voltage(current) + std::max(current - end, 0.0) * voltage.slope(end);
}

std::optional<MeasuredLaser::Drive> MeasuredLaser::drive(double power, double temperature) const {
  const auto above = std::find_if(curves_.begin(), curves_.end(),
                                  [&](const Curve& curve) { return curve.temperature >= temperature; });
  const Curve& second = above == curves_.end() ? curves_.back() : *above;
  const Curve& first = above == curves_.begin() || above == curves_.end() ? second : *(above - 1);
  const double distance = second.temperature - first.temperature;
  const double w = distance > 0.0 ? (temperature - first.temperature) / distance : 1.0;
  const auto between = [w](double a, double b) { return (1.0 - w) * a + w * b; };

  const double share = power / between(first.largest_power, second.largest_power);
  if (share > 1.0 && (first.rolls_over || second.rolls_over)) return std::nullopt;
  const double at_first = current_at(first, share), at_second = current_at(second, share);
  Drive drive;
  drive.current = between(at_first, at_second);
  drive.threshold = between(first.threshold, second.threshold);
  drive.slope_efficiency = between(first.slope_efficiency, second.slope_efficiency);
  drive.beyond = share > 1.0 || at_first < first.first_current || at_second < second.first_current;
  if (has_voltage_) drive.voltage = between(voltage_at(first, at_first), voltage_at(second, at_second));
  return drive;
}

namespace {

void read_liv_file(ReadContext& context, const Field&, const Node& node, const std::string& path, void* out) {
  LivFile result;
  result.file = file_name(node, path);
  if (!result.file.empty())
    result.laser = with_path(path, [&] {
      return std::make_shared<const MeasuredLaser>(
          network::parse_liv_csv(load_text(context, node, path, result.file), result.file));
    });
  *static_cast<LivFile*>(out) = std::move(result);
}

Node write_liv_file(const Field&, const void* in) {
  const std::string& file = static_cast<const LivFile*>(in)->file;
  return file.empty() ? Node() : Node(file);
}

}  // namespace
}  // namespace parts

template <>
const FieldType& field_type<parts::LivFile>() {
  static const FieldType type{"file", &parts::read_liv_file, &parts::write_liv_file, nullptr};
  return type;
}

}  // namespace waverack
