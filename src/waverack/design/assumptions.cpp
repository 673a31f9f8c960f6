#include "waverack/design/assumptions.hpp"

namespace waverack {

std::vector<Assumption> assumptions_of(const Provenance& provenance) {
  std::vector<Assumption> list;
  for (const auto& [path, origin] : provenance)
    if (origin.kind == Kind::assumed || origin.kind == Kind::claim)
      list.push_back({path, origin.value, origin.kind, origin.source, std::string(layer_name(origin.layer))});
  return list;
}

}  // namespace waverack
