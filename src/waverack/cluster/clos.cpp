#include "waverack/cluster/clos.hpp"

#include <fmt/format.h>

#include "waverack/base/error.hpp"

namespace waverack::cluster {

namespace {

constexpr int most_tiers = 4;

}  // namespace

std::int64_t largest_endpoints(int radix, int tiers) {
  std::int64_t endpoints = 2;
  for (int tier = 0; tier < tiers; ++tier) endpoints *= radix / 2;
  return endpoints;
}

Clos count_clos(std::int64_t endpoints, int radix, int tiers) {
  Clos clos;
  clos.endpoints = endpoints;
  clos.tiers = tiers;
  if (tiers == 0) {
    clos.tiers = 1;
    while (clos.tiers < most_tiers && largest_endpoints(radix, clos.tiers) < endpoints) ++clos.tiers;
  }
  clos.largest_endpoints = largest_endpoints(radix, clos.tiers);
  if (clos.largest_endpoints < endpoints)
    throw Error(ErrorInfo{{},
                          "cluster.switch_radix",
                          fmt::format("{} tiers of switches of radix {} carry {} endpoints, not {}",
                                      clos.tiers, radix, clos.largest_endpoints, endpoints),
                          "a larger radix, more tiers or fewer endpoints",
                          {}});
  const std::int64_t switch_ends = (2 * clos.tiers - 1) * endpoints;
  clos.switches = (switch_ends + radix - 1) / radix;
  clos.links = clos.tiers * endpoints;
  clos.nic_ends = endpoints;
  clos.switch_ends = switch_ends;
  return clos;
}

}  // namespace waverack::cluster
