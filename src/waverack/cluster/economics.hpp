#pragma once
// What money costs: the section `economics` of a cluster's file.

#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

struct Economics {
  Ranged electricity_price{0.08 / 3.6e6, 0.05 / 3.6e6, 0.15 / 3.6e6};  // [USD/J]
  double years = 5.0;                                                  // of use
  double discount = 0.0;                                               // a year
  Ranged maintenance{0.03, 0.02, 0.05};  // a year, as a share of the capital without spares
  Ranged margin{0.0, 0.0, 0.0};          // of who builds the cluster, as a share of its price
};

inline FieldList describe(Tag<Economics>) {
  using P = Economics;
  return fields<P>(
      "Prices of energy and time.",
      field<&P::electricity_price>("electricity_price", "USD/(kW h)", 0.0, 10.0,
                                   "Price of electricity at the meter of the hall.")
          .from(Kind::assumed, "industrial tariffs of large users; no source"),
      field<&P::years>("years", "", 0.1, 50.0, "Years of use.").from(Kind::choice, "5"),
      field<&P::discount>("discount", "", 0.0, 1.0,
                          "Discount of a payment for every year that it lies in the future.")
          .from(Kind::choice, "0: none"),
      field<&P::maintenance>("maintenance", "", 0.0, 1.0,
                             "Support and repair of a year, as a share of the capital without spares.")
          .from(Kind::assumed, "support contracts of a few per cent; no source"),
      field<&P::margin>("margin", "", 0.0, 0.95,
                        "Gross margin of who builds the cluster: its price is the list's over 1 − margin.")
          .from(Kind::choice, "0: the list is what the buyer pays"));
}

}  // namespace waverack::cluster
