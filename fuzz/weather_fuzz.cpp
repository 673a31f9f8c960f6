// Any bytes as a year of weather. A file that breaks off before its year is read again with its last hour
// repeated to the end. An Error is fine; a crash, or a wet bulb that is no number or above the dry one, is
// not.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.hpp"
#include "waverack/base/error.hpp"
#include "waverack/cluster/climate.hpp"

namespace {

using namespace waverack;

constexpr std::string_view broken_off = "the file ends after ";

void read(std::string_view text) {
  const cluster::Weather weather = cluster::parse_weather(text, "fuzz.csv");
  require(weather.hours.size() == 8760 || weather.hours.size() == 8784);
  for (const cluster::WeatherHour& hour : weather.hours)
    require(std::isfinite(hour.dry_bulb) && std::isfinite(hour.wet_bulb) && hour.wet_bulb > 0.0 &&
            hour.wet_bulb <= hour.dry_bulb + 1e-6);
}

// The text with its last line repeated until there are 8760 hours; "" where it has none.
std::string whole_year(std::string text, int hours) {
  if (hours < 1 || hours > 8759) return {};
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  const std::size_t start = text.find_last_of("\r\n") + 1;
  const std::string last = '\n' + text.substr(start);
  for (; hours < 8760; ++hours) text += last;
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::string year;
  try {
    read(text);
  } catch (const Error& error) {
    const std::string& message = error.info().message;
    if (message.starts_with(broken_off))
      year = whole_year(text, std::atoi(message.c_str() + broken_off.size()));
  }
  if (year.empty()) return 0;
  try {
    read(year);
  } catch (const Error&) {
  }
  return 0;
}
