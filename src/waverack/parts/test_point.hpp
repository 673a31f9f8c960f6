#pragma once
// A test point: a place in the chain where the waveform is looked at. It changes nothing.

#include "waverack/parts/interface.hpp"

namespace waverack::parts {

struct TestPoint {
  double bandwidth_ratio =
      0.75;  // of the 4th-order Bessel-Thomson oscilloscope filter over the symbol rate; 0: none
};

inline FieldList describe(Tag<TestPoint>) {
  using P = TestPoint;
  return fields<P>(
      "Test point: the waveform is recorded here, as an oscilloscope would see it.",
      field<&P::bandwidth_ratio>("bandwidth_ratio", "", 0.0, 10.0,
                                 "-3 dB bandwidth of the 4th-order Bessel-Thomson oscilloscope filter over "
                                 "the symbol rate; 0 for none.")
          .from(Kind::choice, "half the symbol rate is the TDECQ receiver, 0.75 a plain oscilloscope"));
}

// A test point has the domain of what comes before it; the plan takes it from there.
template <>
struct PartTraits<TestPoint> {
  static constexpr std::string_view type = "test_point";
  static constexpr Domain input = Domain::none, output = Domain::none;
  static constexpr Place place = Place::module;
};

}  // namespace waverack::parts
