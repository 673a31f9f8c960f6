#include "waverack/parts/spread.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"

namespace waverack::parts {
namespace {

constexpr std::string_view allowed_keys = "sigma, common, walk, distribution, kind, source, note";
const std::vector<std::string> known_keys{"sigma", "common", "walk", "distribution",
                                          "kind",  "source", "note"};

bool in_decibels(const Field& field) { return parse_unit(field.unit).scale != Unit::Scale::linear; }

// The text of a number that may carry its parent.
std::string text_inside(const Node& node) {
  const Node* value = node.table() ? node.table()->find("value") : nullptr;
  return text_of(value ? *value : node);
}

double read_number(ReadContext& context, const Node& node, const std::string& path, std::string_view unit,
                   double high) {
  Field field;
  field.unit = unit;
  field.low = 0.0;
  field.high = high;
  double number = 0.0;
  field_type<double>().read(context, field, node, path, &number);
  return number;
}

// `kind` and `source` of the whole table, for a number of the same file that states none of its own.
void inherit_parent(ReadContext& context, const Table& table, const std::string& path, const Node& number) {
  if (number.table()) return;
  Origin& origin = context.provenance.at(path);
  const Node *source = table.find("source"), *kind = table.find("kind");
  if (source && source->layer == number.layer) origin.source = text_of(*source);
  if (kind && kind->layer == number.layer) origin.kind = parse_kind(*kind, path);
}

Spread read_one(ReadContext& context, const Field& field, const Node& node, const std::string& key,
                const std::string& path) {
  const Table* table = node.table();
  if (!table)
    fail(node, path, "expected a table, found " + kind_of(node),
         "for example { sigma = \"3 %\", common = 0.5 }");
  for (const auto& [name, value] : table->items)
    if (std::find(known_keys.begin(), known_keys.end(), name) == known_keys.end())
      fail(value, join_path(path, name), "unknown key", std::string(allowed_keys),
           nearest_name(name, known_keys));

  Spread spread;
  spread.key = key;
  const auto number = [&](std::string_view name, std::string_view unit, double high) {
    const Node& value = *table->find(name);
    const double result = read_number(context, value, join_path(path, name), unit, high);
    inherit_parent(context, *table, join_path(path, name), value);
    return result;
  };
  const Node *sigma = table->find("sigma"), *walk = table->find("walk");
  if (!sigma && !walk)
    fail(node, join_path(path, "sigma"), "missing key: the standard deviation of the number",
         "for example sigma = \"3 %\"");
  const std::string stated = text_inside(sigma ? *sigma : *walk);
  const bool share = stated.find('%') != std::string::npos;
  spread.scale = share                ? SpreadScale::share
                 : in_decibels(field) ? SpreadScale::decibel
                                      : SpreadScale::difference;
  // Differences of temperatures are in kelvin, and a number in decibels varies by decibels.
  const std::string unit = share                                  ? ""
                           : spread.scale == SpreadScale::decibel ? "dB"
                           : field.unit == "degC"                 ? "K"
                                                                  : std::string(field.unit);
  if (sigma) spread.sigma = number("sigma", unit, std::numeric_limits<double>::infinity());
  if (sigma && spread.scale == SpreadScale::decibel) spread.sigma = to_db(spread.sigma);
  if (walk) {
    if (spread.scale == SpreadScale::decibel)
      fail(*walk, join_path(path, "walk"), "a number in decibels does not walk along the die",
           "sigma and common");
    const std::string per_root = (unit.empty() ? "1" : unit) + "/sqrt(m)";
    spread.walk = number("walk", per_root, std::numeric_limits<double>::infinity());
  }
  if (table->find("common")) spread.common = number("common", "", 1.0);
  if (const Node* distribution = table->find("distribution"))
    detail::read_enum<Distribution>(context, field, *distribution, join_path(path, "distribution"),
                                    &spread.distribution);
  return spread;
}

void read_table(ReadContext& context, const FieldList& list, const Node& node, const std::string& prefix,
                const std::string& path, std::vector<Spread>& out) {
  if (!node.table())
    fail(node, path, "expected a table, found " + kind_of(node), "one table for each number that varies");
  for (const auto& [key, value] : node.table()->items) {
    const std::string own_path = join_path(path, key), own_key = join_path(prefix, key);
    const Field* field = list.find(key);
    if (!field) {
      std::vector<std::string> names;
      for (const Field& item : list.items)
        if (item.type && (item.type == &field_type<double>() || item.type->name == "table"))
          names.emplace_back(item.key);
      fail(value, own_path, "the part has no '" + key + "'", fmt::format("{}", fmt::join(names, ", ")),
           nearest_name(key, names));
    }
    if (field->type->nested && field->type->name == "table")
      read_table(context, *field->type->nested(), value, own_key, own_path, out);
    else if (field->type == &field_type<double>())
      out.push_back(read_one(context, *field, value, own_key, own_path));
    else
      fail(value, own_path, "only numbers with a decimal point vary from piece to piece");
  }
}

std::string amount(double value, const Spread& spread, std::string_view unit) {
  switch (spread.scale) {
    case SpreadScale::share:
      return format_quantity_exact(value, "%");
    case SpreadScale::decibel:
      return fmt::format("{} dB", value);
    case SpreadScale::difference:
      break;
  }
  return format_quantity_exact(value, unit == "degC" ? "K" : unit);
}

}  // namespace

double deviated(double number, double deviation, SpreadScale scale, std::string_view unit) {
  switch (scale) {
    case SpreadScale::share:
      return number * (1.0 + deviation);
    case SpreadScale::decibel: {
      const Unit parsed = parse_unit(unit);
      return to_si(from_si(number, parsed) + deviation, parsed);
    }
    case SpreadScale::difference:
      break;
  }
  return number + deviation;
}

std::vector<Spread> read_spread(ReadContext& context, const FieldList& part, const Node& node,
                                const std::string& path) {
  std::vector<Spread> list;
  read_table(context, part, node, "", path, list);
  return list;
}

FoundField find_field(const FieldList& list, const void* object, std::string_view key) {
  const std::size_t dot = key.find('.');
  const Field* field = list.find(key.substr(0, dot));
  if (!field) return {};
  if (dot == std::string_view::npos) return {field, field->member(object)};
  if (!field->type->nested) return {};
  return find_field(*field->type->nested(), field->member(object), key.substr(dot + 1));
}

Node write_spread(const FieldList& part, const std::vector<Spread>& list) {
  Node root{Table{}};
  for (const Spread& spread : list) {
    Node* table = &root;
    const FieldList* fields = &part;
    const Field* field = nullptr;
    for (std::string_view rest = spread.key; !rest.empty();) {
      const std::size_t dot = std::min(rest.find('.'), rest.size());
      const std::string_view step = rest.substr(0, dot);
      rest.remove_prefix(std::min(dot + 1, rest.size()));
      field = fields->find(step);
      if (field->type->nested) fields = field->type->nested();
      Node* below = table->table()->find(step);
      table = below ? below : &table->table()->set(step, Node(Table{}));
    }
    Table own;
    if (spread.sigma > 0.0 || spread.walk == 0.0)
      own.set("sigma", field->unit.empty() && spread.scale == SpreadScale::difference
                           ? Node(spread.sigma)
                           : Node(amount(spread.sigma, spread, field->unit)));
    if (spread.walk > 0.0) {
      const std::string unit = spread.scale == SpreadScale::share ? "%"
                               : field->unit.empty()              ? "1"
                                                                  : std::string(field->unit);
      own.set("walk", Node(format_quantity_exact(spread.walk, unit + "/sqrt(m)")));
    }
    own.set("common", Node(spread.common));
    if (spread.distribution != Distribution::normal)
      own.set("distribution", Node(enum_name(spread.distribution)));
    *table = Node(std::move(own));
  }
  return root;
}

}  // namespace waverack::parts
