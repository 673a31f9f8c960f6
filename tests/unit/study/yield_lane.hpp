#pragma once
// A lane whose margin is known in closed form: an ideal transmitter and modulator, one noise behind the
// photodiode, and a connector whose loss varies. Its margin falls by one decibel for each decibel of loss.

#include <memory>

#include "lanes.hpp"
#include "waverack/study/yield.hpp"

namespace waverack::study {

struct YieldLane {
  int lanes = 8;
  double sigma_db = 1.0;
  double common = 0.0;
  double limit_db = 0.0;  // of the margin
};

// The margin of the lane as designed is within a few decibels of zero.
inline LoadedDesign yield_design(const YieldLane& numbers) {
  LoadedDesign loaded;
  link::Lane& lane = loaded.design.lane;
  parts::Receiver receiver = lanes::plain_receiver(0.75);
  receiver.noise_density = 0.3e-9;
  parts::Tia tia = lanes::linear_tia();
  tia.transimpedance = 1000.0;
  lane = lanes::optical_lane(53.125e9, link::Modulation::pam4, lanes::ideal_transmitter(0.4),
                             lanes::ideal_laser(1e-3), lanes::ideal_modulator(), lanes::ideal_photodiode(1.0),
                             tia, receiver);
  lane.pattern = link::Pattern::prbs9q;
  parts::Connector connector;
  connector.insertion_loss = from_db(20.0);  // far from where a loss ends
  connector.return_loss = from_db(100.0);
  parts::Instance joint = lanes::instance(connector);
  joint.spread = {{.key = "insertion_loss",
                   .scale = parts::SpreadScale::decibel,
                   .sigma = numbers.sigma_db,
                   .common = numbers.common}};
  lane.chain.insert(lane.chain.begin() + 2, joint);
  loaded.design.module.lanes = numbers.lanes;
  loaded.design.module.production.laser_trim = 1.0;
  loaded.design.module.production.margin_limit = from_db(numbers.limit_db);
  return loaded;
}

}  // namespace waverack::study
