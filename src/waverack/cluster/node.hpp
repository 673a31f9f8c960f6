#pragma once
// What a cluster computes with: GPUs in nodes, nodes in racks.

#include <string>

#include "waverack/base/profile.hpp"
#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

// A kind of node, as a profile of kind "node" states it.
struct ComputeNode {
  std::string title;
  int gpus = 8;                  // of one node
  double height_units = 8.0;     // of a rack
  Ranged power_per_gpu;          // of the rack, without the networks that the cluster's file states [W]
  Ranged maximum_power_per_gpu;  // what a rack is provisioned for; 0: not stated [W]
  double liquid_share = 0.0;     // of that heat, which liquid carries
  double fans_inside_at = -1.0;  // liquid share at which those watts hold its fans; below 0: they hold none
  double scale_up_rate = 0.0;    // of one GPU in its scale-up domain, one direction [bit/s]
  int scale_up_domain = 8;       // GPUs of one such domain
  double peak_flops = 0.0;       // dense, of one GPU [1/s]; 0: not stated
  std::string peak_precision;
};

inline FieldList describe(Tag<ComputeNode>) {
  using P = ComputeNode;
  return fields<P>(
      "A kind of node: a server, or a rack that is one.", field<&P::title>("title", "Name of the node."),
      field<&P::gpus>("gpus", "", 1, 100000, "GPUs of one node.").must_be_given(),
      field<&P::height_units>("height_units", "", 0.5, 100.0, "Rack units that a node takes.")
          .must_be_given(),
      field<&P::power_per_gpu>(
          "power_per_gpu", "W", 0.0, 1e5,
          "Rack power for each GPU at its inlet, without the networks that the cluster states.")
          .must_be_given(),
      field<&P::maximum_power_per_gpu>("maximum_power_per_gpu", "W", 0.0, 1e5,
                                       "Power for each GPU that is provisioned; 0: not stated.")
          .from(Kind::choice, "0: not stated"),
      field<&P::liquid_share>("liquid_share", "", 0.0, 1.0, "Share of that heat that liquid carries.")
          .must_be_given(),
      field<&P::fans_inside_at>("fans_inside_at", "", -1.0, 1.0,
                                "Liquid share of the box whose watts were stated with its fans in them; "
                                "below 0: they are watts without fans.")
          .from(Kind::choice, "-1: without fans"),
      field<&P::scale_up_rate>("scale_up_rate", "Gb/s", 0.0, 1e6,
                               "Of one GPU in its scale-up domain, in one direction.")
          .from(Kind::choice, "0: none"),
      field<&P::scale_up_domain>("scale_up_domain", "", 1, 100000, "GPUs of one scale-up domain.")
          .from(Kind::choice, "a server of eight"),
      field<&P::peak_flops>("peak_flops", "", 0.0, 1e20,
                            "Operations per second of one GPU, dense; 0: not stated.")
          .from(Kind::choice, "0: not stated"),
      field<&P::peak_precision>("peak_precision", "Numbers that these operations work on: \"FP8\"."));
}

}  // namespace waverack::cluster

namespace waverack {
template <>
struct ProfileKind<cluster::ComputeNode> {
  static constexpr std::string_view name = "node";
};
template <>
inline const FieldType& field_type<ProfileOf<cluster::ComputeNode>>() {
  return detail::profile_type<cluster::ComputeNode>();
}
}  // namespace waverack
