#pragma once
// A design is everything a run needs; a result is everything it gives.

#include <string>
#include <vector>

#include "waverack/base/reader.hpp"
#include "waverack/cluster/cluster.hpp"
#include "waverack/link/lane.hpp"
#include "waverack/link/result.hpp"
#include "waverack/module/module.hpp"

namespace waverack {

// One limit that the result is checked against: `quantity` is a path into the result
// ("lane.ber_pre_fec", "module.energy_per_bit.with_laser").
struct Limit {
  std::string quantity;
  double at_most = std::numeric_limits<double>::infinity();
  double at_least = -std::numeric_limits<double>::infinity();
  std::string unit;
  std::string source;
};

inline FieldList describe(Tag<Limit>) {
  using P = Limit;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return fields<P>(
      "A limit that the result is checked against.",
      field<&P::quantity>("name", "Quantity of the result, such as lane.ber_pre_fec.").must_be_given(),
      field<&P::at_most>("at_most", "", -infinity, infinity, "Upper limit.").from(Kind::choice, ""),
      field<&P::at_least>("at_least", "", -infinity, infinity, "Lower limit.").from(Kind::choice, ""),
      field<&P::unit>("unit", "Unit of the limit, as the result states it."),
      field<&P::source>("source", "Where the limit is printed."));
}

// What others state of a quantity of the result: shown beside it, and no limit.
struct Published {
  std::string quantity;
  double low = 0.0, high = 0.0;
  std::string unit;
  std::string source;
};

inline FieldList describe(Tag<Published>) {
  using P = Published;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return fields<P>(
      "A range that others state of a quantity of the result.",
      field<&P::quantity>("name", "Quantity of the result, such as module.power_w.module.").must_be_given(),
      field<&P::low>("low", "", -infinity, infinity, "Lowest value stated.").must_be_given(),
      field<&P::high>("high", "", -infinity, infinity, "Highest value stated.").must_be_given(),
      field<&P::unit>("unit", "Unit of the range, as the result states it."),
      field<&P::source>("source", "Who states it.").must_be_given());
}

// A number of a part of the lane that is found instead of given (study/operating_point.hpp).
struct TunedPath {
  std::string path;       // "lane.chain.linear_driver.gain"
  std::string low, high;  // with their units; empty for the range of the number
};

inline FieldList describe(Tag<TunedPath>) {
  using P = TunedPath;
  return fields<P>(
      "A number of a part of the lane that is found for what tune_for names, beginning at the one that is "
      "given.",
      field<&P::path>("path",
                      "The number, such as lane.chain.linear_driver.gain, or the taps of a transmitter.")
          .must_be_given(),
      field<&P::low>("low", "Lower bound with its unit; that of the number's own range where none is given."),
      field<&P::high>("high",
                      "Upper bound with its unit; that of the number's own range where none is given."));
}

// What numbers are found for: the lowest error ratio before FEC, or the least TECQ at a test point.
enum class TuneGoal { ber, tecq };

struct Design {
  std::string title;
  std::string description;
  link::Lane lane;
  module::Module module;
  cluster::Cluster cluster;
  std::vector<Limit> limits;
  std::vector<Published> published;
  std::vector<TunedPath> tune;
  TuneGoal tune_for = TuneGoal::ber;
  std::string tune_at;  // test point of light, for TECQ; empty: the last one in front of the fibre
};

inline FieldList describe(Tag<Design>) {
  using P = Design;
  return fields<P>(
      "A design: one lane, the module of such lanes, and the cluster of such modules.",
      field<&P::title>("title", "Name of the design.").must_be_given(),
      field<&P::description>("description", "One sentence on it."),
      field<&P::lane>("lane", "The lane.").must_be_given(), field<&P::module>("module", "The module."),
      field<&P::cluster>("cluster", "The cluster."),
      field<&P::limits>("limits", "Limits that the result is checked against."),
      field<&P::published>("published", "What others state of the result, shown beside it."),
      field<&P::tune>("tune", "Numbers of the lane that are found instead of given."),
      field<&P::tune_for>("tune_for",
                          "What they are found for: the lowest BER before FEC, or the least TECQ."),
      field<&P::tune_at>("tune_at",
                         "Test point of light at which TECQ is made least; that of the PMD, the last "
                         "one in front of the fibre, where none is given."));
}

// A design with the parents of its numbers.
struct LoadedDesign {
  Design design;
  Provenance provenance;
  std::vector<Warning> warnings;
  Table document;  // as read, before defaults
};

template <>
struct EnumNames<TuneGoal> {
  static constexpr std::array<EnumName<TuneGoal>, 2> list{{{"ber", TuneGoal::ber}, {"tecq", TuneGoal::tecq}}};
};

}  // namespace waverack
