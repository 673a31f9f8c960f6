#include "waverack/link/wdm.hpp"

#include <fmt/format.h>

#include "waverack/base/physical_constants.hpp"

namespace waverack::link {

std::vector<WdmLight> wdm_light(const Lane& lane, double wavelength) {
  std::vector<WdmLight> list;
  const Neighbours& neighbours = lane.neighbours;
  for (int i = -neighbours.shorter; i <= neighbours.longer; ++i) {
    if (i == 0) continue;
    WdmLight light;
    light.wavelength = neighbours.frequency_spacing > 0.0
                           ? 1.0 / (1.0 / wavelength - i * neighbours.frequency_spacing / speed_of_light)
                           : wavelength + i * neighbours.spacing;
    light.name = fmt::format("{:.2f} nm", light.wavelength * 1e9);
    light.ratio = neighbours.power_ratio;
    for (const parts::Instance& instance : lane.chain)
      if (const auto* filter = parts::as<parts::WdmFilter>(instance))
        light.ratio *= crosstalk(*filter, wavelength, light.wavelength);
    list.push_back(std::move(light));
  }
  return list;
}

}  // namespace waverack::link
