#pragma once
// One stage of the way of electric power: a UPS, a transformer, the supplies of the boxes.

#include <string>
#include <vector>

#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

// Its efficiency is linear between the loads that are stated, and that of the nearest one outside them.
struct PowerStage {
  std::vector<double> loads;         // over its rating, rising
  std::vector<double> efficiencies;  // at those loads
  Ranged losses{1.0, 0.8, 1.25};     // over those that these efficiencies stand for
  Ranged rating = exactly(1.25);     // over the power that is provisioned
};

inline FieldList describe(Tag<PowerStage>) {
  using P = PowerStage;
  constexpr std::string_view theory = "see section 4 of theory: hall";
  return fields<P>(
      "A stage of the way of electric power.",
      field<&P::loads>("loads", "", 0.0, 2.0, "Loads over its rating, rising.").from(Kind::assumed, theory),
      field<&P::efficiencies>("efficiencies", "", 0.5, 1.0,
                              "Efficiencies at those loads; linear in between, the nearest one outside.")
          .from(Kind::assumed, theory),
      field<&P::losses>("losses", "", 0.0, 10.0, "Its losses over those that these efficiencies stand for.")
          .from(Kind::assumed, theory),
      field<&P::rating>("rating", "", 0.1, 10.0, "Its rating over the power that is provisioned.")
          .from(Kind::assumed, theory));
}

// A stage that loses the same share of what it delivers at every load.
PowerStage flat_stage(double losses);

// Throws Error, with the key below `path`, for a list that is empty, does not rise, or has another length
// than the other one.
void check_stage(const PowerStage&, const std::string& path);

// Watts lost for each watt delivered, at a load over its rating.
double stage_loss(const PowerStage&, double load);

}  // namespace waverack::cluster
