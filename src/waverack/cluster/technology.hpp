#pragma once
// What the cluster knows of a solved module design: how far it reaches, what it draws, how often it fails,
// how long bits take through it.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

// pluggable: in a cage at the faceplate; co_packaged: on the switch's or the GPU's substrate; cable: both
// ends and what is between them are one piece.
enum class Form { pluggable, co_packaged, cable };

// What carries the bits from one end to the other.
enum class Medium { fibre, copper };

// The designs at both ends of a link in one text: "cpo-3.2t", or "dsp-800g-dr8 - cpo-3.2t" where they differ.
std::string names_of_ends(std::string_view a, std::string_view b);

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
  Medium medium = Medium::fibre;
  double mac_rate = 0.0;  // of one module, or of one end of a cable; one direction [bit/s]
  int lanes = 0;
  double symbol_rate = 0.0;         // of a lane [Bd]
  double line_rate = 0.0;           // of a lane, one direction [bit/s]
  double wavelength = 0.0;          // of the light [m]; 0: copper
  int wavelengths = 1;              // in each fibre
  std::vector<ReachPoint> ladder;   // rising lengths; linear in between, nothing beyond
  double required_margin_db = 0.0;  // that a link must keep
  double reach = 0.0;               // longest length whose margin suffices [m]
  bool reach_is_bound = false;      // the longest rung still suffices: it reaches at least so far
  double latency = 0.0;             // both ends of a link without its medium and its host's FEC [s]
  double fec_latency = 0.0;         // of the host's or the module's FEC, once for a link [s]
  double delay_per_metre = 0.0;     // of the medium [s/m]
  Ranged module_power;              // at one end, inside the housing or engine [W]
  Ranged laser_power;               // external lasers of one end at the wall plug [W]
  double laser_modules = 0.0;       // that one end uses; a share of one where several ends share it
  double host_power = 0.0;          // SerDes of the host at one end, as the design's channel needs them [W]
  double host_loss_db = 0.0;        // of the host's channel at Nyquist
  double equalised_loss_db = 0.0;   // that the host's SerDes faces without a retimer in between, at Nyquist
  Ranged failures;                  // of one end, hard ones [1/s]
  Ranged laser_failures;            // of its field-replaceable lasers [1/s]
  int lanes_of_laser = 1;           // lanes that one laser feeds
  double temperature = 0.0;         // of its hottest part in its package [K]; 0: without package
  double edge = 0.0;                // along the board's edge [m]; 0: not stated
  double volume = 0.0;              // [m³]; 0: not stated

  double power() const { return module_power.value + laser_power.value; }
};

// Margin and error ratios of a link of this length, between the points of the ladder (margin linearly, the
// ratios in their logarithms); shorter than its first point that point, beyond its last a margin of minus
// infinity and error ratios of one.
ReachPoint at_length(const Technology&, double length);

// Longest length at which the margin is `margin_db`, between the points of the ladder; the first point that
// lacks it ends the search. 0 where the first one does. `bound` tells that the longest rung still has it.
double reach_of(const std::vector<ReachPoint>& ladder, double margin_db, bool* bound = nullptr);

}  // namespace waverack::cluster

namespace waverack {
template <>
struct EnumNames<cluster::Form> {
  using K = cluster::Form;
  static constexpr std::array<EnumName<K>, 3> list{
      {{"pluggable", K::pluggable}, {"co_packaged", K::co_packaged}, {"cable", K::cable}}};
};
template <>
struct EnumNames<cluster::Medium> {
  using K = cluster::Medium;
  static constexpr std::array<EnumName<K>, 2> list{{{"fibre", K::fibre}, {"copper", K::copper}}};
};
}  // namespace waverack
