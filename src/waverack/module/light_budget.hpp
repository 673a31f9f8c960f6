#pragma once
// What the light of a module must be good for: every lane, to the end of its life, with lasers that fail.

#include "waverack/base/reader.hpp"
#include "waverack/parts/decibel.hpp"

namespace waverack::module {

struct LightBudget {
  double lane_spread = from_db(0.3);            // standard deviation from lane to lane, power ratio
  double confidence = 0.99;                     // probability that every lane of the module has its light
  double service_time = 365.0 * 24.0 * 3600.0;  // for which failures are counted [s]
};

inline FieldList describe(Tag<LightBudget>) {
  using P = LightBudget;
  return fields<P>(
      "What the light must be good for: every lane, to the end of its life, and lasers that fail.",
      field<&P::lane_spread>("lane_spread", "dB", 0.0, 10.0,
                             "Standard deviation, from lane to lane, of what the spreads of the losses leave "
                             "out.")
          .from(Kind::assumed, "connectors, offsets of couplings, drive and receiver together"),
      field<&P::confidence>("confidence", "", 0.5, 0.999999,
                            "Probability with which every lane of the module gets the light it needs.")
          .from(Kind::choice, "one module of a hundred may miss"),
      field<&P::service_time>("service_time", "h", 0.0, 1e7, "Time for which failures are counted.")
          .from(Kind::choice, "8760 h: one year"));
}

}  // namespace waverack::module
