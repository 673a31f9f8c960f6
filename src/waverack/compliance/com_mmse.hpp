#pragma once
// Least mean square error for a receiver's feed-forward equaliser with a little decision feedback, as Annex
// 178A limits it. docs/theory/com.md, section 9.

#include <span>
#include <vector>

namespace waverack::compliance {

// What the equaliser sees, in units where the symbols have power 1. The tap at place p multiplies the sample
// p symbols before the newest one it needs, so its share of the cursor is h(−p).
struct MmseProblem {
  std::span<const int> places;  // of the taps, rising; 0 is the cursor tap and must be among them
  std::span<const double>
      correlation;  // Σ_k h(k)·h(k + lag) plus that of all noise; lag = 0 … largest distance
  std::span<const double> pulse;  // h(k) at the sampling instant for k = first … ; 0 outside
  int first = 0;
  std::span<const double> lower, upper;  // limits of the feedback taps b(1), b(2), …
  double largest_tap = 0.0;              // of the others relative to the cursor tap, magnitude
};

struct MmseSolution {
  std::vector<double> taps;      // w, as many as places; Σ w·h0 = 1
  std::vector<double> feedback;  // b
  double error = 0.0;            // mean square error relative to the power of the symbols
};

// Minimises E = w'Rw − 2w'(h0 + Hb'b) + 1 + b'b under h0'w = 1, h0_j = h(−p_j), Hb_nj = h(n − p_j). If b
// leaves its limits it is set to them and w is solved again; if taps then leave theirs they are set to them,
// all are scaled to h0'w = 1 and b = Hb·w within its limits. (healey_3dj_01_2401; facts: standards 5.2
// item 11.)
//
// Keeps its memory from one call to the next. Returns false where R is not positive definite or the pulse has
// no cursor. Cost: taps³/6 + (2 + feedback)·taps² products.
class MmseSolver {
 public:
  bool solve(const MmseProblem&, MmseSolution&);

 private:
  void substitute(std::span<double> x) const;
  std::size_t size_ = 0;
  std::vector<double> factor_;  // lower triangle of R
  std::vector<double> cursor_, behind_, solved_cursor_, solved_behind_, target_;
};

}  // namespace waverack::compliance
