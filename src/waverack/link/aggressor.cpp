#include "waverack/link/aggressor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "waverack/link/plan.hpp"
#include "waverack/network/channel_response.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"
#include "waverack/parts/response_file.hpp"

namespace waverack {
namespace link {
namespace {

using parts::Domain;

[[noreturn]] void refuse(const Aggressor& aggressor, std::string_view key, std::string message,
                         std::string allowed, std::string nearest = {}) {
  throw Error(ErrorInfo{{},
                        join_path("lane.aggressor." + aggressor.name, key),
                        std::move(message),
                        std::move(allowed),
                        std::move(nearest)});
}

void read_network_file(ReadContext& context, const Field&, const Node& node, const std::string& path,
                       void* out) {
  if (!node.string()) fail(node, path, "expected a text, found " + kind_of(node), "the name of a file");
  NetworkFile result;
  result.file = *node.string();
  if (!result.file.empty()) {
    if (!context.sources().load_file)
      fail(node, path, "'" + result.file + "' cannot be read: there is no place to look for files");
    result.network = with_path(path, [&] {
      return std::make_shared<const network::Network>(
          network::parse_touchstone(context.sources().load_file(result.file), result.file));
    });
  }
  *static_cast<NetworkFile*>(out) = std::move(result);
}

Node write_network_file(const Field&, const void* in) {
  const std::string& file = static_cast<const NetworkFile*>(in)->file;
  return file.empty() ? Node() : Node(file);
}

// Where an aggressor enters: behind element `last` of segment `segment`, `first` the first element of the
// part.
struct Entrance {
  std::size_t segment = 0, first = 0, last = 0;
};

Entrance entrance_of(const Aggressor& aggressor, const Plan& plan) {
  std::vector<std::string> names;
  Entrance result;
  bool found = false;
  for (std::size_t s = 0; s < plan.segments.size(); ++s) {
    const std::vector<Element>& elements = plan.segments[s].elements;
    for (std::size_t e = 0; e < elements.size(); ++e) {
      // The last element is the receiver's front end: what it gives goes to the sampler.
      if (elements[e].domain != Domain::voltage || e + 1 == elements.size()) continue;
      if (names.empty() || names.back() != elements[e].name) names.push_back(elements[e].name);
      if (elements[e].name != aggressor.into) continue;
      if (!found) result.first = e;
      result.segment = s;
      result.last = e;
      found = true;
    }
  }
  if (!found)
    refuse(aggressor, "into", "no part '" + aggressor.into + "' of the chain gives a voltage",
           fmt::format("{}", fmt::join(names, ", ")), nearest_name(aggressor.into, names));
  return result;
}

network::Channel channel_of(const Aggressor& aggressor, const Lane& lane) {
  std::vector<int> ports = aggressor.ports;
  if (ports.empty())
    for (const parts::Instance& instance : lane.chain)
      if (const auto* victim = parts::as<parts::Touchstone>(instance);
          victim && instance.name == aggressor.into)
        if (std::all_of(victim->ports.begin(), victim->ports.end(),
                        [&](int port) { return port <= aggressor.file.network->ports; }))
          ports = victim->ports;
  if (ports.empty() && aggressor.file.network->ports > 2)
    refuse(aggressor, "ports", fmt::format("'{}' does not say which of its ports count", aggressor.file.file),
           "[in, out] or [in+, in-, out+, out-]");
  return with_path(join_path("lane.aggressor." + aggressor.name, "file"), [&] {
    return network::channel_response(network::select_channel(*aggressor.file.network, ports));
  });
}

signal::Response coupling_of(const Aggressor& aggressor, const Lane& lane, Plan& plan) {
  const std::string path = "lane.aggressor." + aggressor.name;
  const bool stated = !std::isnan(aggressor.coupling);
  if (stated == (aggressor.file.network != nullptr))
    refuse(aggressor, stated ? "coupling" : "file",
           stated ? "both a file and a coupling are given" : "neither a file nor a coupling is given",
           "one of file and coupling");
  if (stated)
    return [per_hertz = std::sqrt(aggressor.coupling) / aggressor.coupling_frequency](double f) {
      return std::complex<double>(0.0, per_hertz * f);
    };
  network::Channel channel = channel_of(aggressor, lane);
  std::vector<std::string> remarks = aggressor.file.network->remarks;
  remarks.insert(remarks.end(), channel.remarks.begin(), channel.remarks.end());
  if (channel.last_frequency < lane.symbol_rate)
    remarks.push_back(
        fmt::format("the data of '{}' stop at {}, below the symbol rate {}: the loss law of their "
                    "upper half is continued",
                    aggressor.file.file, format_engineering(channel.last_frequency, "Hz"),
                    format_engineering(lane.symbol_rate, "Bd", 6)));
  for (std::string& remark : remarks) plan.warnings.push_back({path, std::move(remark)});
  return std::move(channel.response);
}

// The victim's parts before the coupling, for small signals.
std::vector<signal::Response> path_before(const Aggressor& aggressor, const Segment& segment,
                                          std::size_t count, const parts::Conditions& conditions) {
  std::vector<signal::Response> path;
  for (std::size_t e = 0; e < count; ++e) {
    const Element& element = segment.elements[e];
    if (element.domain != Domain::voltage)
      refuse(aggressor, "into",
             "far-end crosstalk behind '" + element.name + "' has no path through the light",
             "a part before the modulator, or the kind near_end");
    if (element.kind == Element::Kind::linear) path.push_back(element.response);
    if (element.kind != Element::Kind::nonlinear) continue;
    const float zero = 0.0f;
    float gain = 0.0f;
    slope_of(*element.part, conditions_of(element, conditions), std::span<const float>(&zero, 1),
             std::span<float>(&gain, 1));
    path.push_back([gain](double) { return std::complex<double>(gain); });
  }
  return path;
}

}  // namespace

void add_aggressors(const Lane& lane, Plan& plan) {
  std::set<std::string> names;
  for (const Aggressor& aggressor : lane.aggressor) {
    if (!names.insert(aggressor.name).second)
      refuse(aggressor, "name", "there are two aggressors of this name", "a name of its own for each");
    const Entrance entrance = entrance_of(aggressor, plan);
    Segment& segment = plan.segments[entrance.segment];
    Crosstalk crosstalk;
    crosstalk.path = "lane.aggressor." + aggressor.name;
    crosstalk.name = aggressor.name;
    crosstalk.element = entrance.last + 1;
    crosstalk.transmitter = segment.transmitter;
    if (!std::isnan(aggressor.swing)) crosstalk.transmitter.swing = aggressor.swing;
    if (!aggressor.taps.empty()) {
      if (aggressor.main_tap >= static_cast<int>(aggressor.taps.size()))
        refuse(aggressor, "main_tap",
               fmt::format("tap {} does not exist: the FIR has {} taps", aggressor.main_tap,
                           aggressor.taps.size()),
               fmt::format("0 to {}", aggressor.taps.size() - 1));
      crosstalk.transmitter.taps = aggressor.taps;
      crosstalk.transmitter.main_tap = aggressor.main_tap;
    }
    // Its own edge is that of the victim's transmitter, the first element of the segment.
    const std::size_t before = aggressor.kind == Side::far_end ? std::max<std::size_t>(entrance.first, 1) : 1;
    std::vector<signal::Response> path = path_before(aggressor, segment, before, plan.conditions);
    path.push_back(coupling_of(aggressor, lane, plan));
    crosstalk.response = [path = std::move(path)](double f) {
      std::complex<double> h = 1.0;
      for (const signal::Response& response : path) h *= response(f);
      return h;
    };
    segment.crosstalk.push_back(std::move(crosstalk));
  }
}

}  // namespace link

template <>
const FieldType& field_type<link::NetworkFile>() {
  static const FieldType type{"file", &link::read_network_file, &link::write_network_file, nullptr};
  return type;
}

}  // namespace waverack
