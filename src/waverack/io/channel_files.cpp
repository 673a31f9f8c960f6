#include "waverack/io/channel_files.hpp"

#include <fmt/format.h>

#include "waverack/base/error.hpp"
#include "waverack/io/network_file.hpp"
#include "waverack/network/mixed_mode.hpp"

namespace waverack::io {
namespace {

network::Network load(const std::string& path) {
  network::Network network = load_network(path);
  if (network.points() == 0)
    throw Error(ErrorInfo{{path, 0, 0}, {}, "there are no data", "S-parameters", {}});
  return network;
}

std::string why(const network::Network& network, const std::vector<int>& given) {
  if (!given.empty()) return "as given";
  if (network.ports == 2) return "the file has two";
  const auto pairings = network::pairings(network);
  return fmt::format("found: {:.1f} dB at low frequency, the next pairing has {:.1f} dB",
                     pairings[0].through_db, pairings[1].through_db);
}

}  // namespace

ChannelInput load_channel(const ChannelPaths& paths) {
  ChannelInput input;
  input.ports = paths.ports;
  const network::Network through = load(paths.through);
  input.networks.through = network::select_channel(through, input.ports);
  input.why_ports = why(through, paths.ports);
  input.files.push_back(judged_file(paths.through, "through", through, input.ports, nullptr));
  if (input.ports.size() == 4)
    input.networks.modes =
        network::mixed_mode(through, {input.ports[0], input.ports[1], input.ports[2], input.ports[3]});
  // What an aggressor couples does not tell which of its ports belong together.
  const auto add = [&](std::vector<network::Network>& list, const std::string& path, const char* what) {
    const network::Network network = load(path);
    list.push_back(network::select_channel(network, input.ports));
    input.files.push_back(judged_file(path, what, network, input.ports, &through));
  };
  for (const std::string& path : paths.far_end) add(input.networks.far_end, path, "far end");
  for (const std::string& path : paths.near_end) add(input.networks.near_end, path, "near end");
  return input;
}

}  // namespace waverack::io
