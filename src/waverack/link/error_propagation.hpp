#pragma once
// What goes wrong after one wrong decision has been fed back.

#include <functional>
#include <span>

namespace waverack::link {

// Probability that a symbol is decided one level too high or too low, averaged over the levels.
struct ErrorChance {
  double high = 0.0, low = 0.0;
};

// Of an error event: an error that has no wrong decision before it, and what follows from it.
struct EventErrors {
  double symbols = 1.0;  // wrong decisions, the mean
  // Wrong bits behind the inverse of the precoder 1/(1 + D) mod M, the mean, with 2 or 4 Gray-coded levels;
  // 0 with others.
  double precoded_bits = 2.0;
};

// carried[n − 1]: what the noise behind the first error adds to the n-th symbol after it, if the error was
// upwards; the opposite if not. Empty for white noise. A decision that is wrong by one level moves the n-th
// symbol after it by −feedback[n − 1] times the distance of `levels` equally spaced from −1 to 1; `chance`
// gives the errors of a symbol that is moved by its argument. Symbols are independent, and errors go to the
// neighbouring level. The tree of what can follow is walked as far as its branches weigh more than 1e-4.
// Without feedback an error is alone. (theory: semi-analytic, error propagation)
EventErrors errors_of_event(std::span<const double> feedback, std::span<const double> carried, int levels,
                            const std::function<ErrorChance(double)>& chance);

}  // namespace waverack::link
