#pragma once
// The section `job` of a cluster's file: the work whose pace and goodput are asked for.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

enum class CollectiveKind { all_reduce, all_gather, reduce_scatter, all_to_all, send };
enum class Group { tensor, pipeline, data, expert, all };
enum class Algorithm { automatic, ring, tree, halving_doubling, pairwise, bruck };
// What is sent again when a frame is lost.
enum class Recovery { go_back_n, selective, link_level };

}  // namespace waverack::cluster

namespace waverack {
template <>
struct EnumNames<cluster::CollectiveKind> {
  using K = cluster::CollectiveKind;
  static constexpr std::array<EnumName<K>, 5> list{{{"all_reduce", K::all_reduce},
                                                    {"all_gather", K::all_gather},
                                                    {"reduce_scatter", K::reduce_scatter},
                                                    {"all_to_all", K::all_to_all},
                                                    {"send", K::send}}};
};
template <>
struct EnumNames<cluster::Group> {
  using G = cluster::Group;
  static constexpr std::array<EnumName<G>, 5> list{{{"tensor", G::tensor},
                                                    {"pipeline", G::pipeline},
                                                    {"data", G::data},
                                                    {"expert", G::expert},
                                                    {"all", G::all}}};
};
template <>
struct EnumNames<cluster::Algorithm> {
  using A = cluster::Algorithm;
  static constexpr std::array<EnumName<A>, 6> list{{{"automatic", A::automatic},
                                                    {"ring", A::ring},
                                                    {"tree", A::tree},
                                                    {"halving_doubling", A::halving_doubling},
                                                    {"pairwise", A::pairwise},
                                                    {"bruck", A::bruck}}};
};
template <>
struct EnumNames<cluster::Recovery> {
  using R = cluster::Recovery;
  static constexpr std::array<EnumName<R>, 3> list{
      {{"go_back_n", R::go_back_n}, {"selective", R::selective}, {"link_level", R::link_level}}};
};
}  // namespace waverack

namespace waverack::cluster {

// What the ranks of a group exchange in every step.
struct Collective {
  CollectiveKind kind = CollectiveKind::all_reduce;
  Group group = Group::data;
  std::string network;   // none given: a scale-up domain for tensor groups, else the first other one
  double bytes = 0.0;    // of a rank: input; of all_gather: output; of all_to_all and send: sent
  double count = 1.0;    // in a step, one after another
  double exposed = 1.0;  // share of its time that computing does not hide
  Algorithm algorithm = Algorithm::automatic;
};

inline FieldList describe(Tag<Collective>) {
  using P = Collective;
  return fields<P>(
      "What the ranks of a group exchange in every step.",
      field<&P::kind>("kind", "all_reduce, all_gather, reduce_scatter, all_to_all or send."),
      field<&P::group>("group", "Who takes part: tensor, pipeline, data, expert or all."),
      field<&P::network>("network",
                         "Name of its network; where none is given, the scale-up domain for tensor groups "
                         "and the first other one for others."),
      field<&P::bytes>(
          "bytes", "", 0.0, 1e15,
          "Bytes of a rank: input of all_reduce and reduce_scatter, output of all_gather, what it "
          "sends in the others.")
          .must_be_given(),
      field<&P::count>("count", "", 0.0, 1e9, "How often in a step, one after another.")
          .from(Kind::choice, "once"),
      field<&P::exposed>("exposed", "", 0.0, 1.0, "Share of its time that computing does not hide.")
          .from(Kind::choice, "all of it"),
      field<&P::algorithm>("algorithm",
                           "automatic (the fastest), ring, tree, halving_doubling, pairwise or bruck."));
}

struct Transport {
  Recovery recovery = Recovery::go_back_n;
  double frame_bytes = 4096.0;
  Ranged timeout{4e-3, 1e-3, 16e-3};   // [s]
  Ranged overhead{5e-6, 2e-6, 10e-6};  // software and network card, for each message [s]
};

inline FieldList describe(Tag<Transport>) {
  using P = Transport;
  return fields<P>(
      "How messages travel.",
      field<&P::recovery>(
          "recovery",
          "What is sent again when a frame is lost: go_back_n, selective, or link_level (by the "
          "last link)."),
      field<&P::frame_bytes>("frame_bytes", "", 64.0, 65536.0, "Bytes of a full frame.")
          .from(Kind::assumed, "the largest MTU of RoCE"),
      field<&P::timeout>("timeout", "ms", 0.0, 1e5, "After a lost acknowledgement or last frame.")
          .from(Kind::claim, "milliseconds (Meta on RoCE; facts: cluster 8.1)"),
      field<&P::overhead>("overhead", "us", 0.0, 1e4,
                          "Of software and network cards for each message, the network left out.")
          .from(Kind::assumed, "launch and copies of a collective library"));
}

struct Job {
  int ranks = 0;   // 0: all GPUs
  int tensor = 8;  // ranks of a group
  int pipeline = 16;
  int expert = 1;
  Ranged compute_time{6.2, 5.0, 8.0};  // of a step, without waiting for the network [s]
  Ranged checkpoint_time{60.0, 5.0, 120.0};
  Ranged restart_time{600.0, 180.0, 1200.0};
  double reduction_rate = 1.5e12;  // bytes that a rank adds up each second
  Transport transport;
  std::vector<Collective> collectives;  // default_collectives() where none are given
};

inline FieldList describe(Tag<Job>) {
  using P = Job;
  constexpr std::string_view llama = "Llama-3 405B on 16,384 GPUs: 16 million tokens at 400 Tflop/s each";
  return fields<P>(
      "The job.",
      field<&P::ranks>("ranks", "", 0, 100000000, "GPUs of the job; 0: all of them.")
          .from(Kind::choice, "all"),
      field<&P::tensor>("tensor", "", 1, 1000000, "Ranks of a tensor group.")
          .from(Kind::choice, "a server of 8"),
      field<&P::pipeline>("pipeline", "", 1, 1000000, "Stages of the pipeline.")
          .from(Kind::choice, "405 thousand million parameters on 128 ranks"),
      field<&P::expert>("expert", "", 1, 1000000, "Ranks of an expert group.")
          .from(Kind::choice, "no experts"),
      field<&P::compute_time>("compute_time", "s", 1e-6, 1e6, "Of a step, without waiting for the network.")
          .from(Kind::assumed, llama),
      field<&P::checkpoint_time>("checkpoint_time", "s", 0.0, 1e5, "That a checkpoint takes off the job.")
          .from(Kind::assumed, "60 s (facts: cluster 7.4); low: written behind the job's back"),
      field<&P::restart_time>("restart_time", "s", 0.0, 1e6, "From a stop until the job works again.")
          .from(Kind::assumed, "600 s (facts: cluster 7.4)"),
      field<&P::reduction_rate>("reduction_rate", "", 1e6, 1e16, "Bytes that a rank adds up each second.")
          .from(Kind::assumed, "half of the bandwidth of a GPU's memory"),
      field<&P::transport>("transport", "How messages travel."),
      field<&P::collectives>(
          "collectives",
          "What is exchanged in every step; where none are given, the gradients and weights of "
          "405 thousand million parameters of 2 bytes, a tenth of it not hidden."));
}

// Reduce-scatter of the gradients and all-gather of the weights in the data group.
std::vector<Collective> default_collectives(const Job&);

// Ranks that take part. At least 1.
std::int64_t group_size(const Job&, Group, std::int64_t gpus);

}  // namespace waverack::cluster
