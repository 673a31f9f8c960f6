// The only file that includes toml++.
#include "waverack/io/toml_reader.hpp"

#include <toml++/toml.h>

#include <algorithm>

namespace waverack::io {
namespace {

// toml++ limits the depth of brackets but not of dotted keys, and a tree's destructor recurses.
constexpr int deepest_key = 100;

Mark mark_of(const toml::source_region& source, const std::string& file) {
  return {file, static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

void check_depth(std::string_view text, const std::string& file) {
  int line = 1, dots = 0;
  for (const char c : text) {
    if (c == '\n') ++line;
    if (c == '\n' || c == '=' || c == ',') dots = 0;
    if (c == '.' && ++dots > 10 * deepest_key)
      throw Error(ErrorInfo{{file, line, 0}, {}, "keys are nested too deep", "at most 100 levels", {}});
  }
}

class Converter {
 public:
  Converter(const std::string& file, Layer layer) : file_(file), layer_(layer) {}

  Node convert(const toml::node& node, int depth) const {
    Node result;
    result.mark = mark_of(node.source(), file_);
    result.layer = layer_;
    if (depth > deepest_key) fail(result.mark, "keys are nested too deep", "at most 100 levels");
    switch (node.type()) {
      case toml::node_type::table:
        result.value = convert_table(*node.as_table(), depth);
        break;
      case toml::node_type::array: {
        Array array;
        for (const toml::node& element : *node.as_array()) array.push_back(convert(element, depth + 1));
        result.value = std::move(array);
        break;
      }
      case toml::node_type::string:
        result.value = node.as_string()->get();
        break;
      case toml::node_type::integer:
        result.value = node.as_integer()->get();
        break;
      case toml::node_type::floating_point:
        result.value = node.as_floating_point()->get();
        break;
      case toml::node_type::boolean:
        result.value = node.as_boolean()->get();
        break;
      default:
        fail(result.mark, "dates and times are not used here", "a number, a text in quotes, true, false");
    }
    return result;
  }

 private:
  // toml++ sorts keys by name; people and error messages want the order of the file.
  Table convert_table(const toml::table& table, int depth) const {
    struct Item {
      toml::source_position at;
      const toml::key* key;
      const toml::node* node;
    };
    std::vector<Item> items;
    for (const auto& [key, node] : table) items.push_back({key.source().begin, &key, &node});
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.at < b.at; });
    Table result;
    for (const Item& item : items) {
      Node node = convert(*item.node, depth + 1);
      // The key names the place best; a table's own mark is its bracket, an array's its first element.
      node.mark.line = static_cast<int>(item.at.line);
      node.mark.column = static_cast<int>(item.at.column);
      result.items.emplace_back(std::string(item.key->str()), std::move(node));
    }
    return result;
  }

  [[noreturn]] void fail(const Mark& mark, std::string message, std::string allowed) const {
    throw Error(ErrorInfo{mark, {}, std::move(message), std::move(allowed), {}});
  }

  const std::string& file_;
  Layer layer_;
};

}  // namespace

Node parse_toml(std::string_view text, const std::string& file, Layer layer) {
  check_depth(text, file);
  try {
    const toml::table table = toml::parse(text, std::string_view(file));
    return Converter(file, layer).convert(table, 0);
  } catch (const toml::parse_error& error) {
    throw Error(ErrorInfo{
        mark_of(error.source(), file), {}, "not valid TOML: " + std::string(error.description()), {}, {}});
  }
}

}  // namespace waverack::io
