#include "waverack/cluster/calculon.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "waverack/base/reader.hpp"

namespace waverack::cluster {
namespace {

const Node& member(const Node& node, const std::string& path, std::string_view key) {
  const Table* table = node.table();
  if (!table) fail(node, path, kind_of(node) + " stands here", "an object");
  const Node* found = table->find(key);
  if (!found) fail(node, join_path(path, key), "the key is missing");
  return *found;
}

double number(const Node& node, const std::string& path, std::string_view key, double low, double high) {
  const Node& found = member(node, path, key);
  const auto* whole = std::get_if<std::int64_t>(&found.value);
  const auto* real = std::get_if<double>(&found.value);
  const double value = whole ? static_cast<double>(*whole) : real ? *real : low - 1.0;
  if ((!whole && !real) || !(value >= low && value <= high))
    fail(found, join_path(path, key), text_of(found), fmt::format("a number from {:g} to {:g}", low, high));
  return value;
}

}  // namespace

CalculonSystem read_calculon(const Node& document) {
  const Array* list = member(document, "", "networks").array();
  if (!list || list->empty()) fail(document, "networks", "no list of networks", "at least one network");
  CalculonSystem system;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Node& item = (*list)[i];
    const std::string path = fmt::format("networks[{}]", i);
    CalculonNetwork network;
    network.rate = 8e9 * number(item, path, "bandwidth", 1e-6, 1e9);
    network.efficiency = number(item, path, "efficiency", 0.0, 1.0);
    const double size = number(item, path, "size", 1.0, 1e9);
    network.size = static_cast<std::int64_t>(size);
    if (static_cast<double>(network.size) != size)
      fail(member(item, path, "size"), path + ".size", fmt::format("{:g} processors", size),
           "a whole number");
    network.latency = number(item, path, "latency", 0.0, 3600.0);
    network.processor_usage = number(item, path, "processor_usage", 0.0, 1.0);
    const Node& filled = member(item, path, "must_be_filled");
    const bool* flag = std::get_if<bool>(&filled.value);
    if (!flag) fail(filled, path + ".must_be_filled", text_of(filled), "true, false");
    network.must_be_filled = *flag;
    system.networks.push_back(network);
  }
  return system;
}

Topology topology_of(const CalculonSystem& system, Fabric fabric) {
  Topology result;
  std::int64_t processors = 0;
  for (const CalculonNetwork& network : system.networks) processors = std::max(processors, network.size);
  for (std::size_t i = 0; i < system.networks.size(); ++i) {
    const bool scale_out = system.networks[i].size == processors;
    if (fabric != Fabric::all && scale_out != (fabric == Fabric::scale_out)) continue;
    LinkClass links;
    links.name = fmt::format("network-{}", i + 1);
    links.tier = static_cast<int>(result.links.size());
    links.b = {EndKind::switch_port, links.tier};
    links.rate = system.networks[i].rate;
    links.count = processors;
    result.endpoints += processors;
    result.links.push_back(std::move(links));
  }
  return result;
}

}  // namespace waverack::cluster
