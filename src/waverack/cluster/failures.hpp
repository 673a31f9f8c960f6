#pragma once
// The section `failures` of a cluster's file: how often things fail, how long that lasts, and what stands by.

#include <array>
#include <string>
#include <vector>

#include "waverack/base/profile.hpp"
#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

inline constexpr double fit = 1e-9 / 3600.0;  // [1/s]

// Hard failure rates of one piece each [1/s], as a profile of kind "failures" states them for a fleet. What a
// fleet has not published is the default here. Published rates of optics differ by a factor of 26 (facts:
// cluster 2), so that a profile keeps to one origin and says which.
struct FailureRates {
  std::string title = "solved rates of optics, published ones of the rest";
  bool solved = true;  // a technology's own rates come before those of optics here
  Ranged gpu{17756 * fit, 12188 * fit, 33854 * fit};
  Ranged network_card{330 * fit, 132 * fit, 679 * fit};
  Ranged switch_box{698 * fit, 349 * fit, 1396 * fit};
  Ranged pluggable{1818 * fit, 390 * fit, 4000 * fit};
  Ranged engine_port{385 * fit, 192 * fit, 770 * fit};  // each 400 Gb/s of an engine
  Ranged laser_module = exactly(0.0);
  Ranged cable{36 * fit, 10 * fit, 781 * fit};
  Ranged fibre{0.0, 0.0, 10 * fit};
  Ranged circuit_switch{698 * fit, 349 * fit, 1396 * fit};
  Ranged flaps{208333 * fit, 1000 * fit, 708000 * fit};  // of a link between modules
  Ranged cable_flaps{2083 * fit, 0.0, 208333 * fit};     // of a link that is a cable
  Ranged no_fault_found{0.8, 0.5, 0.9};                  // of the pieces that are pulled
};

inline FieldList describe(Tag<FailureRates>) {
  using P = FailureRates;
  constexpr double most = 1e9;
  return fields<P>(
      "How often pieces fail, by one origin.", field<&P::title>("title", "Whose rates these are."),
      field<&P::solved>("solved", "Whether the rates of a solved design come before those of optics here."),
      field<&P::gpu>("gpu", "FIT", 0.0, most,
                     "Of a node for each GPU: everything in it but network cards and links.")
          .from(Kind::derived,
                "377 interruptions of 16,384 GPUs in 54 days, those of the network apart; low and high: "
                "RSC-2 and RSC-1, 2.34 and 6.50 per 1000 nodes and day (facts: cluster 7.1)"),
      field<&P::network_card>("network_card", "FIT", 0.0, most, "Of a network card.")
          .from(Kind::derived,
                "7 interruptions of 16,384 GPUs in 54 days, 95 % interval of a count (facts: cluster 7.1)"),
      field<&P::switch_box>("switch_box", "FIT", 0.0, most, "Of a switch without its optics.")
          .from(Kind::derived,
                "0.051 % of leaf switches a month (facts: cluster 7.1); a factor of two either way assumed"),
      field<&P::pluggable>("pluggable", "FIT", 0.0, most, "Of a pluggable module.")
          .from(Kind::claim,
                "Meta, 0.55 million hours; low: half a link of HPN; high: the sum of a component sheet "
                "(facts: cluster 7.1)"),
      field<&P::engine_port>("engine_port", "FIT", 0.0, most,
                             "Of a co-packaged engine for each 400 Gb/s, its lasers included.")
          .from(Kind::claim,
                "Meta, 2.6 million hours for each port of 400 Gb/s (facts: cluster 7.1); a factor of two "
                "either way assumed"),
      field<&P::laser_module>("laser_module", "FIT", 0.0, most,
                              "Of the external lasers of one engine beside that.")
          .from(Kind::choice, "counted in engine_port"),
      field<&P::cable>("cable", "FIT", 0.0, most, "Of a copper cable with its ends, active or not.")
          .from(Kind::claim,
                "a hundredth of an optical link (MOSAIC); low: Credo, 100 million hours; high: a link of HPN "
                "(facts: cluster 7.1)"),
      field<&P::fibre>("fibre", "FIT", 0.0, most, "Of the passive cable of a link.")
          .from(Kind::assumed, "published rates of links and modules hold that of their fibre"),
      field<&P::circuit_switch>("circuit_switch", "FIT", 0.0, most, "Of an optical circuit switch.")
          .from(Kind::assumed, "as a packet switch; no public number"),
      field<&P::flaps>("flaps", "FIT", 0.0, 1e12,
                       "Of a link between modules: it goes down and comes back by itself.")
          .from(Kind::assumed,
                "5,000 a day among a million links; HPN states 5,000 to 60,000 a day and not among how many; "
                "low: dozens of interruptions a day (facts: cluster 7.1)"),
      field<&P::cable_flaps>("cable_flaps", "FIT", 0.0, 1e12, "Of a link that is a copper cable.")
          .from(Kind::assumed,
                "a hundredth of those of optical links, as MOSAIC claims of failures (facts: "
                "cluster 7.1); high: as those"),
      field<&P::no_fault_found>("no_fault_found", "", 0.0, 0.99,
                                "Share of the pieces that are pulled beyond these rates without a fault.")
          .from(Kind::claim, "about 80 % of returned modules show no fault (facts: cluster 7.1)"));
}

