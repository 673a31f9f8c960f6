#pragma once
// What a parameter sheet of COM says of a channel by itself.

#include "waverack/compliance/channel_measures.hpp"
#include "waverack/compliance/com_sheet.hpp"

namespace waverack::compliance {

// The settings of the sheet for the measures of a channel, the fit's as they are; the edge of the pulse
// response is not shorter than that allows.
ChannelSettings channel_settings(const ComSheet&);

// ERL of a differential two-port with the settings of the sheet. Where it says `package_in_erl`, the
// transmitter's package stands before port 1 and ends in R_d, and port 2 sees it; the package case with the
// worst ERL counts. Port 1 is that of the channel in any case. Throws Error as effective_return_loss. Cost:
// one effective_return_loss for each package case.
EffectiveReturnLoss com_return_loss(const ComSheet&, const network::Network& channel);

}  // namespace waverack::compliance
