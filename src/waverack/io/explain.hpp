#pragma once
// What a path of a design or of a cluster's file means: read from the field lists, so it cannot differ from
// what the reader accepts.

#include <string>
#include <string_view>
#include <vector>

#include "waverack/io/terminal.hpp"

namespace waverack::io {

// The value that a part card gives to the key.
struct CardValue {
  std::string card;
  std::string value;
  std::string kind;
  std::string source;
};

// One key of a design or a cluster's file, or of one of their tables.
struct KeyText {
  std::string key;
  std::string meaning;
  std::string type;           // "number", "list of parts", …
  std::string unit;           // empty for ratios, counts and what is no number
  std::string range;          // "0.1 V cm to 10 V cm", or the choices; empty where any text will do
  std::string default_value;  // with its unit; empty where there is none
  std::string kind;           // what stands behind the default: "measured", "assumed", …
  std::string source;
  bool required = false;
};

struct Explanation {
  std::string path;              // as asked
  std::string title;             // of a table: what it is; of a part: its type
  std::vector<KeyText> keys;     // of a table: all of its keys; else the one key
  std::vector<CardValue> cards;  // of the key of a part
  std::vector<std::string> notes;
  bool table = false;
};

// `path` follows the rules of --set (base/document.hpp): "lane.symbol_rate", "module",
// "lane.chain.tia.noise_density". A part is addressed by its type or by its name in one of the built-in
// designs, and may stand alone: "tia". What begins with no key of a design and is no part is a path of a
// cluster's file: "hall.facility_water", "networks.back-end.planes". Throws Error with the nearest name for a
// path that leads nowhere. Cost: microseconds; a key of a part reads all cards.
Explanation explain(std::string_view path);

std::string explanation_text(const Explanation&, const Style&);

}  // namespace waverack::io
