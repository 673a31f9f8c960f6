#include "waverack/base/source_text.hpp"

namespace waverack {

std::string source_text(const Provenance& provenance, const std::string& path) {
  const auto found = provenance.find(path);
  if (found == provenance.end()) return {};
  return std::string(kind_name(found->second.kind)) + ": " + found->second.source;
}

}  // namespace waverack
