#include "waverack/parts/polarisation_element.hpp"

namespace waverack::parts {

std::vector<coherent::NamedElement> line_elements(const PolarisationElement& part, const Conditions&, double,
                                                  const std::string& name) {
  return {{name, coherent::PolarisationElement{.pdl = part.pdl, .dgd = part.dgd}}};
}

}  // namespace waverack::parts
