#include "waverack/io/design_document.hpp"

#include <cmath>

namespace waverack::io {
namespace {

bool is_finite(const Node& node) {
  const double* number = std::get_if<double>(&node.value);
  return !number || std::isfinite(*number);
}

bool is_list_of_tables(const Node& node) {
  return node.array() && !node.array()->empty() && node.array()->front().table();
}

Node with_parents(const Node& node, const std::string& path, const Provenance& provenance) {
  if (const Table* table = node.table()) {
    Table result;
    for (const auto& [key, value] : table->items)
      if (is_finite(value))
        result.items.emplace_back(key, with_parents(value, join_path(path, key), provenance));
    return result;
  }
  if (is_list_of_tables(node)) {
    Array result;
    for (std::size_t i = 0; i < node.array()->size(); ++i) {
      const Node& element = (*node.array())[i];
      result.push_back(with_parents(element, detail::element_path(path, element, i), provenance));
    }
    return result;
  }
  const auto origin = provenance.find(path);
  if (origin == provenance.end()) return node;
  const auto& [kind, source, layer, text, mark] = origin->second;
  if (kind == Kind::choice && source.empty()) return node;
  Table result;
  result.set("value", node);
  if (!source.empty()) result.set("source", Node(source));
  result.set("kind", Node(kind_name(kind)));
  return result;
}

}  // namespace

Table with_parents(const Table& written, const Provenance& provenance) {
  return std::move(*with_parents(Node(written), "", provenance).table());
}

Table design_document(const LoadedDesign& loaded) {
  return with_parents(write(loaded.design), loaded.provenance);
}

}  // namespace waverack::io
