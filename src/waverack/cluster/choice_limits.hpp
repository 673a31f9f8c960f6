#pragma once
// What keeps a technology from serving links, and how many of its modules an end takes.

#include <cstdint>
#include <string>

#include "waverack/cluster/choice.hpp"

namespace waverack::cluster {

// A technology at one end of a class. At a switch a module of more rate than the link serves several ends; at
// a network card, which has one port, only the lanes that the link needs are built.
struct EndFit {
  std::string reason;  // why it does not fit; "" where it does
  std::int64_t ends_per_module = 1;
  std::int64_t modules_per_end = 1;
  double share = 1.0;  // of a whole module's lanes, watts, failures and price

  // Whole modules for this many ends.
  std::int64_t modules(std::int64_t ends) const;
};

EndFit fit_end(const Choice&, const ChoiceInput&, const LinkClass&, const LinkEnd&, const Technology&);

// Why links of this length cannot use the technology, whatever their ends; "" where they can.
std::string refuse_length(const Choice&, const ChoiceInput&, const LinkClass&, double length,
                          const Technology&);

// The least margin of the longest link, beyond what must be kept [dB].
double spare_margin_db(const ChoiceInput&, const LinkClass&, double length, const Technology&);

// Margin and error ratios at this length of a technology, one of the input's, on links of this class.
ReachPoint point_of(const ChoiceInput&, const LinkClass&, double length, const Technology&);

// With its medium and FEC [s].
double link_latency(const Technology&, double length);

// Whether one end may be of the one and the other of the other technology: the same cable; or fibre at both,
// lanes of the same symbols and bits, as many wavelengths in a fibre, and wavelengths within 10 nm.
bool speak_alike(const Technology&, const Technology&);

// "network card", "leaf".
std::string place_of(const Topology&, const LinkEnd&);

}  // namespace waverack::cluster
