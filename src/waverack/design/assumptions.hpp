#pragma once
// The numbers of a run that nobody measured for it.

#include <functional>
#include <string_view>
#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/design/result.hpp"

namespace waverack {

// Whether a number says how modules are made and how they fail: only studies of yield use it.
bool of_production(std::string_view path);

// Those that are assumed or claimed, in the order of their paths, without those of production.
std::vector<Assumption> assumptions_of(const Provenance&);

// Those of production alone, and of them only what `use` accepts by its path.
std::vector<Assumption> production_assumptions(const Provenance&,
                                               const std::function<bool(std::string_view path)>& use);

}  // namespace waverack
