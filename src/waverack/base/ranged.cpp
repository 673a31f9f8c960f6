#include "waverack/base/ranged.hpp"

#include <cmath>

namespace waverack {
namespace {

const FieldType& number_type() { return field_type<double>(); }

void read_ranged(ReadContext& context, const Field& field, const Node& node, const std::string& path,
                 void* out) {
  Ranged& number = *static_cast<Ranged*>(out);
  const Table* table = node.table();
  if (!table || !table->find("value")) {
    number_type().read(context, field, node, path, &number.value);
    number.low = number.high = number.value;
    return;
  }
  Node scalar = node;
  std::erase_if(scalar.table()->items,
                [](const auto& item) { return item.first == "low" || item.first == "high"; });
  number_type().read(context, field, scalar, path, &number.value);
  // Bounds have no parents of their own.
  ReadContext bounds(context.sources());
  const auto bound = [&](const char* key) {
    double value = number.value;
    if (const Node* given = table->find(key))
      number_type().read(bounds, field, *given, join_path(path, key), &value);
    return value;
  };
  number.low = bound("low");
  number.high = bound("high");
  if (number.low > number.value)
    fail(*table->find("low"), join_path(path, "low"), "the lower bound is above the value",
         "at most " + text_of(*table->find("value")));
  if (number.high < number.value)
    fail(*table->find("high"), join_path(path, "high"), "the upper bound is below the value",
         "at least " + text_of(*table->find("value")));
}

Node write_ranged(const Field& field, const void* in) {
  const Ranged& number = *static_cast<const Ranged*>(in);
  if (number.low == number.value && number.high == number.value)
    return number_type().write(field, &number.value);
  Table table;
  table.set("value", number_type().write(field, &number.value));
  table.set("low", number_type().write(field, &number.low));
  table.set("high", number_type().write(field, &number.high));
  return Node(std::move(table));
}

}  // namespace

template <>
const FieldType& field_type<Ranged>() {
  static const FieldType type{"number with a range", &read_ranged, &write_ranged, nullptr};
  return type;
}

double quantile(const Ranged& number, double u) {
  const double width = number.high - number.low;
  if (!(width > 0.0)) return number.value;
  const double below = (number.value - number.low) / width;
  if (u < below) return number.low + std::sqrt(u * width * (number.value - number.low));
  return number.high - std::sqrt((1.0 - u) * width * (number.high - number.value));
}

void visit_ranged(const FieldList& list, void* object, const std::string& path,
                  const std::function<void(const std::string& path, const Field&, Ranged&)>& visit) {
  for (const Field& field : list.items) {
    if (field.key.empty()) continue;
    void* member = const_cast<void*>(field.member(object));
    if (field.type == &field_type<Ranged>())
      visit(join_path(path, field.key), field, *static_cast<Ranged*>(member));
    else if (field.type->nested && field.type->name == "table")
      visit_ranged(*field.type->nested(), member, join_path(path, field.key), visit);
  }
}

}  // namespace waverack
