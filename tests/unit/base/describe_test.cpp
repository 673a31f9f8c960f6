#include "waverack/base/describe.hpp"

#include <gtest/gtest.h>

#include <array>
#include <complex>
#include <functional>
#include <optional>
#include <variant>

#include "unit/base/described_link.hpp"

namespace waverack {
namespace {

struct Inner {
  double a;
  int b;
};
struct Empty {};
struct Many {
  double number;
  std::string text;
  std::vector<double> list;
  Inner inner;
  std::optional<double> maybe;
  std::array<double, 4> fixed;
  std::variant<int, double> either;
  std::complex<double> phasor;
  std::function<void()> action;
  std::vector<Inner> inners;
  Format format;
  bool flag;
};

// The compiler counts members, so a member that describe() forgets does not compile.
static_assert(detail::member_count<Empty>() == 0);
static_assert(detail::member_count<Inner>() == 2);
static_assert(detail::member_count<Many>() == 12);
static_assert(detail::member_count<DescribedLink>() == 15);

TEST(Describe, ListsEveryMemberInOrder) {
  const FieldList& list = fields_of<DescribedLink>();
  EXPECT_EQ(list.summary, "A link with every kind of member.");
  ASSERT_EQ(list.items.size(), 15U);
  EXPECT_EQ(list.items.front().key, "length");
  EXPECT_EQ(list.items.back().key, "");  // internal
}

TEST(Describe, AFieldSaysAllThatIsKnown) {
  const Field& length = *fields_of<DescribedLink>().find("length");
  EXPECT_EQ(length.unit, "m");
  EXPECT_EQ(length.low, 0.0);
  EXPECT_EQ(length.high, 2e5);
  EXPECT_EQ(length.text, "Length of the fibre.");
  EXPECT_EQ(length.kind, Kind::standard);
  EXPECT_EQ(length.source, "IEEE 802.3, 140.6");
  EXPECT_EQ(length.type->name, "number");
  EXPECT_FALSE(length.required);
  EXPECT_TRUE(fields_of<DescribedLink>().find("rate")->required);
  // A number nobody vouched for is assumed; a switch or a name is a choice.
  EXPECT_EQ(fields_of<DescribedLink>().find("loss")->kind, Kind::assumed);
  EXPECT_EQ(fields_of<DescribedLink>().find("title")->kind, Kind::choice);
}

TEST(Describe, AFieldFindsItsMember) {
  DescribedLink link;
  link.lanes = 17;
  EXPECT_EQ(fields_of<DescribedLink>().find("lanes")->member(&link), &link.lanes);
  EXPECT_EQ(fields_of<DescribedLink>().find("noise")->type->nested(), &fields_of<Noise>());
  EXPECT_EQ(fields_of<DescribedLink>().find("tones")->type->nested(), &fields_of<Tone>());
}

TEST(Describe, FindsNoInternalOrUnknownField) {
  EXPECT_EQ(fields_of<DescribedLink>().find("parsed"), nullptr);
  EXPECT_EQ(fields_of<DescribedLink>().find(""), nullptr);
}

TEST(Describe, NamesOfKinds) {
  EXPECT_EQ(kind_name(Kind::standard), "standard");
  EXPECT_EQ(kind_name(Kind::assumed), "assumed");
  EXPECT_EQ(enum_name(Format::pam6), "PAM6");
}

}  // namespace
}  // namespace waverack
