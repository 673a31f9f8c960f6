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

// Some of them alone. `fit` is shown where it was fitted.
link::Curve loss_curve(const network::Network& through, const compliance::InsertionLossFit& fit);
// The power sums of the aggressors, on the frequencies of the first.
link::Curve crosstalk_curve(const compliance::ChannelNetworks&);
link::Curve reflected_curve(const compliance::EffectiveReturnLoss&, int samples_per_symbol);

}  // namespace waverack::io
