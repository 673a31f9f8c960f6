#pragma once
// A table of a document from its keys and values.

#include <initializer_list>
#include <string>
#include <utility>

#include "waverack/base/document.hpp"

namespace waverack {

inline Table table_of(std::initializer_list<std::pair<std::string, Node>> items) {
  return Table{{items.begin(), items.end()}};
}

}  // namespace waverack
