#pragma once
// The demands of an electrical interface as checks of a result.

#include <vector>

#include "waverack/design/result.hpp"

namespace waverack {

// The demands of the lane's electrical interface on the outputs of host and module, under the names that the
// numbers have in results: "lane.test_points.TP1a.vec_db". None without an interface, for a lane solved
// without charts, and for an interface of another symbol rate than the lane's.
std::vector<Check> electrical_checks(const Result&, const Provenance&);

}  // namespace waverack
