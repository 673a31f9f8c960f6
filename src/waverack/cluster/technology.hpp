#pragma once
// What the cluster knows of a solved module design: how far it reaches, what it draws, how often it fails,
// how long bits take through it.

#include <string>
#include <vector>

#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

// pluggable: in a cage at the faceplate; co_packaged: on the switch's or the GPU's substrate; cable: both
// ends and what is between them are one piece.
enum class Form { pluggable, co_packaged, cable };

// A lane of the design with its medium of another length.
struct ReachPoint {
  double length = 0.0;     // [m]
  double margin_db = 0.0;  // to the FEC limit
  double ber_pre_fec = 0.0;
  double frame_loss = 0.0;  // of a frame of 64 octets after FEC
};

struct Technology {
  std::string name;  // of the design: "cpo-3.2t"
  std::string title;
  Form form = Form::pluggable;
  double mac_rate = 0.0;  // of one module, or of one end of a cable; one direction [bit/s]
  int lanes = 0;
  std::vector<ReachPoint> ladder;  // rising lengths; linear in between, nothing beyond
  double reach = 0.0;              // longest length whose margin suffices [m]
  double latency = 0.0;            // both ends of a link without its medium and its host's FEC [s]
  double fec_latency = 0.0;        // of the host's or the module's FEC, once for a link [s]
  double delay_per_metre = 0.0;    // of the medium [s/m]
  Ranged module_power;             // at one end, inside the housing or engine [W]
  Ranged laser_power;              // external lasers of one end at the wall plug [W]
  double host_power = 0.0;         // SerDes of the host at one end, as the design's channel needs them [W]
  double host_loss_db = 0.0;       // of the host's channel at Nyquist
  Ranged failures;                 // of one end, hard ones [1/s]
  Ranged laser_failures;           // of its field-replaceable lasers [1/s]
  int lanes_of_laser = 1;          // lanes that one laser feeds
  double temperature = 0.0;        // of its hottest part in its package [K]; 0: without package
  double edge = 0.0;               // along the board's edge [m]; 0: not stated
  double volume = 0.0;             // [m³]; 0: not stated

  double power() const { return module_power.value + laser_power.value; }
};

// Margin and error ratios of a link of this length, between the points of the ladder (margin linearly, the
// ratios in their logarithms); beyond it a margin of minus infinity.
ReachPoint at_length(const Technology&, double length);

}  // namespace waverack::cluster
