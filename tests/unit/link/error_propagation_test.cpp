#include "waverack/link/error_propagation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "closed_forms.hpp"

namespace waverack::link {
namespace {

// Four levels ±1, ±1/3 in white noise of the given rms, moved by `shift`: an outer level cannot go further
// out.
std::function<ErrorChance(double)> pam4(double sigma) {
  return [sigma](double shift) {
    return ErrorChance{0.75 * q((1.0 / 3.0 - shift) / sigma), 0.75 * q((1.0 / 3.0 + shift) / sigma)};
  };
}

TEST(ErrorPropagation, NoneWithoutFeedback) {
  EXPECT_EQ(errors_of_event({}, {}, 4, pam4(0.08)).symbols, 1.0);
}

// One tap b: the next decision goes wrong with ¾·Q((1 − 2b)·Δ/σ), Δ half the distance of levels, so a burst
// is geometric with mean 1/(1 − that) (facts: fec-and-kernels 5.3). The other eye, the walk's end and errors
// of their own are below 1 %.
TEST(ErrorPropagation, OneTapIsGeometric) {
  for (const double tap : {0.3, 0.5, 0.7}) {
    const double sigma = 0.08, half = 1.0 / 3.0;
    const double again = 0.75 * q((1.0 - 2.0 * tap) * half / sigma);
    EXPECT_NEAR(errors_of_event(std::vector<double>{tap}, {}, 4, pam4(sigma)).symbols, 1.0 / (1.0 - again),
                0.01 / (1.0 - again))
        << tap;
  }
  // 3/8 at b = 1/2 whatever the noise.
  EXPECT_NEAR(errors_of_event(std::vector<double>{0.5}, {}, 4, pam4(0.05)).symbols, 1.6, 0.01);
}

// Its sign does not matter: the error comes back with the other sign.
TEST(ErrorPropagation, SignOfTheTap) {
  const double positive = errors_of_event(std::vector<double>{0.45}, {}, 4, pam4(0.07)).symbols;
  EXPECT_NEAR(errors_of_event(std::vector<double>{-0.45}, {}, 4, pam4(0.07)).symbols, positive, 1e-9);
}

// A later tap does what the first does, only later.
TEST(ErrorPropagation, TapsLaterOn) {
  const double first = errors_of_event(std::vector<double>{0.4}, {}, 4, pam4(0.08)).symbols;
  EXPECT_NEAR(errors_of_event(std::vector<double>{0.0, 0.0, 0.4}, {}, 4, pam4(0.08)).symbols, first, 0.01);
}

// Noise that is like that of the symbol before holds the next decision back: one more error with
// ¾·Q((1 − 2b)·Δ/σ + c/σ), and from then on as without.
TEST(ErrorPropagation, NoiseThatIsCarried) {
  const double tap = 0.5, sigma = 0.08, half = 1.0 / 3.0, carried = 0.1;
  const double again = 0.75 * q((1.0 - 2.0 * tap) * half / sigma),
               first = 0.75 * q(((1.0 - 2.0 * tap) * half + carried) / sigma);
  EXPECT_NEAR(errors_of_event(std::vector<double>{tap}, std::vector<double>{carried}, 4, pam4(sigma)).symbols,
              1.0 + first / (1.0 - again), 0.01);
}

// Errors of a run take turns in sign where the tap is positive, so the inverse of a precoder leaves one at
// its start and one behind its end (802.3 Annex 120D and facts: standards 8.2: two for each burst). Where the
// tap is negative they have one sign, and between the two every wrong symbol has both bits wrong: 2 + 2·(n −
// 1).
TEST(ErrorPropagation, BitsBehindAPrecoder) {
  for (const double tap : {0.3, 0.5, 0.7}) {
    EXPECT_NEAR(errors_of_event(std::vector<double>{tap}, {}, 4, pam4(0.08)).precoded_bits, 2.0, 0.01) << tap;
    const EventErrors same_sign = errors_of_event(std::vector<double>{-tap}, {}, 4, pam4(0.08));
    EXPECT_NEAR(same_sign.precoded_bits, 2.0 * same_sign.symbols, 0.01) << tap;
  }
  EXPECT_EQ(errors_of_event({}, {}, 4, pam4(0.08)).precoded_bits, 2.0);
}

}  // namespace
}  // namespace waverack::link
