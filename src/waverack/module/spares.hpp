#pragma once
// Modules of lanes that work or do not: closed forms for lanes that are independent, and intervals for
// counts.

#include <cstdint>

namespace waverack::module {

// Probability that at least `needed` of `built` lanes work, each with `lane_yield` and independent of the
// others: what too_few_survive() of redundancy.hpp leaves. 0 ≤ needed ≤ built.
// (theory: yield, eq. 9)
double yield_with_spares(double lane_yield, int needed, int built);

// Of a switch that needs all of its modules.
double yield_of_all(double module_yield, double modules);

struct Interval {
  double low = 0.0, high = 1.0;
};

// 95 % interval of a probability of which `successes` of `trials` > 0 were seen: E. B. Wilson, J. Am. Stat.
// Assoc. 22 (1927) 209. (theory: yield, eq. 7)
Interval wilson_interval(std::uint64_t successes, std::uint64_t trials);

// 95 % interval of the difference between two shares of the same `pairs` > 0, of which `first_alone` are in
// the first and not in the second, and `second_alone` the other way: the adjusted interval of D. G. Bonett
// and R. M. Price, J. Educ. Behav. Stat. 37 (2012) 479. For many pairs it is that of McNemar's standard
// error, √(b + c)/n; unlike that it has a width where no pair differs. (theory: yield, eq. 16)
Interval paired_difference_interval(std::uint64_t first_alone, std::uint64_t second_alone,
                                    std::uint64_t pairs);

}  // namespace waverack::module
