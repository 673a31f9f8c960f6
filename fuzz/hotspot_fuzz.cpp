// Any bytes as a floorplan and as a power trace of HotSpot. An Error is fine; a crash, a size or a power that
// is not finite is not.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "waverack/base/error.hpp"
#include "waverack/thermal/hotspot.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waverack;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const thermal::Floorplan plan = thermal::parse_floorplan(text, "fuzz.flp");
    require(!plan.units.empty() && std::isfinite(plan.width) && std::isfinite(plan.height));
    for (const thermal::FloorplanUnit& unit : plan.units)
      require(unit.width > 0.0 && unit.height > 0.0 && unit.x + unit.width <= plan.width &&
              unit.y + unit.height <= plan.height);
  } catch (const Error&) {
  }
  try {
    const thermal::PowerTrace trace = thermal::parse_power_trace(text, "fuzz.ptrace");
    require(trace.steps() > 0 && trace.power.size() == trace.steps() * trace.units.size());
    for (const double power : trace.power) require(std::isfinite(power));
    require(thermal::match_units(trace, trace.units).size() == trace.units.size());
  } catch (const Error&) {
  }
  return 0;
}
