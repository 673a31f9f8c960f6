#pragma once
// Lines of the bill, and what they add up to, for links that a pair of technologies serves.

#include <cstdint>
#include <vector>

#include "waverack/cluster/choice_limits.hpp"

namespace waverack::cluster {

// Watts of a host's SerDes at one end above those that its typical power holds: of retimed pluggables, or of
// its own optics where a switch has them [W].
Ranged extra_host(const Choice&, const Network&, const LinkEnd&, const LinkClass&, const Technology&);

// A pair of technologies for the links of one bin.
struct Pair {
  std::size_t a = 0, b = 0;
  EndFit fit_a, fit_b;
};

// Lines of modules, external lasers, cables and fibres.
std::vector<BillLine> lines_of(const ChoiceInput&, const LinkClass&, const Pair&, std::int64_t links,
                               double length);

// Sums of those lines, without their texts; watts with the hosts' extra ones.
Objectives total_of(const Choice&, const ChoiceInput&, const LinkClass&, const Pair&, std::int64_t links);

}  // namespace waverack::cluster
