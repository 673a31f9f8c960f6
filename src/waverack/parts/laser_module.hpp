#pragma once
// The module of its own that an external laser sits in, with others of its kind.

#include "waverack/base/reader.hpp"

namespace waverack::parts {

struct LaserModule {
  int fibres = 8;             // fibres that carry light
  int wavelengths = 1;        // lasers whose light shares a fibre
  int spares = 0;             // lasers beyond those, each can stand in for any other
  double case_rise = 0.0;     // of its case above the surroundings of the lane [K]
  double stated_power = 0.0;  // that its maker states for the whole of it [W]; 0: none
};

inline FieldList describe(Tag<LaserModule>) {
  using P = LaserModule;
  return fields<P>(
      "The module of its own that an external laser sits in, such as an ELSFP; lasers inside a module have "
      "none.",
      field<&P::fibres>("fibres", "", 1, 256, "Fibres of the laser module that carry light.")
          .from(Kind::datasheet, "ELSFP: 4 or 8 active fibres, wavesplitter.jp (facts: standards 9.2)"),
      field<&P::wavelengths>("wavelengths", "", 1, 64, "Lasers of different wavelengths that share a fibre.")
          .from(Kind::choice, "1: a laser for each fibre"),
      field<&P::spares>("spares", "", 0, 64,
                        "Spare lasers in the laser module, each able to stand in for any other.")
          .from(Kind::choice, "0: none"),
      field<&P::case_rise>("case_rise", "K", -100.0, 200.0,
                           "Case of the laser module above the surroundings of the lane.")
          .from(Kind::choice, "0: as warm as the rest of the lane"),
      field<&P::stated_power>("stated_power", "W", 0.0, 1000.0,
                              "Power that the maker states for the whole laser module, for comparison; 0: "
                              "none.")
          .from(Kind::choice, "0: none stated"));
}

}  // namespace waverack::parts
