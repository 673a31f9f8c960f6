#pragma once
// The Document: a small ordered tree of values that remembers where each came from. TOML and JSON are
// turned into it by io; --set and sweeps edit it; the strict reader (reader.hpp) turns it into structs.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "waverack/base/error.hpp"

namespace waverack {

// Which file a value came from. Precedence: struct default < card < design < --set.
enum class Layer { struct_default, card, design, set };
std::string_view layer_name(Layer layer);

struct Node;
using Array = std::vector<Node>;

// Keys in the order of the file. Lookup is linear: tables of a design have a few dozen keys at most.
struct Table {
  std::vector<std::pair<std::string, Node>> items;
  const Node* find(std::string_view key) const;
  Node* find(std::string_view key);
  Node& set(std::string_view key, Node value);  // replaces or appends
};

struct Node {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Table> value;
  Mark mark;
  Layer layer = Layer::design;

  Node() = default;
  Node(bool v) : value(v) {}
  Node(int v) : value(static_cast<std::int64_t>(v)) {}
  Node(std::int64_t v) : value(v) {}
  Node(double v) : value(v) {}
  Node(std::string v) : value(std::move(v)) {}
  Node(std::string_view v) : value(std::string(v)) {}
  Node(const char* v) : value(std::string(v)) {}
  Node(Array v) : value(std::move(v)) {}
  Node(Table v) : value(std::move(v)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(value); }
  const Table* table() const { return std::get_if<Table>(&value); }
  Table* table() { return std::get_if<Table>(&value); }
  const Array* array() const { return std::get_if<Array>(&value); }
  Array* array() { return std::get_if<Array>(&value); }
  const std::string* string() const { return std::get_if<std::string>(&value); }
};

// "a number", "a text", "a table", … for messages.
std::string kind_of(const Node& node);
// The value as a user would write it: 3, "500 m", [1, 2], {…}.
std::string text_of(const Node& node);

// Copies into `over` every key of `under` that `over` lacks, tables recursively; arrays and scalars are
// not merged. This is how a card lies below a design.
void merge_below(Table& over, const Table& under);

// Replaces the value at `path` ("lane.chain.tia.noise", "lane.chain.host_transmitter.taps[2]"), making
// tables on the way as needed. An array element is addressed by its `name`, else by its `part`.
// `text` is read as a bool or number where it is one, else as a string. Throws Error if an array
// has no such element.
void set_path(Node& root, std::string_view path, std::string_view text);

// The node at `path`, or nullptr; "" is the root. Same grammar as set_path.
const Node* find_path(const Node& root, std::string_view path);

// Name of an element of an array of tables: its `name`, else its `part`, else "".
std::string element_name(const Node& element);

}  // namespace waverack
