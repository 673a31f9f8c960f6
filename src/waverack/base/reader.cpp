#include "waverack/base/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/ranged.hpp"

namespace waverack {

void fail(const Node& node, const std::string& path, std::string message, std::string allowed,
          std::string nearest) {
  throw Error(ErrorInfo{node.mark, path, std::move(message), std::move(allowed), std::move(nearest)});
}

namespace {

constexpr std::string_view kinds[] = {"choice",    "standard", "datasheet", "measured",
                                      "simulated", "derived",  "claim",     "assumed"};

}  // namespace

Kind parse_kind(const Node& node, const std::string& path) {
  std::vector<std::string> names(std::begin(kinds), std::end(kinds));
  const std::string given = text_of(node);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == given) return static_cast<Kind>(i);
  fail(node, path + ".kind", "'" + given + "' is not a kind of source",
       fmt::format("{}", fmt::join(names, ", ")), nearest_name(given, names));
}

std::string range_text(const Field& field) {
  const std::string unit = field.unit.empty() ? "" : " " + std::string(field.unit);
  const bool below = std::isfinite(field.low), above = std::isfinite(field.high);
  if (below && above) return fmt::format("{:g}{} to {:g}{}", field.low, unit, field.high, unit);
  if (below) return fmt::format("at least {:g}{}", field.low, unit);
  if (above) return fmt::format("at most {:g}{}", field.high, unit);
  return field.unit.empty() ? "any number" : "any value in " + std::string(field.unit);
}

