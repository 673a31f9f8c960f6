// Any bytes as a captured waveform. An Error is fine; a crash, a value that is not finite or an interval that
// is not above zero is not.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "waverack/base/error.hpp"
#include "waverack/compliance/captured_record.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waverack;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const std::optional<double> interval : {std::optional<double>(), std::optional(1e-12)}) {
    try {
      const compliance::CapturedRecord record = compliance::parse_capture_csv(text, "fuzz.csv", interval);
      require(!record.samples.empty());
      require(std::isfinite(record.sample_interval) && record.sample_interval > 0.0);
      for (const float sample : record.samples) require(std::isfinite(sample));
    } catch (const Error&) {
    }
  }
  return 0;
}
