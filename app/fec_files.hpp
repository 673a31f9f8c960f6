#pragma once
// Files of bytes, encoded and decoded: waverack fec encode, waverack fec decode.

#include <string>

#include "command.hpp"

namespace waverack::app {

struct FecFiles {
  std::string step;  // "encode" or "decode"
  std::string input, output;
  std::string code = "KP4";  // or KR4, or inner
};

// Codes `input` to `output` and says what it did; check_failed where codewords could not be corrected.
ExitCode code_files(const FecFiles&, Console&);

}  // namespace waverack::app
