#pragma once
// The yardstick of every figure in GFLOP/s: how fast this core can multiply and add at all.

#include <cstdint>

namespace waverack {

// Fused multiply-adds in single precision on one instruction set of Highway, two operations each, in thread
// CPU time, the best of several short runs. 0 stands for the best instruction set of this CPU. Measured
// once, then kept. Cost: about 100 ms.
double peak_gflops(std::int64_t target = 0);

}  // namespace waverack
