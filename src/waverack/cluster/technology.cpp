#include "waverack/cluster/technology.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace waverack::cluster {
namespace {

// The logarithm of a ratio that may be too small for a double.
double log_ratio(double ratio) { return std::log(std::max(ratio, 1e-300)); }

}  // namespace

std::string names_of_ends(std::string_view a, std::string_view b) {
  std::string names(a);
  if (a != b) names.append(" - ").append(b);
  return names;
}

ReachPoint at_length(const Technology& technology, double length) {
  const std::vector<ReachPoint>& ladder = technology.ladder;
  if (ladder.empty() || length > ladder.back().length)
    return {length, -std::numeric_limits<double>::infinity(), 1.0, 1.0};
  if (length <= ladder.front().length) {
    ReachPoint point = ladder.front();
    point.length = length;
    return point;
  }
  const auto above = std::lower_bound(ladder.begin(), ladder.end(), length,
                                      [](const ReachPoint& p, double value) { return p.length < value; });
  const ReachPoint &b = *above, &a = *(above - 1);
  const double t = (length - a.length) / (b.length - a.length);
  const auto between = [&](double low, double high) {
    return std::exp((1.0 - t) * log_ratio(low) + t * log_ratio(high));
  };
  return {length, (1.0 - t) * a.margin_db + t * b.margin_db, between(a.ber_pre_fec, b.ber_pre_fec),
          between(a.frame_loss, b.frame_loss)};
}

double reach_of(const std::vector<ReachPoint>& ladder, double margin_db, bool* bound) {
  if (bound) *bound = false;
  double reach = 0.0;
  const ReachPoint* before = nullptr;
  for (const ReachPoint& point : ladder) {
    if (!(point.margin_db >= margin_db)) {
      if (!before || std::isnan(point.margin_db)) return reach;
      const double t = (before->margin_db - margin_db) / (before->margin_db - point.margin_db);
      return before->length + t * (point.length - before->length);
    }
    reach = point.length;
    before = &point;
  }
  if (bound && before) *bound = true;
  return reach;
}

}  // namespace waverack::cluster
