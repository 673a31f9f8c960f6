// Numbers known within a range.

#include "waverack/base/ranged.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/table_of.hpp"

namespace waverack {
namespace {

struct Priced {
  Ranged price{2.0, 1.0, 4.0};
};
FieldList describe(Tag<Priced>) {
  return fields<Priced>("Inner.",
                        field<&Priced::price>("price", "", 0.0, 100.0, "Price.").from(Kind::claim, "a shop"));
}

struct Outer {
  Ranged power;
  Priced inner;
};
FieldList describe(Tag<Outer>) {
  return fields<Outer>("Outer.", field<&Outer::power>("power", "W", 0.0, 1e4, "Power.").must_be_given(),
                       field<&Outer::inner>("inner", "Inside."));
}

Outer read_outer(Node power, Provenance* provenance = nullptr) {
  const ReadSources none;
  ReadContext context(none);
  const Outer outer = read<Outer>(context, Node(table_of({{"power", std::move(power)}})), "x");
  if (provenance) *provenance = context.provenance;
  return outer;
}

TEST(Ranged, PlainNumberIsExact) {
  const Outer outer = read_outer(Node("1.2 kW"));
  EXPECT_DOUBLE_EQ(outer.power.value, 1200.0);
  EXPECT_DOUBLE_EQ(outer.power.low, 1200.0);
  EXPECT_DOUBLE_EQ(outer.power.high, 1200.0);
}

TEST(Ranged, TableHasBoundsAndParent) {
  Provenance provenance;
  const Outer outer = read_outer(Node(table_of({{"value", Node("100 W")},
                                                {"low", Node("90 W")},
                                                {"source", Node("a sheet")},
                                                {"kind", Node("claim")}})),
                                 &provenance);
  EXPECT_DOUBLE_EQ(outer.power.low, 90.0);
  EXPECT_DOUBLE_EQ(outer.power.high, 100.0);  // the value itself where no bound is given
  EXPECT_EQ(provenance.at("x.power").kind, Kind::claim);
  EXPECT_EQ(provenance.at("x.power").source, "a sheet");
  EXPECT_FALSE(provenance.contains("x.power.low"));
  EXPECT_EQ(provenance.at("x.inner.price").kind, Kind::claim);  // a default has its parent too
  EXPECT_EQ(provenance.at("x.inner.price").value, "2");
}

TEST(Ranged, BoundsOnTheWrongSideAreRefused) {
  const auto with = [](const char* key, const char* bound) {
    return Node(table_of({{"value", Node("100 W")}, {key, Node(bound)}}));
  };
  for (const auto& [key, bound] :
       {std::pair{"low", "101 W"}, {"high", "99 W"}, {"high", "3 m"}, {"high", "1e9 W"}}) {
    try {
      read_outer(with(key, bound));
      ADD_FAILURE() << key << " = " << bound << " was taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.info().path, std::string("x.power.") + key);
    }
  }
  EXPECT_THROW(read_outer(Node(table_of({{"value", Node("1 W")}, {"hihg", Node("2 W")}}))), Error);
}

TEST(Ranged, WritesWhatItReads) {
  const Outer outer{{100.0, 90.0, 110.0}, {}};
  const Outer again = read_outer(*write(outer).find("power"));
  EXPECT_DOUBLE_EQ(again.power.low, 90.0);
  EXPECT_DOUBLE_EQ(again.power.high, 110.0);
}

// The triangular distribution on [a, b] with mode c has the mean (a + b + c)/3 and the variance
// (a² + b² + c² − ab − ac − bc)/18 (N. L. Johnson, S. Kotz, Beyond Beta, chapter 1). 1e5 midpoints of the
// quantile function integrate them with an error far below the tolerance.
TEST(Ranged, QuantilesAreThoseOfATriangle) {
  const Ranged number{2.0, 1.0, 4.0};
  double mean = 0.0, square = 0.0;
  constexpr int count = 100000;
  for (int i = 0; i < count; ++i) {
    const double x = quantile(number, (i + 0.5) / count);
    mean += x / count;
    square += x * x / count;
  }
  EXPECT_NEAR(mean, 7.0 / 3.0, 1e-6);
  EXPECT_NEAR(square - mean * mean, (1.0 + 16.0 + 4.0 - 4.0 - 2.0 - 8.0) / 18.0, 1e-6);
  EXPECT_DOUBLE_EQ(quantile(number, 0.0), 1.0);
  EXPECT_DOUBLE_EQ(quantile(number, 1.0), 4.0);
  EXPECT_DOUBLE_EQ(quantile(exactly(3.0), 0.9), 3.0);
}

TEST(Ranged, VisitsNestedTables) {
  Outer outer{{100.0, 90.0, 110.0}, {}};
  std::vector<std::string> paths;
  visit_ranged(outer, "x", [&](const std::string& path, const Field&, Ranged& number) {
    paths.push_back(path);
    number.value = number.high;
  });
  EXPECT_EQ(paths, (std::vector<std::string>{"x.power", "x.inner.price"}));
  EXPECT_DOUBLE_EQ(outer.inner.price.value, 4.0);
}

}  // namespace
}  // namespace waverack
