#pragma once
// Which technology serves which links: section `choice` of a cluster's file, and what comes of it.
// (theory: technology-choice, sections 3 to 5)

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waverack/cluster/bill.hpp"
#include "waverack/cluster/host_power.hpp"
#include "waverack/cluster/pareto.hpp"
#include "waverack/cluster/technology.hpp"
#include "waverack/cluster/topology.hpp"

namespace waverack::cluster {

enum class Aim { watts, cost, failures, weighted };

// Where the watts of a host's SerDes come from.
enum class HostSource { design, model };

struct Weights {
  double watts = 1.0, cost = 0.0, failures = 0.0;
};

inline FieldList describe(Tag<Weights>) {
  using P = Weights;
  return fields<P>(
      "What counts how much; each quantity is taken over the worst that it could be in the network.",
      field<&P::watts>("watts", "", 0.0, 1e6, "Weight of the watts.").from(Kind::choice, "1"),
      field<&P::cost>("cost", "", 0.0, 1e6, "Weight of the price.").from(Kind::choice, "0"),
      field<&P::failures>("failures", "", 0.0, 1e6, "Weight of the failures.").from(Kind::choice, "0"));
}

struct Choice {
  Aim best_by = Aim::watts;
  Weights weights;
  double latency_bound = 0.0;    // of a link with its medium and FEC [s]; 0: none
  double nic_cage_power = 30.0;  // [W]
  bool engines_at_nics = false;
  HostSource host_watts = HostSource::design;
  HostPower host;
  double pluggable_host_loss = 39.810717055349734;  // power ratio; 16 dB
};

inline FieldList describe(Tag<Choice>) {
  using P = Choice;
  return fields<P>(
      "Which technology serves which links.",
      field<&P::best_by>("best_by", "What is made least: watts, cost, failures, or a weighted mix of them."),
      field<&P::weights>("weights", "Of the weighted mix."),
      field<&P::latency_bound>("latency_bound", "ns", 0.0, 1e9,
                               "Longest time that a link may take with its medium and FEC; 0: none.")
          .from(Kind::choice, "0: none"),
      field<&P::nic_cage_power>("nic_cage_power", "W", 0.0, 1000.0,
                                "What the cage of a network card may draw and is cooled for.")
          .from(Kind::claim, "cages of 30 W (facts: cluster 5.3)"),
      field<&P::engines_at_nics>(
          "engines_at_nics",
          "Whether network cards may have co-packaged engines; else they keep pluggables."),
      field<&P::host_watts>(
          "host_watts",
          "Watts of the hosts' SerDes: those of the parts of the design, or the model of `host` "
          "at the loss that the design's hosts equalise."),
      field<&P::host>("host", "Energy of the hosts' SerDes."),
      field<&P::pluggable_host_loss>(
          "pluggable_host_loss", "dB", 0.0, 60.0,
          "Loss to the cages for which the typical power of switches and network cards holds.")
          .from(Kind::standard, "chip to module, 16 dB (facts: standards 5.1)"));
}

inline constexpr std::size_t no_technology = static_cast<std::size_t>(-1);

// Prices of one technology; NaN: not known.
struct TechnologyPrice {
  Ranged module;  // of a module, or of a whole cable [USD]
  Ranged laser;   // of an external laser module
};

struct ChoiceInput {
  const Topology* topology = nullptr;
  const Network* network = nullptr;
  std::span<const Technology> technologies;
  std::vector<std::size_t> candidates;      // among them; none: all
  std::span<const TechnologyPrice> prices;  // of all technologies, or none
  // The same technologies as they were solved through the circuit switches of the network, for links that
  // pass any: only their ladders are read. None: such links are served by nobody.
  std::span<const Technology> through_circuits;
};

// Why a technology does not serve a class of links.
struct Refusal {
  std::size_t technology = 0;
  std::string reason;
};

// What serves the links of one length bin of one class.
struct Selection {
  std::size_t link_class = 0, bin = 0;
  std::int64_t links = 0;
  double length = 0.0;                               // the longest [m]
  std::size_t a = no_technology, b = no_technology;  // at the ends of the class; the same for a cable
  double margin_db = 0.0;                            // of the longest, beyond what must be kept
  double latency = 0.0;                              // of the longest, with its medium and FEC [s]
  double ber_pre_fec = 0.0, frame_loss = 0.0;
  Ranged extra_host_a, extra_host_b;  // one end's SerDes over those of typical power [W]
  Objectives total;                   // of all these links
  std::vector<Refusal> refused;
  bool served() const { return a != no_technology; }
};

struct ChoiceResult {
  std::vector<Selection> selections;  // by class, then bin
  Objectives total;
  std::vector<BillLine> lines;  // modules, external lasers, cables and fibres
  double extra_host_nic = 0.0;  // watts of SerDes at network cards over their typical power [W]
  double extra_host_switch = 0.0;
  std::vector<Warning> warnings;
};

// For every class and bin the feasible pair of technologies, one for each end, that is best. A technology is
// feasible where its margin at the longest link suffices, the latency keeps its bound, and each end takes
// its form, its watts and its ports; a pair where both speak the same. Links that nothing serves have no
// technology but reasons, and no lines. The bill of watts: modules and lasers have lines of their own;
// a host's SerDes are in the typical power of switches and network cards as retimed pluggables need them, so
// that only the difference counts (extra_host). Equal ones: whole modules before parts of one, then the
// earlier of the candidates. Throws Error for weights that are all zero, and for anchors out of order.
// Cost: some microseconds for each class, bin and pair; nothing depends on the number of links.
ChoiceResult choose(const Choice&, const ChoiceInput&);

// The candidates that the input names; all technologies where it names none.
std::vector<std::size_t> candidates_of(const ChoiceInput&);

// The input's topology with bins cut at the lengths, rounded down to centimetres, beyond which a candidate
// serves no links for its margin or its latency: the links of a bin spread evenly over it, so that a part of
// them may have what does not reach the longest one. Parts that choose() gives the same designs are one bin
// again, so that nothing is cut where nothing is gained. Cost: that of choose() with a bin for each candidate
// more.
Topology split_at_reaches(const Choice&, const ChoiceInput&);

// The same with the technologies of `selections` (class, bin, a and b of each), whatever is best.
ChoiceResult assign(const Choice&, const ChoiceInput&, std::span<const Selection> selections);

// Every assignment that no other one beats in watts, cost and failures together, by rising watts. Where a
// price is missing, cost does not count, which `warnings` says. Law: classes are independent, so that the
// front of a sum is the non-dominated part of the sum of fronts. `most` bounds the points that are carried
// along; beyond it the front is thinned evenly along the watts, its ends kept, and `thinned` is set.
struct Front {
  struct Point {
    Objectives total;
    std::vector<Selection> selections;
  };
  std::vector<Point> points;
  bool thinned = false;
  std::vector<Warning> warnings;
};
Front pareto_front(const Choice&, const ChoiceInput&, std::size_t most = 2000);

// Throws Error for the first links that nothing serves, with the reason of each technology.
void require_served(const ChoiceResult&, const ChoiceInput&, const std::string& path);

}  // namespace waverack::cluster

namespace waverack {
template <>
struct EnumNames<cluster::Aim> {
  using K = cluster::Aim;
  static constexpr std::array<EnumName<K>, 4> list{
      {{"watts", K::watts}, {"cost", K::cost}, {"failures", K::failures}, {"weighted", K::weighted}}};
};
template <>
struct EnumNames<cluster::HostSource> {
  using K = cluster::HostSource;
  static constexpr std::array<EnumName<K>, 2> list{{{"design", K::design}, {"model", K::model}}};
};
}  // namespace waverack
