// Sampling instant and decision feedback on pulses whose answer can be seen.

#include "waverack/compliance/com_cursor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace waverack::compliance {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

// Without DFE both neighbours must be equal: the middle of a symmetric triangle.
TEST(MuellerMuller, TakesTheMiddleOfASymmetricPulse) {
  std::vector<double> pulse(96);
  for (int i = 0; i < 96; ++i)
    pulse[static_cast<std::size_t>(i)] = std::max(0.0, 1.0 - std::abs(i - 48) / 12.0);
  EXPECT_EQ(mueller_muller_instant(pulse, 48, 8, 0.0, 0.0), 48u);
}

// With feedback that can take all of the first post-cursor, the pre-cursor must be 0. This pulse passes
// through 0 at sample 40 and has 8 samples per UI, so the instant is 48.
TEST(MuellerMuller, LetsTheFeedbackHaveThePostCursor) {
  std::vector<double> pulse(128);
  for (int i = 0; i < 128; ++i) {
    const double t = (i - 40) / 8.0;
    pulse[static_cast<std::size_t>(i)] = t < 0.0 ? 0.02 * t : t * std::exp(1.0 - t);
  }
  EXPECT_EQ(mueller_muller_instant(pulse, 48, 8, -1.0, 1.0), 48u);
  // A limit of 0.5 leaves post-cursor: at 48 the rule is off by −(0.736 − 0.5), at 49 by 0.301 − (0.690 −
  // 0.496).
  EXPECT_EQ(mueller_muller_instant(pulse, 48, 8, 0.0, 0.5), 49u);
}

TEST(FeedbackTaps, StayWithinTheirLimits) {
  ComDfe dfe;
  dfe.upper = {0.3, 0.1, 0.1};
  dfe.lower = {0.0, -0.1, -0.05};
  const std::vector<double> post = {0.4, -0.2, 0.02};
  std::vector<double> taps(3);
  feedback_taps(dfe, post, taps);
  EXPECT_THAT(taps, ElementsAre(0.3, -0.1, 0.02));
}

TEST(FeedbackTaps, FloatingGroupsGoWhereTheyRemoveMost) {
  ComDfe dfe;
  dfe.upper = {0.5};
  dfe.lower = {-0.5};
  dfe.floating = {2, 2, 10, 0.05, 0, 0.0};
  //                                1    2     3     4     5    6    7    8     9     10
  const std::vector<double> post = {0.2, 0.01, 0.03, 0.04, 0.0, 0.0, 0.0, 0.09, 0.01, 0.0};
  std::vector<double> taps(10);
  feedback_taps(dfe, post, taps);
  // The limit of 0.05 takes 0.09² − 0.04² at 8; 3 and 4 go together. Beside 8 lies 9 rather than 7.
  EXPECT_THAT(taps, ElementsAre(0.2, 0.0, 0.03, 0.04, 0.0, 0.0, 0.0, 0.05, 0.01, 0.0));
}

TEST(FeedbackTaps, ScalesTheTailToItsLimit) {
  ComDfe dfe;
  dfe.floating = {1, 2, 4, 0.5, 3, 0.1};
  const std::vector<double> post = {0.0, 0.0, 0.3, 0.4};
  std::vector<double> taps(4);
  feedback_taps(dfe, post, taps);
  EXPECT_THAT(taps, ElementsAre(0.0, 0.0, DoubleNear(0.06, 1e-12), DoubleNear(0.08, 1e-12)));
}

}  // namespace
}  // namespace waverack::compliance
