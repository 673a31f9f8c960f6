#pragma once
// Every channel at the end of a path of a GNPy network.

#include <cstddef>
#include <vector>

#include "waverack/io/gnpy_network.hpp"

namespace waverack::io {

// SNRs are ratios in a band of the symbol rate; those in 12.5 GHz are larger by symbol rate/12.5 GHz.
struct LineChannel {
  coherent::Channel channel;
  double power = 0.0;  // [W]
  double snr_ase = 0.0, snr_nonlinear = 0.0, gsnr = 0.0;
};

// By GNPy's closed form, with all light of a channel making interference. In the order of the path's
// channels. Cost: 40 ns for each channel, neighbour and span.
std::vector<LineChannel> measure_channels(const GnpyPath&);

// The place of the one with the least GSNR; `channels` is not empty.
std::size_t worst_channel(const std::vector<LineChannel>& channels);

}  // namespace waverack::io
