#include "waverack/io/gnpy_route.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "waverack/base/text.hpp"

namespace waverack::io {

namespace {

void require_transceiver(const GnpyFiles& files, const std::string& uid, const std::string& option) {
  const auto found = std::find(files.transceivers.begin(), files.transceivers.end(), uid);
  if (found != files.transceivers.end()) return;
  std::string all;
  for (const std::string& name : files.transceivers) all += (all.empty() ? "" : ", ") + name;
  std::string message = "the network has no transceiver '" + uid + "'";
  if (uid.empty())
    message = files.transceivers.size() < 2
                  ? "the network has fewer than two transceivers"
                  : fmt::format("the network has {} transceivers: say which", files.transceivers.size());
  if (files.elements.contains(uid)) message = "'" + uid + "' is no transceiver";
  throw Error(ErrorInfo{files.network.mark, option, message, all, nearest_name(uid, files.transceivers)});
}

}  // namespace

double gnpy_fibre_length(const GnpyTable& element) {
  if (find_text(element, "type") != "Fiber") return 0.0;
  const GnpyTable params = inner(element, "params");
  const std::string unit = find_text(params, "length_units");
  if (!unit.empty() && unit != "km" && unit != "m")
    refuse(params, "length_units", "unknown unit '" + unit + "'", "km, m");
  const double length = number(params, "length") * (unit == "m" ? 1.0 : 1e3);
  if (!(length > 0.0)) refuse(params, "length", "is not above 0");
  return length;
}

// Dijkstra over fibre lengths; what is no fibre counts 10 m, so that fewer elements win.
std::vector<std::string> gnpy_route(const GnpyFiles& files, std::string from, std::string to) {
  if (files.transceivers.size() == 2) {
    if (from.empty()) from = files.transceivers[to == files.transceivers[0] ? 1 : 0];
    if (to.empty()) to = files.transceivers[from == files.transceivers[0] ? 1 : 0];
  }
  require_transceiver(files, from, "--from");
  require_transceiver(files, to, "--to");
  if (from == to) throw Error(ErrorInfo{{}, "--to", "the path ends where it begins", {}, {}});
  std::map<std::string, std::pair<double, std::string>> reached{{from, {0.0, ""}}};
  std::set<std::pair<double, std::string>> open{{0.0, from}};
  while (!open.empty()) {
    const auto [length, uid] = *open.begin();
    open.erase(open.begin());
    if (uid == to) break;
    const auto next = files.next.find(uid);
    if (next == files.next.end()) continue;
    for (const std::string& other : next->second) {
      const GnpyTable& element = files.elements.at(other);
      // A transceiver ends light; it does not pass it on.
      if (other != to && find_text(element, "type") == "Transceiver") continue;
      const double there = length + std::max(gnpy_fibre_length(element), 10.0);
      if (const auto known = reached.find(other); known != reached.end() && known->second.first <= there)
        continue;
      reached[other] = {there, uid};
      open.insert({there, other});
    }
  }
  if (!reached.contains(to))
    throw Error(ErrorInfo{
        files.network.mark, "connections", fmt::format("no path leads from '{}' to '{}'", from, to), {}, {}});
  std::vector<std::string> route{to};
  while (route.back() != from) route.push_back(reached[route.back()].second);
  std::reverse(route.begin(), route.end());
  return route;
}

}  // namespace waverack::io
