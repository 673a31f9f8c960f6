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
  }
  return "?";
}

std::string_view domain_unit(Domain domain) {
  switch (domain) {
    case Domain::voltage:
      return "V";
    case Domain::current:
      return "A";
    case Domain::light:
    case Domain::field:
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
