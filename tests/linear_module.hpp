#pragma once
// lpo-1.6t-osfp at the operating point that it had before its light met a PMD. Its error ratio of 4e-5 can be
// counted, and docs/dev/validation.md quotes it.

#include <string>
#include <vector>

namespace waverack {

inline const std::vector<std::string> linear_module_of_low_margin{
    "lane.light.laser_path.ways=4",
    "lane.chain.host_transmitter.taps=[0.03, -0.175, 0.795, 0.0]",
    "lane.chain.host_transmitter.levels=[]",
    "lane.chain.linear_driver.gain=12 dB",
    "lane.chain.linear_driver.peaking=4.5 dB",
    "lane.chain.linear_driver.noise_density=8 nV/sqrt(Hz)",
    "lane.chain.mach_zehnder.bias_phase=-15 deg",
};

}  // namespace waverack
