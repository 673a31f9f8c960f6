#include "waverack/parts/optical_filter.hpp"

namespace waverack::parts {

std::vector<coherent::NamedElement> line_elements(const OpticalFilter& part, const Conditions&, double,
                                                  const std::string& name) {
  return {{name, coherent::LineFilter{.centre_offset = part.centre_offset,
                                      .bandwidth = part.bandwidth,
                                      .order = part.order,
                                      .loss = part.insertion_loss}}};
}

double optical_loss(const OpticalFilter& part) { return part.insertion_loss; }

}  // namespace waverack::parts
