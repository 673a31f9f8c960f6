#include "waverack/cluster/circuit_lane.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "waverack/base/error.hpp"

namespace waverack::cluster {
namespace {

template <class P>
parts::Instance instance(P part, std::string name) {
  parts::Instance result;
  result.name = std::move(name);
  result.place = parts::PartTraits<P>::place;
  result.part = std::move(part);
  return result;
}

parts::Circulator circulator(const CircuitSwitch& device) {
  return {device.circulator_loss.value, device.circulator_return_loss.value,
          device.circulator_isolation.value};
}

}  // namespace

link::Lane through_circuit_switches(link::Lane lane, const CircuitSwitch& device, int passes) {
  if (passes == 0) return lane;
  const auto of_fibre = [](const parts::Instance& part) { return parts::as<parts::Fibre>(part) != nullptr; };
  const auto place = std::find_if(lane.chain.begin(), lane.chain.end(), of_fibre);
  if (place == lane.chain.end())
    throw Error(ErrorInfo{{},
                          "lane.chain",
                          "circuit switches pass light of a fibre, and the lane has none",
                          "a lane with a part \"fibre\"",
                          {}});
  if (device.bidirectional)
    for (const parts::Instance& part : lane.chain)
      if (parts::as<parts::Circulator>(part))
        throw Error(ErrorInfo{part.mark,
                              "lane.chain." + part.name,
                              "the circuit switch brings circulators, and the lane has its own",
                              "a lane without circulators, or bidirectional = false",
                              {}});

  parts::Connector mirrors;
  mirrors.insertion_loss = device.insertion_loss.value;
  mirrors.return_loss = device.return_loss.value;
  parts::Instance piece = *place;
  std::get<parts::Fibre>(piece.part).length /= passes + 1;
  const std::string name = piece.name;
  std::vector<parts::Instance> path;
  if (device.bidirectional) path.push_back(instance(circulator(device), "circulator_a"));
  path.push_back(piece);
  for (int i = 1; i <= passes; ++i) {
    path.push_back(instance(mirrors, i == 1 ? "circuit_switch" : fmt::format("circuit_switch_{}", i)));
    piece.name = fmt::format("{}_{}", name, i + 1);
    path.push_back(piece);
  }
  if (device.bidirectional) path.push_back(instance(circulator(device), "circulator_b"));
  const auto after = lane.chain.erase(place);
  lane.chain.insert(after, path.begin(), path.end());
  return lane;
}

}  // namespace waverack::cluster
