#include "waverack/parts/interface.hpp"

namespace waverack::parts {

std::string_view domain_name(Domain domain) {
  switch (domain) {
    case Domain::none:
      return "nothing";
    case Domain::symbols:
      return "symbols";
    case Domain::voltage:
      return "voltage";
    case Domain::current:
      return "current";
    case Domain::light:
      return "light";
    case Domain::field:
      return "optical field";
    case Domain::branches:
      return "four branch voltages";
    case Domain::dual_field:
      return "light in two polarisations";
  }
  return "?";
}

std::string_view domain_unit(Domain domain) {
  switch (domain) {
    case Domain::voltage:
    case Domain::branches:
      return "V";
    case Domain::current:
      return "A";
    case Domain::light:
    case Domain::field:
    case Domain::dual_field:
      return "W";
    default:
      return "";
  }
}

std::string_view place_name(Place place) {
  switch (place) {
    case Place::host:
      return "host";
    case Place::module:
      return "module";
    case Place::laser:
      return "laser";
  }
  return "?";
}

}  // namespace waverack::parts
