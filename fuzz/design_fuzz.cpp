// Any bytes as a design, TOML or JSON: read with the embedded cards, and planned where it can be read. An
// Error is fine; anything else that escapes is not. The first byte chooses the format.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "waverack/base/error.hpp"
#include "waverack/io/load.hpp"
#include "waverack/link/plan.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    const waverack::io::Input input =
        waverack::io::load_design_text(text, data[0] == '{' ? "fuzz.json" : "fuzz.toml");
    waverack::link::make_plan(input.loaded.design.lane);
  } catch (const waverack::Error&) {
  }
  return 0;
}