// dual_plane and dual_tor: every endpoint has two links of half the rate, to leaf switches of their own; in
// dual_plane all the way up. One of them lost is half the bandwidth for the time of a repair, no stop.
enum class Redundancy { none, dual_plane, dual_tor };

}  // namespace waverack::cluster

namespace waverack {
template <>
struct ProfileKind<cluster::FailureRates> {
  static constexpr std::string_view name = "failures";
};
template <>
inline const FieldType& field_type<ProfileOf<cluster::FailureRates>>() {
  return detail::profile_type<cluster::FailureRates>();
}
template <>
struct EnumNames<cluster::Redundancy> {
  using R = cluster::Redundancy;
  static constexpr std::array<EnumName<R>, 3> list{
      {{"none", R::none}, {"dual_plane", R::dual_plane}, {"dual_tor", R::dual_tor}}};
};
}  // namespace waverack

namespace waverack::cluster {

struct Failures {
  ProfileOf<FailureRates> rates;  // FailureRates{} where none is named
  Redundancy redundancy = Redundancy::none;
  std::vector<std::string> redundant_networks;  // all where none is given
  double stop_share_above = 0.0;                // of failures above the first tier
  Ranged flap_outage{5.0, 1.0, 10.0};           // mean [s]
  Ranged job_timeout{30.0, 15.0, 120.0};        // [s]
  Ranged repair_time{4.0 * 3600.0, 3600.0, 24.0 * 3600.0};
  Ranged restock_time{30.0 * 86400.0, 14.0 * 86400.0, 60.0 * 86400.0};
  double spare_level = 0.99;
  int lasers_per_module = 8;
};

inline FieldList describe(Tag<Failures>) {
  using P = Failures;
  return fields<P>(
      "Failures, repairs and spares.",
      field<&P::rates>(
          "rates",
          "Whose rates: solved, hpn, meta, llama3, mlsysim or credo, or a table of your own with "
          "based_on; solved where none are named."),
      field<&P::redundancy>("redundancy", "What an endpoint has twice: none, dual_plane or dual_tor."),
      field<&P::redundant_networks>("redundant_networks",
                                    "Networks with that redundancy; all of them where none are given."),
      field<&P::stop_share_above>("stop_share_above", "", 0.0, 1.0,
                                  "Share of failures above the first tier that stops the job; traffic goes "
                                  "around the others.")
          .from(Kind::assumed, "networks of many paths route around lost links"),
      field<&P::flap_outage>("flap_outage", "s", 0.0, 3600.0,
                             "How long a link is down in a flap, on average.")
          .from(Kind::assumed, "retraining takes 1 to 10 s; no public distribution (facts: cluster 7.3, 13)"),
      field<&P::job_timeout>("job_timeout", "s", 0.0, 86400.0,
                             "A link that is down for longer stops the job.")
          .from(Kind::assumed,
                "InfiniBand timeout 20 and 7 retries of NCCL: 7 · 4.096 µs · 2^20; high: timers may take "
                "four times that"),
      field<&P::repair_time>("repair_time", "h", 0.0, 1e4, "Until a failed part of the network is replaced.")
          .from(Kind::assumed, "someone on site"),
      field<&P::restock_time>("restock_time", "d", 0.0, 1e4,
                              "Until a spare that was used is back on the shelf.")
          .from(Kind::assumed, "a month"),
      field<&P::spare_level>("spare_level", "", 0.5, 0.999999,
                             "Probability with which the spares last for the time to restock.")
          .from(Kind::choice, "99 %"),
      field<&P::lasers_per_module>("lasers_per_module", "", 1, 64, "Lasers of one external laser module.")
          .from(Kind::derived, "18 modules of 8 lasers beside one switch (facts: cluster 7.2)"));
}

// The rates that `failures` names.
inline FailureRates rates_of(const Failures& failures) {
  return failures.rates.value ? *failures.rates.value : FailureRates{};
}

}  // namespace waverack::cluster