namespace {

// The scalar inside `{ value = …, source = …, kind = … }`, with its origin; or the node itself.
const Node& unwrap(const Node& node, const std::string& path, Origin& origin) {
  origin.layer = node.layer;
  origin.mark = node.mark;
  const Table* table = node.table();
  const Node* value = table ? table->find("value") : nullptr;
  if (!value) return node;
  for (const auto& [key, item] : table->items) {
    if (key == "source")
      origin.source = text_of(item);
    else if (key == "kind")
      origin.kind = parse_kind(item, path);
    else if (key != "value" && key != "note")
      fail(item, join_path(path, key), "unknown key", "value, source, kind, note",
           nearest_name(key, {"value", "source", "kind", "note"}));
  }
  origin.mark = value->mark;
  return *value;
}

double scalar(const Field& field, const Node& node, const std::string& path) {
  double si = 0.0;
  const Unit unit = parse_unit(field.unit);
  const bool plain = unit.dimension == Dimension{} && unit.scale == Unit::Scale::linear;
  if (const auto* integer = std::get_if<std::int64_t>(&node.value)) {
    if (!plain) fail(node, path, fmt::format("{} has no unit", *integer), example_of(field.unit));
    si = static_cast<double>(*integer);
  } else if (const auto* number = std::get_if<double>(&node.value)) {
    if (!std::isfinite(*number)) fail(node, path, "the number is not finite", range_text(field));
    if (!plain) fail(node, path, fmt::format("{} has no unit", *number), example_of(field.unit));
    si = *number;
  } else if (const std::string* text = node.string()) {
    try {
      si = parse_quantity(*text, field.unit);
    } catch (const Error& error) {
      fail(node, path, error.info().message,
           error.info().allowed.empty() ? range_text(field) : error.info().allowed, error.info().nearest);
    }
  } else {
    fail(node, path, "expected a number, found " + kind_of(node), range_text(field));
  }
  const double shown = from_si(si, unit);
  // A bound typed by a person must not be missed by rounding.
  const double slack = 1e-12 * std::max(std::abs(field.low), std::abs(field.high));
  const double margin = std::isfinite(slack) ? slack : 1e-12 * std::abs(shown);
  if (!(shown >= field.low - margin && shown <= field.high + margin))
    fail(node, path, "'" + text_of(node) + "' is out of range", range_text(field));
  return si;
}

int whole(double number, const Field& field, const Node& node, const std::string& path) {
  if (number != std::floor(number) || std::abs(number) > 2e9)
    fail(node, path, "'" + text_of(node) + "' is not a whole number", range_text(field));
  return static_cast<int>(number);
}

void record(ReadContext& context, const std::string& path, Origin origin, const Node& value) {
  origin.value = text_of(value);
  context.provenance[path] = std::move(origin);
}

void read_double(ReadContext& context, const Field& field, const Node& node, const std::string& path,
                 void* out) {
  Origin origin;
  const Node& value = unwrap(node, path, origin);
  *static_cast<double*>(out) = scalar(field, value, path);
  record(context, path, std::move(origin), value);
}

Node write_double(const Field& field, const void* in) {
  const double si = *static_cast<const double*>(in);
  if (!std::isfinite(si)) return Node();  // no limit, not known: a default that no file can state
  if (field.unit.empty()) return Node(si);
  return Node(format_quantity_exact(si, field.unit));
}

void read_int(ReadContext& context, const Field& field, const Node& node, const std::string& path,
              void* out) {
  Origin origin;
  const Node& value = unwrap(node, path, origin);
  const double number = scalar(field, value, path);
  *static_cast<int*>(out) = whole(number, field, value, path);
  record(context, path, std::move(origin), value);
}

Node write_int(const Field&, const void* in) { return Node(*static_cast<const int*>(in)); }

void read_bool(ReadContext&, const Field&, const Node& node, const std::string& path, void* out) {
  const auto* flag = std::get_if<bool>(&node.value);
  if (!flag) fail(node, path, "expected true or false, found " + kind_of(node), "true, false");
  *static_cast<bool*>(out) = *flag;
}

Node write_bool(const Field&, const void* in) { return Node(*static_cast<const bool*>(in)); }

void read_string(ReadContext&, const Field&, const Node& node, const std::string& path, void* out) {
  if (!node.string()) fail(node, path, "expected a text, found " + kind_of(node), "a text in quotes");
  *static_cast<std::string*>(out) = *node.string();
}

Node write_string(const Field&, const void* in) { return Node(*static_cast<const std::string*>(in)); }

template <class Number>
void read_numbers(ReadContext& context, const Field& field, const Node& node, const std::string& path,
                  void* out) {
  Origin origin;
  const Node& value = unwrap(node, path, origin);
  auto& numbers = *static_cast<std::vector<Number>*>(out);
  numbers.clear();
  std::size_t index = 0;
  for (const Node& element : detail::require_array(value, path)) {
    const std::string element_path = fmt::format("{}[{}]", path, index++);
    const double number = scalar(field, element, element_path);
    if constexpr (std::is_integral_v<Number>)
      numbers.push_back(whole(number, field, element, element_path));
    else
      numbers.push_back(number);
  }
  record(context, path, std::move(origin), value);
}

Node write_doubles(const Field& field, const void* in) {
  Array array;
  for (const double si : *static_cast<const std::vector<double>*>(in))
    array.push_back(field.unit.empty() ? Node(si) : Node(format_quantity_exact(si, field.unit)));
  return Node(std::move(array));
}

Node write_ints(const Field&, const void* in) {
  Array array;
  for (const int number : *static_cast<const std::vector<int>*>(in)) array.push_back(Node(number));
  return Node(std::move(array));
}

void read_strings(ReadContext&, const Field&, const Node& node, const std::string& path, void* out) {
  auto& texts = *static_cast<std::vector<std::string>*>(out);
  texts.clear();
  for (const Node& element : detail::require_array(node, path)) {
    if (!element.string())
      fail(element, path, "expected a text, found " + kind_of(element), "texts in quotes");
    texts.push_back(*element.string());
  }
}

Node write_strings(const Field&, const void* in) {
  Array array;
  for (const std::string& text : *static_cast<const std::vector<std::string>*>(in))
    array.push_back(Node(text));
  return Node(std::move(array));
}

// Numbers left at the struct's default keep the default's parent.
void record_default(ReadContext& context, const Field& field, const void* object, const std::string& path) {
  if (field.type != &field_type<double>() && field.type != &field_type<int>() &&
      field.type != &field_type<std::vector<double>>() && field.type != &field_type<Ranged>())
    return;
  Origin origin;
  origin.kind = field.kind;
  origin.source = field.source;
  origin.layer = Layer::struct_default;
  Node written = field.type->write(field, field.member(object));
  if (const Table* range = written.table()) written = Node(*range->find("value"));
  origin.value = text_of(written);
  context.provenance[path] = std::move(origin);
}

void record_nested_defaults(ReadContext& context, const FieldList& list, const void* object,
                            const std::string& path) {
  for (const Field& field : list.items) {
    if (field.key.empty()) continue;
    const std::string field_path = join_path(path, field.key);
    record_default(context, field, object, field_path);
    if (field.type->nested && field.type->name == "table")
      record_nested_defaults(context, *field.type->nested(), field.member(object), field_path);
  }
}

}  // namespace

