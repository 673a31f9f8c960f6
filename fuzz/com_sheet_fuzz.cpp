// Any bytes as the reference code's parameter sheet. An Error is fine; a crash or a sheet outside of its
// ranges is not.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "waverack/base/error.hpp"
#include "waverack/compliance/com_sheet_csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waverack;
  try {
    compliance::ComSheet base;
    base.cases = {{"none", {}, {}, {}}};
    const auto read =
        compliance::parse_com_sheet_csv({reinterpret_cast<const char*>(data), size}, "sheet.csv", base);
    compliance::require_consistent(read.sheet);
  } catch (const Error&) {
  }
  return 0;
}
