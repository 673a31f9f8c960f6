#include <algorithm>
#include <bit>
#include <cmath>

#include "waverack/cluster/clos.hpp"
#include "waverack/cluster/cluster.hpp"
#include "waverack/cluster/hall.hpp"
#include "waverack/cluster/power.hpp"

namespace waverack::cluster {
namespace {

// Where each uncertain input stands: −1 favourable, 0 as given, +1 unfavourable.
enum class Side { favourable = -1, given = 0, unfavourable = 1 };

double shifted(double value, double spread, Side side) {
  return value * (1.0 + spread * static_cast<int>(side));
}

struct Corner {
  Side gpus = Side::given;
  Side network = Side::given;
  Side pue = Side::given;
};
constexpr Corner as_given{};
constexpr Corner favourable_corner{Side::favourable, Side::favourable, Side::favourable};
constexpr Corner unfavourable_corner{Side::unfavourable, Side::unfavourable, Side::unfavourable};
// The network's share of the power, and with it what a better network gains, is least and greatest here.
constexpr Corner light_network{Side::unfavourable, Side::favourable, Side::given};
constexpr Corner heavy_network{Side::favourable, Side::unfavourable, Side::given};

// Watts of one technology at one port of the endpoint's rate.
struct PortPower {
  double optics = 0.0;  // with its laser
  double host = 0.0;    // SerDes on the host's side
};

PortPower port_power(const module::ModuleResult& module, double rate) {
  const module::Boundaries& energy = module.energy_per_bit;
  return {energy.with_laser * rate, (energy.with_host - energy.with_laser) * rate};
}

// What stands at the two ends of links, and how switches are cooled.
struct Equipment {
  std::string name;
  std::string nic_name;
  const module::ModuleResult* module = nullptr;
  const module::ModuleResult* nic_module = nullptr;
  double network_liquid_share = 0.0;
};

std::int64_t ceil_div(double numerator, double denominator) {
  return static_cast<std::int64_t>(std::ceil(numerator / denominator - 1e-9));
}

// What all alternatives of one cluster share.
struct Setting {
  const Cluster& cluster;
  Clos clos;
  Hall hall;
  HallYear year;
  double reference_host_w = 0.0;  // SerDes at a port that switch_power and gpu_power hold
};

BillLine bill_line(ItemKind kind, std::int64_t quantity, double watts, double liquid_share) {
  BillLine line;
  line.kind = kind;
  line.quantity = quantity;
  line.power = exactly(watts);
  line.liquid_share = liquid_share;
  return line;
}

// The optics of a port are a line's one piece, whatever part of a module they are. Another host interface
// than the reference's changes what cards and switches draw. Optics at a network card sit in the air of its
// tray.
std::vector<BillLine> bill_of(const Setting& setting, const Equipment& equipment, const Corner& corner) {
  const Cluster& cluster = setting.cluster;
  const Clos& clos = setting.clos;
  const PortPower at_switch = port_power(*equipment.module, cluster.gpu_bandwidth);
  const PortPower at_nic = port_power(*equipment.nic_module, cluster.gpu_bandwidth);
  const double optics = shifted(1.0, cluster.optics_power_spread, corner.network);
  const double ports_of_box = static_cast<double>(clos.switch_ends) / static_cast<double>(clos.switches);
  const double box = shifted(cluster.switch_power, cluster.switch_power_spread, corner.network) +
                     ports_of_box * (at_switch.host - setting.reference_host_w);
  const double liquid = equipment.network_liquid_share;
  return {
      bill_line(ItemKind::node, clos.endpoints,
                shifted(cluster.gpu_power, cluster.gpu_power_spread, corner.gpus), cluster.gpu_liquid_share),
      bill_line(ItemKind::network_card, clos.nic_ends, at_nic.host - setting.reference_host_w, 0.0),
      bill_line(ItemKind::module, clos.nic_ends, at_nic.optics * optics, 0.0),
      bill_line(ItemKind::switch_box, clos.switches, box, liquid),
      bill_line(ItemKind::module, clos.switch_ends, at_switch.optics * optics, liquid)};
}

std::int64_t modules_of(const Setting& setting, const Equipment& equipment) {
  const double rate = setting.cluster.gpu_bandwidth, module_rate = equipment.module->mac_rate;
  const std::int64_t at_switches =
      ceil_div(static_cast<double>(setting.clos.switch_ends) * rate, module_rate);
  if (equipment.nic_module != equipment.module) return at_switches;
  return at_switches + setting.clos.nic_ends * ceil_div(rate, module_rate);
}

// One switch with all of its ports populated.
double switch_with_optics(const Setting& setting, const Equipment& equipment, const Corner& corner) {
  const Cluster& cluster = setting.cluster;
  const PortPower port = port_power(*equipment.module, cluster.gpu_bandwidth);
  return shifted(cluster.switch_power, cluster.switch_power_spread, corner.network) +
         cluster.switch_radix * (shifted(port.optics, cluster.optics_power_spread, corner.network) +
                                 port.host - setting.reference_host_w);
}

Alternative build(const Setting& setting, const Equipment& equipment, const Corner& corner) {
  const Cluster& cluster = setting.cluster;
  const std::vector<BillLine> bill = bill_of(setting, equipment, corner);
  const HallResult hall = solve_hall(setting.hall, setting.year, bill);
  Alternative result;
  result.name = equipment.name;
  result.nic_module = equipment.nic_name;
  result.modules = modules_of(setting, equipment);
  result.optics_w = optics_power(bill);
  result.switch_w = switch_with_optics(setting, equipment, corner);
  result.network_w = network_power(bill);
  result.liquid_share = hall.heat_to_liquid_w / hall.electronics_w;
  result.it_w = hall.it_w;
  result.pue =
      (cluster.pue > 0.0 ? cluster.pue : hall.pue) + cluster.pue_spread * static_cast<int>(corner.pue);
  result.tue = result.pue * hall.itue;
  result.facility_w = result.it_w * result.pue;
  return result;
}

ModulesPerNode modules_per_node(const Cluster& cluster, double module_rate) {
  ModulesPerNode node;
  node.ratio = cluster.node_bandwidth / module_rate;
  node.bare = ceil_div(cluster.node_bandwidth, module_rate);
  node.power_of_two = static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(node.bare)));
  node.ratio_with_fill = cluster.node_bandwidth / (cluster.fill * module_rate);
  node.with_fill = ceil_div(cluster.node_bandwidth, cluster.fill * module_rate);
  return node;
}

