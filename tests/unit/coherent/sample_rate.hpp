#pragma once

namespace waverack::coherent {

inline constexpr double sample_rate = 4 * 59.84375e9;  // [Hz]: four samples to each symbol of 400ZR

}  // namespace waverack::coherent
