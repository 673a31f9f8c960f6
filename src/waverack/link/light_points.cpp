#include "waverack/link/light_points.hpp"

#include <algorithm>
#include <utility>

#include "waverack/link/captured_light.hpp"
#include "waverack/parts/fibre.hpp"

namespace waverack::link {

bool before_fibre(const Segment& segment, std::size_t element) {
  const std::string_view fibre = parts::PartTraits<parts::Fibre>::type;
  const auto first = segment.elements.begin(), here = first + static_cast<long>(element);
  return std::none_of(first, here, [&](const Element& e) { return e.label == fibre; }) &&
         std::any_of(here, segment.elements.end(), [&](const Element& e) { return e.label == fibre; });
}

std::vector<LightPoint> light_points(const Plan& plan) {
  std::vector<LightPoint> points;
  for (std::size_t s = 0; s < plan.segments.size(); ++s) {
    const std::vector<Element>& elements = plan.segments[s].elements;
    for (std::size_t e = 0; e < elements.size(); ++e)
      if (elements[e].kind == Element::Kind::test_point && elements[e].domain == parts::Domain::field)
        points.push_back({elements[e].name, s, e, before_fibre(plan.segments[s], e)});
  }
  return points;
}

compliance::TdecqResult measure_at(const Plan& plan, const LightPoint& point,
                                   std::span<const std::uint8_t> symbols,
                                   const compliance::TdecqSettings& settings) {
  Signal drawn = draw_pattern(plan.segments[point.segment], plan.conditions, symbols, {}, point.element);
  return measure_light(captured_light(std::move(drawn), plan.conditions), symbols, settings);
}

}  // namespace waverack::link