Estimate exact(double value) { return {value, value, value}; }

template <class Quantity>
Estimate estimate(const Alternative& given, const Alternative& favourable, const Alternative& unfavourable,
                  Quantity quantity) {
  return {quantity(given), quantity(favourable), quantity(unfavourable)};
}

Saving saving(std::string boundary, double value, double baseline) {
  return {std::move(boundary), value, baseline, 1.0 - value / baseline};
}

void compare(ClusterResult& result, const Cluster& cluster, const module::ModuleResult& module,
             const module::ModuleResult& baseline_module, const Alternative& design,
             const Alternative& baseline) {
  result.comparison.push_back(baseline);
  const PortPower here = port_power(module, cluster.gpu_bandwidth);
  const PortPower there = port_power(baseline_module, cluster.gpu_bandwidth);
  result.savings = {saving("module", here.optics, there.optics),
                    saving("module_with_host", here.optics + here.host, there.optics + there.host),
                    saving("switch", design.switch_w, baseline.switch_w),
                    saving("network", design.network_w, baseline.network_w),
                    saving("cluster", design.it_w, baseline.it_w),
                    saving("facility", design.facility_w, baseline.facility_w)};
}

}  // namespace

ClusterResult solve(const Cluster& cluster, const std::string& name, const module::ModuleResult& module,
                    const Baseline* baseline) {
  Setting setting{cluster,
                  count_clos(cluster.gpus, cluster.switch_radix, cluster.tiers),
                  hall_of(cluster.facility),
                  {},
                  0.0};
  const Clos& clos = setting.clos;
  setting.year = hall_year(setting.hall, "cluster.facility");
  setting.reference_host_w = port_power(baseline ? baseline->module : module, cluster.gpu_bandwidth).host;
  ClusterResult result;
  result.tiers = clos.tiers;
  result.links = clos.links;
  result.optical_ends = clos.nic_ends + clos.switch_ends;
  result.node = modules_per_node(cluster, module.mac_rate);

  Equipment design{name, name, &module, &module, cluster.network_liquid_share};
  if (cluster.nic_keeps_pluggable) {
    if (baseline) {
      design.nic_name = baseline->name;
      design.nic_module = &baseline->module;
    } else {
      result.warnings.push_back({"cluster.nic_keeps_pluggable",
                                 "no baseline was given, so the network cards are counted with this module"});
    }
  }
  const auto built = [&](const Equipment& equipment, const Corner& corner) {
    return build(setting, equipment, corner);
  };
  const Alternative given = built(design, as_given);
  const Alternative favourable = built(design, favourable_corner);
  const Alternative unfavourable = built(design, unfavourable_corner);

  result.gpus = exact(static_cast<double>(clos.endpoints));
  result.modules = exact(static_cast<double>(given.modules));
  result.switches = exact(static_cast<double>(clos.switches));
  const auto range = [&](auto quantity) { return estimate(given, favourable, unfavourable, quantity); };
  result.network_w = range([](const Alternative& a) { return a.network_w; });
  result.it_w = range([](const Alternative& a) { return a.it_w; });
  result.pue = range([](const Alternative& a) { return a.pue; });
  result.tue = range([](const Alternative& a) { return a.tue; });
  result.comparison.push_back(given);

  if (baseline) {
    const Equipment other{baseline->name, baseline->name, &baseline->module, &baseline->module,
                          baseline->network_liquid_share};
    const Alternative pluggable = built(other, as_given);
    compare(result, cluster, module, baseline->module, given, pluggable);
    const auto density = [&](const Corner& corner) {
      return built(other, corner).it_w / built(design, corner).it_w;
    };
    const double value = density(as_given), light = density(light_network), heavy = density(heavy_network);
    result.rack_density = Estimate{value, std::min({value, light, heavy}), std::max({value, light, heavy})};
  }
  return result;
}

}  // namespace waverack::cluster
