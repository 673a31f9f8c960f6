#include "waverack/io/eye_list.hpp"

namespace waverack::io {
namespace {

std::string amplitude_of(parts::Domain domain) {
  switch (domain) {
    case parts::Domain::light:
    case parts::Domain::field:
      return "power";
    case parts::Domain::current:
      return "current";
    default:
      return "voltage";
  }
}

}  // namespace

std::vector<ListedEye> eyes_of(const link::LaneResult& lane) {
  std::vector<ListedEye> list;
  for (const link::TestPointResult& point : lane.test_points)
    if (!point.eye.density.empty())
      list.push_back({"eye." + point.name, point.name, amplitude_of(point.domain), &point.eye});
  for (std::size_t s = 0; s < lane.segments.size(); ++s) {
    if (!lane.segments[s].counted) continue;
    const std::string number = lane.segments.size() > 1 ? '.' + std::to_string(s + 1) : "";
    for (const link::EyeImage& eye : lane.segments[s].counted->eyes) {
      const bool decision = eye.amplitude_unit == "1";
      list.push_back({(decision ? "counted_eye.decision" : "counted_eye.sampler") + number, "",
                      decision ? "decision value" : "voltage", &eye});
    }
  }
  return list;
}

}  // namespace waverack::io
