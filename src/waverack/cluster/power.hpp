#pragma once
// Watts of a bill by what they are for, and what a scenario saves over another at every boundary.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waverack/cluster/bill.hpp"
#include "waverack/cluster/hall.hpp"
#include "waverack/cluster/result.hpp"
#include "waverack/cluster/technology.hpp"

namespace waverack::cluster {

// What lines are added up by. `tier` keeps the networks apart.
enum class PowerKey { network, tier, item, kind };

struct PowerSum {
  std::string name;  // "back-end", "back-end tier 1", "dsp-1.6t", "module"; "nodes" for no network
  std::int64_t quantity = 0;
  double power_w = 0.0;   // typical
  double liquid_w = 0.0;  // of it, carried by liquid
};

// Sums over the lines, in the order in which their names come up.
std::vector<PowerSum> power_by(const std::vector<BillLine>&, PowerKey);

// Typical watts of all lines of the networks, nodes not counted; of their modules, lasers and cables.
double network_power(const std::vector<BillLine>&);
double optics_power(const std::vector<BillLine>&);

// Typical watts of the hosts' SerDes at all ends of these lines. They are part of nodes and switches, which
// hold them already.
double host_power(const std::vector<BillLine>&, std::span<const Technology>);

// A bill with the technologies that its lines name, and its hall.
struct Powered {
  const std::vector<BillLine>& bill;
  std::span<const Technology> technologies;
  const HallResult& hall;
};

// From the innermost boundary outwards: module and module_with_host for each end of a link; switch for each
// box with the optics at it; network, cluster (IT) and facility as a whole. A boundary at which the baseline
// has no watts is left out.
std::vector<Saving> savings(const Powered& scenario, const Powered& baseline);

}  // namespace waverack::cluster

namespace waverack {
template <>
struct EnumNames<cluster::ItemKind> {
  using K = cluster::ItemKind;
  static constexpr std::array<EnumName<K>, 8> list{{{"node", K::node},
                                                    {"network_card", K::network_card},
                                                    {"switch_box", K::switch_box},
                                                    {"module", K::module},
                                                    {"external_laser", K::external_laser},
                                                    {"cable", K::cable},
                                                    {"fibre", K::fibre},
                                                    {"circuit_switch", K::circuit_switch}}};
};
}  // namespace waverack
