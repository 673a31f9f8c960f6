#pragma once
// Where each number of a run came from, kept beside the structs and keyed by path.

#include <map>
#include <string>

#include "waverack/base/describe.hpp"
#include "waverack/base/document.hpp"

namespace waverack {

struct Origin {
  Kind kind = Kind::choice;
  std::string source;  // reference and place; may be empty for a choice
  Layer layer = Layer::design;
  std::string value;  // as written, with unit
  Mark mark;          // of the file, unless it is a struct default
};

// path → origin of every number that was read or defaulted.
using Provenance = std::map<std::string, Origin>;

// A model outside its range, an assumption worth knowing: recorded in the result, never printed.
struct Warning {
  std::string path;
  std::string message;
};

}  // namespace waverack
