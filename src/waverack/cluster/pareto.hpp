#pragma once
// Assignments that no other one beats in everything.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace waverack::cluster {

struct Objectives {
  double watts = 0.0;     // [W]
  double cost = 0.0;      // [USD]; NaN: a price is not known
  double failures = 0.0;  // [1/s]
};

Objectives operator+(const Objectives&, const Objectives&);

// At most as much of everything, and less of something.
bool dominates(const Objectives& a, const Objectives& b);

// Indices of the points that no other one dominates, by rising watts; of equal points the first.
// O(n·log n) (H. T. Kung, F. Luccio, F. P. Preparata, J. ACM 22 (1975) 469: a staircase in the other two).
std::vector<std::size_t> non_dominated(std::span<const Objectives>);

struct FrontPoint {
  Objectives total;
  std::vector<std::uint16_t> option;  // of each group
};

// Non-dominated sums of one option from each group. `most` bounds the points that are carried from group to
// group; where there are more they are thinned evenly in their order, ends kept, and `thinned` is set.
std::vector<FrontPoint> front_of_sums(std::span<const std::vector<Objectives>> groups, std::size_t most,
                                      bool& thinned);

}  // namespace waverack::cluster
