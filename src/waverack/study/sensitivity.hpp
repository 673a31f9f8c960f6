#pragma once
// Which assumed and claimed numbers of a design matter: each is moved a little and the lane and module solved
// again.

#include <functional>
#include <string>
#include <vector>

#include "waverack/design/result.hpp"

namespace waverack::study {

struct Sensitivity {
  std::string path;
  std::string value;  // as the design states it: "-145 dB/Hz"
  Kind kind = Kind::assumed;
  // "+1 dB" for a number in decibels, else "+10 %"; with "−" where the range leaves no room above
  std::string step;
  double snr_margin_change_db =
      0.0;                      // of the segment with the smallest margin; NaN where a margin does not exist
  double power_change_w = 0.0;  // of the module with its lasers
};

// The design read again with settings PATH=VALUE laid over it (io::load_design).
using Reload = std::function<LoadedDesign(const std::vector<std::string>& settings)>;

// One entry for each assumed or claimed number of the lane and the module that can be moved: lists, texts,
// whole numbers and zeros without a unit stay as they are. Largest change of the margin first, changes of the
// watts where margins are equal. The lane is solved on PRBS13Q. Cost: about 60 ms of one core for each
// number.
std::vector<Sensitivity> sensitivities(const Reload& reload, const std::vector<Assumption>& assumptions,
                                       int threads);

}  // namespace waverack::study
