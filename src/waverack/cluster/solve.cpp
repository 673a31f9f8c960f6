#include <algorithm>
#include <bit>
#include <cmath>

#include "waverack/cluster/clos.hpp"
#include "waverack/cluster/cluster.hpp"

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

struct ComparedTechnology {
  std::string name;
  std::string nic_name;
  const module::ModuleResult* module = nullptr;
  const module::ModuleResult* nic_module = nullptr;
  double network_liquid_share = 0.0;
};

std::int64_t ceil_div(double numerator, double denominator) {
  return static_cast<std::int64_t>(std::ceil(numerator / denominator - 1e-9));
}

Alternative build(const Cluster& cluster, const Clos& clos, const ComparedTechnology& technology,
                  double reference_host_w, const Corner& corner) {
  const double rate = cluster.gpu_bandwidth;
  const PortPower at_switch = port_power(*technology.module, rate);
  const PortPower at_nic = port_power(*technology.nic_module, rate);
  const double gpu_w = shifted(cluster.gpu_power, cluster.gpu_power_spread, corner.gpus);
  const double box_w = shifted(cluster.switch_power, cluster.switch_power_spread, corner.network);
  const double optics_scale = shifted(1.0, cluster.optics_power_spread, corner.network);
  const double switch_ends = static_cast<double>(clos.switch_ends),
               nic_ends = static_cast<double>(clos.nic_ends);

  Alternative result;
  result.name = technology.name;
  result.nic_module = technology.nic_name;
  const double module_rate = technology.module->mac_rate;
  result.modules = ceil_div(switch_ends * rate, module_rate);
  if (technology.nic_module == technology.module)
    result.modules += clos.nic_ends * ceil_div(rate, module_rate);

  const double nic_optics = nic_ends * at_nic.optics * optics_scale;
  const double switch_optics = switch_ends * at_switch.optics * optics_scale;
  // switch_power and gpu_power hold SerDes for the reference; another host interface changes them.
  const double nic_host = nic_ends * (at_nic.host - reference_host_w);
  const double switches =
      static_cast<double>(clos.switches) * box_w + switch_ends * (at_switch.host - reference_host_w);
  const double gpus = nic_ends * gpu_w;
  const double electronics = gpus + nic_host + nic_optics + switches + switch_optics;

  result.optics_w = nic_optics + switch_optics;
  result.switch_w =
      box_w + cluster.switch_radix * (at_switch.optics * optics_scale + at_switch.host - reference_host_w);
  result.network_w = nic_host + nic_optics + switches + switch_optics;
  // Optics at a network card sit in the air of its tray.
  result.liquid_share =
      (gpus * cluster.gpu_liquid_share + (switches + switch_optics) * technology.network_liquid_share) /
      electronics;
  const FacilityResult facility = solve_facility(cluster.facility, result.liquid_share);
  result.it_w = electronics * facility.itue;
  result.pue =
      (cluster.pue > 0.0 ? cluster.pue : facility.pue) + cluster.pue_spread * static_cast<int>(corner.pue);
  result.tue = result.pue * facility.itue;
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
  const Clos clos = count_clos(cluster.gpus, cluster.switch_radix, cluster.tiers);
  ClusterResult result;
  result.tiers = clos.tiers;
  result.links = clos.links;
  result.optical_ends = clos.nic_ends + clos.switch_ends;
  result.node = modules_per_node(cluster, module.mac_rate);

  ComparedTechnology design{name, name, &module, &module, cluster.network_liquid_share};
  if (cluster.nic_keeps_pluggable) {
    if (baseline) {
      design.nic_name = baseline->name;
      design.nic_module = &baseline->module;
    } else {
      result.warnings.push_back({"cluster.nic_keeps_pluggable",
                                 "no baseline was given, so the network cards are counted with this module"});
    }
  }
  const double reference_host_w =
      port_power(baseline ? baseline->module : module, cluster.gpu_bandwidth).host;
  const auto built = [&](const ComparedTechnology& technology, const Corner& corner) {
    return build(cluster, clos, technology, reference_host_w, corner);
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
    const ComparedTechnology other{baseline->name, baseline->name, &baseline->module, &baseline->module,
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
