#pragma once
// The assignment of rows to columns at the least total cost.

#include <span>
#include <vector>

namespace waverack::module {

// The column of each row of the n × n matrix `cost` (row after row, finite): the permutation of the least
// sum. The Hungarian method with potentials: H. W. Kuhn, Naval Research Logistics 2, 83 (1955); J. Munkres,
// J. SIAM 5, 32 (1957), as successive shortest paths. Exact. Cost: n³ operations.
std::vector<std::size_t> optimal_assignment(std::span<const double> cost, std::size_t n);

}  // namespace waverack::module
