#include "waverack/base/ars.hpp"

#include <gtest/gtest.h>

namespace waverack {
namespace {

using Words = std::array<std::uint32_t, 4>;

// Known answers of Random123 1.14, tests/kat_vectors, lines "ars4x32 10".
TEST(Ars, KnownAnswersOfTenRounds) {
  EXPECT_EQ(ars({0, 0, 0, 0}, {0, 0, 0, 0}, 10), (Words{0x8d73ee19, 0x506401ef, 0x13c2dbe4, 0x0cbe9c0d}));
  EXPECT_EQ(ars({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                {0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89}, 10),
            (Words{0xa516e7d6, 0x8357ad74, 0x5b59b3ec, 0x8763fff3}));
  EXPECT_EQ(ars({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff, 0, 0}, 10),
            (Words{0xbb3743b1, 0x9f635551, 0xecbc87fc, 0xa19478a9}));
}

// What ars4x32() of Random123 1.14, ars.h, answers, which takes seven rounds.
TEST(Ars, SevenRounds) {
  EXPECT_EQ(ars({0, 0, 0, 0}, {0, 0, 0, 0}), (Words{0xdacf61ff, 0xc45798f3, 0x113c7eeb, 0x101e27f3}));
  EXPECT_EQ(
      ars({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89}),
      (Words{0xd1df87af, 0xf67d43ba, 0x4f66afdb, 0x393dcb2d}));
}

TEST(Ars, EveryPartOfTheNameCounts) {
  const Stream base{1, 2, 3, 4};
  for (const Stream& other : {Stream{2, 2, 3, 4}, Stream{1, 3, 3, 4}, Stream{1, 2, 4, 4}, Stream{1, 2, 3, 5},
                              Stream{std::uint64_t{1} << 32 | 1, 2, 3, 4}})
    EXPECT_NE(ars_words(base, 0), ars_words(other, 0));
  EXPECT_NE(ars_words(base, 0), ars_words(base, 1));
}

}  // namespace
}  // namespace waverack
