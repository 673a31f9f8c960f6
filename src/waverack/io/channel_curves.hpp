#pragma once
// The charts of a channel.

#include <vector>

#include "waverack/compliance/channel_measures.hpp"
#include "waverack/link/result.hpp"

namespace waverack::io {

// Loss and reflection over frequency, the deviation from the fit, crosstalk where there are aggressors;
// pulse, step and impulse response, impedance and reflected pulse over time.
std::vector<link::Curve> channel_curves(const compliance::ChannelNetworks&,
                                        const compliance::ChannelSettings&,
                                        const compliance::ChannelMeasures&);

}  // namespace waverack::io
