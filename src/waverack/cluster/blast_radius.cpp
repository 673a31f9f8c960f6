#include "waverack/cluster/blast_radius.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/cluster/interruptions.hpp"

namespace waverack::cluster {
namespace {

Blast blast(std::string item, double lanes, double lanes_of_port, double all_lanes, double failures) {
  Blast result;
  result.item = std::move(item);
  result.of_one_switch = std::ceil(all_lanes / lanes - 1e-9);
  result.lanes = lanes;
  const double all_ports = all_lanes / lanes_of_port;
  result.ports_best = std::ceil(lanes / lanes_of_port - 1e-9);
  result.ports_expected = std::min(1.0 + (lanes - 1.0) / lanes_of_port, all_ports);
  result.ports_worst = std::min(std::floor((lanes - 2.0) / lanes_of_port + 1e-9) + 2.0, all_ports);
  result.failures = failures;
  return result;
}

// Its lanes begin where a port begins.
Blast aligned(Blast row) {
  row.ports_expected = row.ports_worst = row.ports_best;
  return row;
}

}  // namespace

std::vector<Blast> blast_radius(const Technology& technology, const Switch& box, double port_rate,
                                const Failures& failures) {
  const double lane_rate = technology.mac_rate / technology.lanes;
  const double lanes_of_port = std::max(port_rate / lane_rate, 1.0);
  const double all_lanes = box.capacity / lane_rate;
  const FailureRates rates = rates_of(failures);
  // The rates of one piece as the bill counts them: one module for its own lanes.
  const bool is_cable = technology.form == Form::cable;
  std::vector<BillLine> pieces(2);
  pieces[0].kind = is_cable ? ItemKind::cable : ItemKind::module;
  pieces[1].kind = ItemKind::external_laser;
  for (BillLine& piece : pieces) {
    piece.quantity = piece.ends = 1;
    piece.rate = technology.mac_rate;
  }
  assign_failures(pieces, std::vector{technology}, rates, 1);

  std::vector<Blast> table;
  if (technology.laser_power.value > 0.0) {
    const double lanes = technology.lanes_of_laser;
    const double of_a_lane = pieces[1].failures.value / technology.lanes;
    table.push_back(blast("laser", lanes, lanes_of_port, all_lanes, lanes * of_a_lane));
    table.push_back(blast("laser module", lanes * failures.lasers_per_module, lanes_of_port, all_lanes, 0.0));
  }
  const bool engine = technology.form == Form::co_packaged;
  table.push_back(aligned(blast(engine     ? "engine"
                                : is_cable ? "cable"
                                           : "module",
                                technology.lanes, lanes_of_port, all_lanes, pieces[0].failures.value)));
  table.back().replaceable = !engine;
  table.push_back(aligned(blast("switch", all_lanes, lanes_of_port, all_lanes, rates.switch_box.value)));
  return table;
}

}  // namespace waverack::cluster
