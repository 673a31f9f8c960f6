#pragma once
// What the SerDes of a lane's hosts have to equalise.

#include "waverack/link/lane.hpp"

namespace waverack::study {

// Loss of the host's channel at half the symbol rate, over that at 0 Hz [dB]: of the packages and traces
// between the host's transmitter and the first part of the module or cable.
double host_loss_db(const link::Lane&);

// Loss of all electrical lines between the host's transmitter and the first decision, and between the last
// transmitter and the host's decision, at half the symbol rate; the mean of the two [dB]. A module with
// retimers splits the way at them, a linear one does not, nor does a passive cable. What drivers, modulators
// and photodiodes lose is not counted.
double equalised_loss_db(const link::Lane&);

}  // namespace waverack::study