namespace detail {

std::string element_path(const std::string& path, const Node& element, std::size_t index) {
  const std::string name = element_name(element);
  return name.empty() ? fmt::format("{}[{}]", path, index) : join_path(path, name);
}

const Array& require_array(const Node& node, const std::string& path) {
  const Array* array = node.array();
  if (!array) fail(node, path, "expected a list, found " + kind_of(node), "a list in brackets");
  return *array;
}

}  // namespace detail

void read_fields(ReadContext& context, const FieldList& list, const Node& node, const std::string& path,
                 void* object, const std::vector<std::string_view>& also_allowed) {
  const Table* table = node.table();
  if (!table) fail(node, path, "expected a table, found " + kind_of(node));

  for (const auto& [key, value] : table->items) {
    if (table->find(key) != &value) fail(value, join_path(path, key), "duplicate key");
    if (list.find(key) || std::find(also_allowed.begin(), also_allowed.end(), key) != also_allowed.end())
      continue;
    std::vector<std::string> names;
    for (const Field& field : list.items)
      if (!field.key.empty()) names.emplace_back(field.key);
    names.insert(names.end(), also_allowed.begin(), also_allowed.end());
    fail(value, join_path(path, key), "unknown key", fmt::format("{}", fmt::join(names, ", ")),
         nearest_name(key, names));
  }
  for (const Field& field : list.items) {
    if (field.key.empty()) continue;
    const std::string field_path = join_path(path, field.key);
    void* member = const_cast<void*>(field.member(object));
    if (const Node* value = table->find(field.key)) {
      field.type->read(context, field, *value, field_path, member);
    } else if (field.required) {
      fail(node, field_path, "missing key: " + std::string(field.text),
           field.type == &field_type<double>() || field.type == &field_type<int>() ||
                   field.type == &field_type<Ranged>()
               ? range_text(field)
               : std::string(field.type->name));
    } else {
      record_default(context, field, object, field_path);
      if (field.type->nested && field.type->name == "table")
        record_nested_defaults(context, *field.type->nested(), member, field_path);
    }
  }
}

Table write_fields(const FieldList& list, const void* object) {
  Table table;
  for (const Field& field : list.items) {
    if (field.key.empty()) continue;
    Node value = field.type->write(field, field.member(object));
    if (!value.is_null()) table.items.emplace_back(std::string(field.key), std::move(value));
  }
  return table;
}

template <>
const FieldType& field_type<double>() {
  static const FieldType type{"number", &read_double, &write_double, nullptr};
  return type;
}
template <>
const FieldType& field_type<int>() {
  static const FieldType type{"whole number", &read_int, &write_int, nullptr};
  return type;
}
template <>
const FieldType& field_type<bool>() {
  static const FieldType type{"switch", &read_bool, &write_bool, nullptr};
  return type;
}
template <>
const FieldType& field_type<std::string>() {
  static const FieldType type{"text", &read_string, &write_string, nullptr};
  return type;
}
template <>
const FieldType& field_type<std::vector<double>>() {
  static const FieldType type{"list of numbers", &read_numbers<double>, &write_doubles, nullptr};
  return type;
}
template <>
const FieldType& field_type<std::vector<int>>() {
  static const FieldType type{"list of whole numbers", &read_numbers<int>, &write_ints, nullptr};
  return type;
}
template <>
const FieldType& field_type<std::vector<std::string>>() {
  static const FieldType type{"list of texts", &read_strings, &write_strings, nullptr};
  return type;
}

}  // namespace waverack
