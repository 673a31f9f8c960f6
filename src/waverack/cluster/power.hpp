#pragma once
// Watts of a bill by what they are for, and what a scenario saves over another at every boundary.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
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

// The bill with its boxes, and the optics in them, cooled as those of `baseline` are: nodes as its nodes,
// switches as its switches of the same network and place, or of the same network where it has none there.
// Boxes without a counterpart stay as they are.
std::vector<BillLine> cooled_alike(std::vector<BillLine> bill, const std::vector<BillLine>& baseline);

// A bill with the technologies that its lines name, and its hall.
struct Powered {
  const std::vector<BillLine>& bill;
  std::span<const Technology> technologies;
  const HallResult& hall;
  // The same bill cooled_alike() in the hall of the baseline; none: not asked for.
  const HallResult* hall_of_baseline = nullptr;
};

// Names of all boundaries, in the order of savings().
std::span<const std::string_view> boundaries();

// From the innermost boundary outwards: module and module_with_host for each end of a link; switch for each
// box with the optics at it; network, cluster (IT) and facility as a whole. With `hall_of_baseline` also
// cluster_cooled_alike and facility_cooled_alike, each behind its own: what is saved without another
// cooling, so that the difference is what the cooling saves. A boundary at which the baseline has no watts is
// left out.
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
