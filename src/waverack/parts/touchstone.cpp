#include "waverack/parts/touchstone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack::parts {
namespace {

// Files are printed with a few digits, and measured ones carry noise.
constexpr double passive_limit = 1.001, reciprocal_limit = 0.01;

const TouchstoneData& data_of(const Touchstone& part) {
  if (!part.data) throw std::logic_error("a touchstone part without data");
  return *part.data;
}

network::Network channel_of(const network::Network& network, std::vector<int>& ports) {
  if (ports.empty()) {
    if (network.ports == 2) {
      ports = {1, 2};
    } else {
      const network::PairPorts pairs = network::infer_ports(network);
      ports.assign(pairs.begin(), pairs.end());
    }
  }
  if (ports.size() == 2) return network::single_ended(network, ports[0], ports[1]);
  if (ports.size() == 4) return network::differential(network, {ports[0], ports[1], ports[2], ports[3]});
  throw Error(ErrorInfo{{network.name, 0, 0},
                        {},
                        fmt::format("`ports` names {} ports", ports.size()),
                        "[in, out] or [in+, in-, out+, out-]",
                        {}});
}

std::vector<std::string> doubts(const network::Network& network) {
  std::vector<std::string> list = network.remarks;
  const network::Extreme gain = network::largest_singular_value(network);
  if (gain.value > passive_limit)
    list.push_back(fmt::format("the network is not passive: its largest singular value is {:.4g} at {}",
                               gain.value, format_engineering(gain.frequency, "Hz")));
  const network::Extreme asymmetry = network::largest_asymmetry(network);
  if (asymmetry.value > reciprocal_limit)
    list.push_back(fmt::format("the network is not reciprocal: |Sij - Sji| reaches {:.2g} at {}",
                               asymmetry.value, format_engineering(asymmetry.frequency, "Hz")));
  return list;
}

}  // namespace

void resolve(Touchstone& part, ReadContext& context, const Node& node, const std::string& path) {
  const Node* const given = node.table() ? node.table()->find("file") : nullptr;
  const std::string file_path = join_path(path, "file");
  if (!context.sources().load_file)
    fail(given ? *given : node, file_path,
         "'" + part.file + "' cannot be read: there is no place to look for files");
  try {
    const network::Network network =
        network::parse_touchstone(context.sources().load_file(part.file), part.file);
    const network::Network two_port = channel_of(network, part.ports);
    TouchstoneData data;
    data.channel = network::channel_response(two_port);
    data.remarks = doubts(network);
    data.remarks.insert(data.remarks.end(), data.channel.remarks.begin(), data.channel.remarks.end());
    data.path = file_path;
    data.mark = given ? given->mark : node.mark;
    part.data = std::make_shared<const TouchstoneData>(std::move(data));
  } catch (const Error& error) {
    // The mark is the place in the data file; the path tells which part of the design asked for it.
    ErrorInfo info = error.info();
    if (info.path.empty()) info.path = file_path;
    throw Error(std::move(info));
  }
}

Response response(const Touchstone& part, const Conditions& conditions) {
  const TouchstoneData& data = data_of(part);
  const double nyquist = 0.5 * conditions.symbol_rate;
  if (data.channel.last_frequency < nyquist)
    throw Error(ErrorInfo{data.mark,
                          data.path,
                          fmt::format("the data of '{}' stop at {}, below the Nyquist frequency {} of {}",
                                      part.file, format_engineering(data.channel.last_frequency, "Hz"),
                                      format_engineering(nyquist, "Hz", 6),
                                      format_engineering(conditions.symbol_rate, "Bd", 6)),
                          "data up to half the symbol rate at least",
                          {}});
  return data.channel.response;
}

double latency(const Touchstone& part, const Conditions&) { return data_of(part).channel.latency; }

std::vector<std::string> remarks(const Touchstone& part, const Conditions& conditions) {
  std::vector<std::string> list = data_of(part).remarks;
  const double last = data_of(part).channel.last_frequency;
  if (last < conditions.symbol_rate)
    list.push_back(fmt::format(
        "the data of '{}' stop at {}, below the symbol rate {}: the loss law of their upper half "
        "is continued",
        part.file, format_engineering(last, "Hz"), format_engineering(conditions.symbol_rate, "Bd", 6)));
  return list;
}

}  // namespace waverack::parts
