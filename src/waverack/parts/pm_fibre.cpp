#include "waverack/parts/pm_fibre.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "waverack/base/text.hpp"

namespace waverack::parts {
namespace {

// Of all joints together, in the worst phase.
double angle(const PmFibre& part) { return part.joints * std::atan(1.0 / std::sqrt(part.extinction_ratio)); }

}  // namespace

void resolve(PmFibre& part, ReadContext&, const Node& node, const std::string& path) {
  if (angle(part) < 0.5 * std::numbers::pi) return;
  const Node* given = node.table() ? node.table()->find("extinction_ratio") : nullptr;
  const double least = std::tan(0.5 * std::numbers::pi / part.joints);
  fail(given ? *given : node, join_path(path, "extinction_ratio"),
       fmt::format("{} joints turn the light away from its axis altogether", part.joints),
       fmt::format("more than {:.1f} dB", -20.0 * std::log10(least)));
}

double optical_loss(const PmFibre& part) {
  const double right = std::cos(angle(part));
  return std::exp(part.attenuation * part.length) / (right * right);
}

}  // namespace waverack::parts
