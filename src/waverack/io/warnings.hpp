#pragma once
// Warnings of several sources in one list.

#include <algorithm>
#include <vector>

#include "waverack/base/provenance.hpp"

namespace waverack::io {

// Adds a warning, unless the list has it already.
inline void keep(std::vector<Warning>& list, const Warning& warning) {
  const auto same = [&](const Warning& known) {
    return known.path == warning.path && known.message == warning.message;
  };
  if (std::none_of(list.begin(), list.end(), same)) list.push_back(warning);
}

}  // namespace waverack::io
