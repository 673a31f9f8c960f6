#include "waverack/base/document.hpp"

#include <fmt/format.h>

#include <charconv>

#include "waverack/base/text.hpp"

namespace waverack {

std::string_view layer_name(Layer layer) {
  switch (layer) {
    case Layer::struct_default:
      return "default";
    case Layer::card:
      return "card";
    case Layer::design:
      return "design";
    case Layer::set:
      return "--set";
  }
  return "?";
}

const Node* Table::find(std::string_view key) const {
  for (const auto& item : items)
    if (item.first == key) return &item.second;
  return nullptr;
}

Node* Table::find(std::string_view key) { return const_cast<Node*>(std::as_const(*this).find(key)); }

Node& Table::set(std::string_view key, Node value) {
  if (Node* existing = find(key)) {
    *existing = std::move(value);
    return *existing;
  }
  items.emplace_back(std::string(key), std::move(value));
  return items.back().second;
}

std::string kind_of(const Node& node) {
  constexpr std::string_view names[] = {"nothing", "a switch", "a whole number", "a number",
                                        "a text",  "a list",   "a table"};
  return std::string(names[node.value.index()]);
}

std::string text_of(const Node& node) {
  if (const auto* flag = std::get_if<bool>(&node.value)) return *flag ? "true" : "false";
  if (const auto* integer = std::get_if<std::int64_t>(&node.value)) return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&node.value)) return fmt::format("{}", *number);
  if (const auto* text = node.string()) return *text;
  if (const Array* array = node.array()) {
    std::string text = "[";
    for (const Node& element : *array) text += (text.size() > 1 ? ", " : "") + text_of(element);
    return text + "]";
  }
  return node.table() ? "{…}" : "nothing";
}

void merge_below(Table& over, const Table& under) {
  for (const auto& [key, value] : under.items) {
    Node* existing = over.find(key);
    if (!existing) {
      over.items.emplace_back(key, value);
    } else if (Table* table = existing->table(); table && value.table() && !table->find("value")) {
      merge_below(*table, *value.table());
    }
  }
}

std::string element_name(const Node& element) {
  if (const Table* table = element.table())
    for (std::string_view key : {"name", "part"})
      if (const Node* node = table->find(key); node && node->string()) return *node->string();
  return "";
}

namespace {

// One step of a path: a key, and an index if written as key[3].
struct Step {
  std::string_view key;
  int index = -1;
};

std::vector<Step> split_path(std::string_view path) {
  const std::string_view whole = path;
  std::vector<Step> steps;
  while (true) {
    const std::size_t dot = path.find('.');
    std::string_view part = path.substr(0, dot);
    Step step{part, -1};
    if (const std::size_t bracket = part.find('['); bracket != std::string_view::npos) {
      const std::string_view digits = part.substr(bracket + 1);
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), step.index);
      if (error != std::errc() || step.index < 0 ||
          std::string_view(end, digits.data() + digits.size()) != "]")
        throw Error("cannot read the index in '" + std::string(part) + "'; write taps[2]");
      step.key = part.substr(0, bracket);
    }
    if (step.key.empty()) throw Error("the path '" + std::string(whole) + "' has an empty name");
    steps.push_back(step);
    if (dot == std::string_view::npos) break;
    path = path.substr(dot + 1);
  }
  return steps;
}

Node* descend(Node& node, const Step& step) {
  Node* next = nullptr;
  if (Table* table = node.table()) {
    next = table->find(step.key);
  } else if (Array* array = node.array()) {
    for (Node& element : *array)
      if (element_name(element) == step.key) next = &element;
  }
  if (next && step.index >= 0) {
    Array* array = next->array();
    if (!array || static_cast<std::size_t>(step.index) >= array->size()) return nullptr;
    next = &(*array)[static_cast<std::size_t>(step.index)];
  }
  return next;
}

Node scalar_of(std::string_view text) {
  if (text == "true") return Node(true);
  if (text == "false") return Node(false);
  std::int64_t integer = 0;
  const char* last = text.data() + text.size();
  if (const auto [end, error] = std::from_chars(text.data(), last, integer);
      error == std::errc() && end == last)
    return Node(integer);
  double number = 0.0;
  if (const auto [end, error] = std::from_chars(text.data(), last, number);
      error == std::errc() && end == last)
    return Node(number);
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']') {
    Array array;
    std::string_view rest = text.substr(1, text.size() - 2);
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      std::string_view item = rest.substr(0, comma);
      while (item.starts_with(' ')) item.remove_prefix(1);
      while (item.ends_with(' ')) item.remove_suffix(1);
      array.push_back(scalar_of(item));
      rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    return Node(std::move(array));
  }
  return Node(std::string(text));
}

void stamp(Node& node, const Mark& mark) {
  node.mark = mark;
  node.layer = Layer::set;
  if (Array* array = node.array())
    for (Node& element : *array) stamp(element, mark);
}

}  // namespace

void set_path(Node& root, std::string_view path, std::string_view text) {
  const std::vector<Step> steps = split_path(path);
  Node value = scalar_of(text);
  stamp(value, Mark{"--set " + std::string(path) + "=" + std::string(text), 0, 0});
  Node* node = &root;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Node* next = descend(*node, steps[i]);
    if (!next) {
      if (const Array* array = node->array()) {
        std::vector<std::string> names;
        for (const Node& element : *array) names.push_back(element_name(element));
        std::string allowed;
        for (const std::string& name : names) allowed += (allowed.empty() ? "" : ", ") + name;
        throw Error(ErrorInfo{{"--set", 0, 0},
                              std::string(path),
                              "there is no '" + std::string(steps[i].key) + "'",
                              allowed,
                              nearest_name(steps[i].key, names)});
      }
      Table* table = node->table();
      if (const Node* list = table && steps[i].index >= 0 ? table->find(steps[i].key) : nullptr;
          list && list->array())
        throw Error(ErrorInfo{{"--set", 0, 0},
                              std::string(path),
                              fmt::format("there is no element {}", steps[i].index),
                              fmt::format("0 to {}", static_cast<int>(list->array()->size()) - 1),
                              {}});
      if (!table || steps[i].index >= 0)
        throw Error(ErrorInfo{{"--set", 0, 0},
                              std::string(path),
                              "'" + std::string(steps[i].key) + "' is not something that can be set",
                              {},
                              {}});
      next = &table->set(steps[i].key, Node(Table{}));
    }
    node = next;
  }
  *node = std::move(value);
}

const Node* find_path(const Node& root, std::string_view path) {
  Node* node = const_cast<Node*>(&root);
  if (path.empty()) return node;
  for (const Step& step : split_path(path)) {
    node = descend(*node, step);
    if (!node) return nullptr;
  }
  return node;
}

}  // namespace waverack
