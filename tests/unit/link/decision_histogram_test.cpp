#include "waverack/link/decision_histogram.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <numeric>

namespace waverack::link {
namespace {

// Bins of 0.00625 from −1.6: −1 lies at the lower edge of bin 96, 0 at that of bin 256.
TEST(DecisionHistogram, CountsByTheLevelThatWasSent) {
  DecisionHistogram histogram(4);
  ASSERT_EQ(histogram.levels(), 4);
  const std::vector<std::uint8_t> sent{0, 0, 3, 1, 2, 2, 3};
  const std::vector<float> values{
      -0.999f, -1.001f, 0.001f, 7.0f, -7.0f, 1.599f, std::numeric_limits<float>::quiet_NaN()};
  histogram.add(sent, values);
  EXPECT_EQ(histogram.counts(0)[96], 1u);
  EXPECT_EQ(histogram.counts(0)[95], 1u);
  EXPECT_EQ(histogram.counts(3)[256], 1u);
  EXPECT_EQ(histogram.counts(1)[511], 1u);  // beyond the last bin
  EXPECT_EQ(histogram.counts(2)[0], 1u);    // before the first one
  EXPECT_EQ(histogram.counts(2)[511], 1u);
  EXPECT_EQ(histogram.counts(3)[0], 1u);  // what is no number is not lost
}

TEST(DecisionHistogram, PiecesAddUp) {
  DecisionHistogram one(2), two(2), sum;
  EXPECT_EQ(sum.levels(), 0);
  one.add(std::vector<std::uint8_t>{0, 1}, std::vector<float>{-1.0f, 1.0f});
  two.add(std::vector<std::uint8_t>{1}, std::vector<float>{1.0f});
  sum += one;
  sum += two;
  sum += DecisionHistogram();
  ASSERT_EQ(sum.levels(), 2);
  const auto total = [&](int level) {
    return std::accumulate(sum.counts(level).begin(), sum.counts(level).end(), std::uint64_t{0});
  };
  EXPECT_EQ(total(0), 1u);
  EXPECT_EQ(total(1), 2u);
  EXPECT_THAT(sum.counts(1), testing::Contains(2u));
}

}  // namespace
}  // namespace waverack::link
