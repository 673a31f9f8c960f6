#include "waverack/cluster/torus.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"

namespace waverack::cluster {
namespace {

// Dimensions whose product is `nodes`, as alike as its factors allow; empty where a factor is left over.
std::vector<std::int64_t> alike(std::int64_t nodes, std::size_t count, std::int64_t step) {
  std::vector<std::int64_t> dims;
  for (std::size_t left = count; left > 0; --left) {
    const double even = std::pow(static_cast<double>(nodes), 1.0 / static_cast<double>(left));
    std::int64_t dim = left == 1 ? nodes : 0;
    for (std::int64_t d = static_cast<std::int64_t>(even + 1e-6); left > 1 && d >= 2; --d)
      if (nodes % d == 0 && d % step == 0) {
        dim = d;
        break;
      }
    if (dim < 2 || dim % step != 0) return {};
    dims.push_back(dim);
    nodes /= dim;
  }
  return dims;
}

// Mean distance on a ring of `d`, from one of its places to any, itself included.
double mean_on_ring(int d) { return d % 2 == 0 ? d / 4.0 : (static_cast<double>(d) * d - 1.0) / (4.0 * d); }

void join_cubes(Torus& torus, const Network& network, const std::string& path) {
  const std::int64_t edge = network.cube;
  std::int64_t cube_nodes = 1;
  for (std::size_t i = 0; i < torus.dims.size(); ++i) {
    if (torus.dims[i] % edge != 0)
      refuse_at(fmt::format("{}[{}]", join_path(path, "dims"), i),
                fmt::format("{} GPUs are no whole number of cubes of edge {}", torus.dims[i], edge),
                fmt::format("a multiple of {}", edge),
                std::to_string(std::max<std::int64_t>(1, (torus.dims[i] + edge / 2) / edge) * edge));
    cube_nodes *= edge;
  }
  const std::int64_t n = static_cast<std::int64_t>(torus.dims.size()), face = cube_nodes / edge;
  const int parallel = network.ports_per_gpu;
  torus.cubes = torus.nodes / cube_nodes;
  torus.cube_ends = 2 * n * face * parallel;
  torus.far_links = torus.cubes * n * face * parallel;
  // Opposite places of two opposite faces of every cube meet in one switch, so that any cube can be the
  // neighbour of any.
  const CircuitSwitch& device = *network.circuit_switch.value;
  const std::int64_t paths = torus.cubes * paths_per_link(device, network.circuit_fibres);
  if (paths > usable_ports(device))
    refuse_at(join_path(path, "circuit_switch"),
              fmt::format("{} cubes need {} paths through a circuit switch that has {} ports to use",
                          torus.cubes, paths, usable_ports(device)),
              fmt::format("at most {} cubes, or more ports",
                          usable_ports(device) / paths_per_link(device, network.circuit_fibres)));
  torus.circuit_switches = n * face * parallel;
  torus.links_per_switch = static_cast<int>(torus.cubes);
}

}  // namespace

Torus torus_of(const Network& network, std::int64_t gpus, const std::string& path) {
  Torus torus;
  torus.dims = network.dims;
  const std::string dims = join_path(path, "dims");
  if (torus.dims.empty())
    refuse_at(dims, "a torus needs its dimensions", "GPUs along each, such as [16, 16, 16]");
  double nodes = 1.0;
  for (std::size_t i = 0; i < torus.dims.size(); ++i) {
    if (torus.dims[i] < 2)
      refuse_at(fmt::format("{}[{}]", dims, i), fmt::format("{} GPUs make no ring", torus.dims[i]),
                "at least 2; leave a dimension of 1 out");
    nodes *= torus.dims[i];
  }
  if (nodes != static_cast<double>(gpus)) {
    const auto nearest = alike(gpus, torus.dims.size(), std::max(1, network.cube));
    refuse_at(dims,
              fmt::format("a torus of {} has {:.0f} GPUs, not {}", fmt::join(torus.dims, " x "), nodes, gpus),
              fmt::format("dimensions whose product is {}", gpus),
              nearest.empty() ? "" : fmt::format("[{}]", fmt::join(nearest, ", ")));
  }
  torus.nodes = gpus;
  const std::int64_t parallel = network.ports_per_gpu;
  const std::int64_t links = gpus * static_cast<std::int64_t>(torus.dims.size()) * parallel;
  if (network.cube > 0) {
    if (!network.circuit_switch.value)
      refuse_at(join_path(path, "circuit_switch"), "cubes need circuit switches that join their faces",
                "the name of a profile of kind circuit_switch, or cube = 0 for links that wrap around");
    join_cubes(torus, network, path);
  } else {
    if (network.circuit_switch.value)
      refuse_at(join_path(path, "cube"), "the circuit switches of a torus join cubes",
                "the edge of a cube, such as 4");
    for (const int d : torus.dims) torus.far_links += gpus / d * parallel;
  }
  torus.near_links = links - torus.far_links;
  return torus;
}

int most_hops(const Torus& torus) {
  int hops = 0;
  for (const int d : torus.dims) hops += d / 2;
  return hops;
}

double mean_hops(const Torus& torus) {
  double hops = 0.0;
  for (const int d : torus.dims) hops += mean_on_ring(d);
  const double n = static_cast<double>(torus.nodes);
  return hops * n / (n - 1.0);
}

std::int64_t bisection_links(const Torus& torus) {
  const std::int64_t longest = *std::max_element(torus.dims.begin(), torus.dims.end());
  const std::int64_t links =
      (torus.near_links + torus.far_links) / static_cast<std::int64_t>(torus.dims.size());
  return 2 * links / longest;
}

}  // namespace waverack::cluster
