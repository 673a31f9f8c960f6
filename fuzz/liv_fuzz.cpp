// Any bytes as the measured light and voltage of a laser. What can be read is made a laser and asked for
// drives. An Error is fine; a crash or a value that is not finite is not.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "waverack/base/error.hpp"
#include "waverack/parts/measured_laser.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waverack;
  try {
    const parts::MeasuredLaser laser(
        network::parse_liv_csv({reinterpret_cast<const char*>(data), size}, "fuzz.csv"));
    const double low = laser.lowest_temperature(), high = laser.highest_temperature();
    for (const double temperature : {low - 10.0, low, 0.5 * (low + high), high, high + 10.0})
      for (const double power : {0.0, 1e-9, 1e-3, 0.1, 10.0}) {
        const auto drive = laser.drive(power, temperature);
        if (!drive) continue;
        require(std::isfinite(drive->current) && std::isfinite(drive->threshold));
        require(!drive->voltage || std::isfinite(*drive->voltage));
      }
  } catch (const Error&) {
  }
  return 0;
}
