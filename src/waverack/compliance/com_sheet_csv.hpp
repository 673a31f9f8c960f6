#pragma once
// The parameter sheet of the reference code, saved as comma-separated values (docs/formats/com.md).

#include <string>
#include <string_view>
#include <vector>

#include "waverack/compliance/com_sheet.hpp"

namespace waverack::compliance {

struct ComSheetCsv {
  ComSheet sheet;
  std::vector<std::string>
      unknown;  // "row 12: B_float_RSS = 2", parameters that were not understood, or whose value was not
  std::vector<std::string>
      ignored;  // parameters that are known and have no meaning here, such as SAVE_FIGURES
};

// A parameter's name may stand in any cell; the next cell that is not empty is its value (matlab_value.hpp).
// So tables beside each other, columns for units and information, and header rows are all read. Numbers are
// in the units of the reference code: GBd, GHz, nF, nH, mm, ns, V, V²/GHz, dB, UI. What the sheet leaves out
// is taken from `base`. `name` is its name for messages. Throws Error where the sheet holds no known
// parameter, or a value is outside of the range that the profile's key has.
ComSheetCsv parse_com_sheet_csv(std::string_view text, const std::string& name, const ComSheet& base);

}  // namespace waverack::compliance
