#pragma once
// Every modulation format.

#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

inline constexpr Format formats[] = {Format::qpsk, Format::qam8, Format::qam16};

}  // namespace waverack::coherent
