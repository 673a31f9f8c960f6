#include "waverack/io/schema.hpp"

#include <cmath>

#include "waverack/cluster/installation.hpp"
#include "waverack/design/design.hpp"
#include "waverack/io/embedded.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/part_catalogue.hpp"

namespace waverack::io {
namespace {

class Writer {
 public:
  std::string design() {
    return file("A waverack design", fields_of<Design>(), [&] {
      quantity_definition();
      part_definition();
    });
  }

  std::string cluster() {
    return file("A cluster of waverack", fields_of<cluster::Installation>(), [&] {
      quantity_definition();
      ranged_definition();
    });
  }

 private:
  template <class Body>
  std::string file(std::string_view title, const FieldList& list, const Body& definitions) {
    json_.begin_object();
    json_.member("$schema", "https://json-schema.org/draft/2020-12/schema");
    json_.member("title", title);
    table_body(list);
    json_.key("$defs");
    json_.begin_object();
    definitions();
    json_.end_object();
    json_.end_object();
    return json_.take();
  }

  template <class Body>
  void object(std::string_view key, const Body& body) {
    json_.key(key);
    json_.begin_object();
    body();
    json_.end_object();
  }

  void strings(std::string_view key, const std::vector<std::string_view>& texts) {
    json_.key(key);
    json_.begin_array();
    for (std::string_view text : texts) json_.value(text);
    json_.end_array();
  }

  void reference(std::string_view name) { json_.member("$ref", "#/$defs/" + std::string(name)); }

  // The members of a table's schema into the object that is open.
  // `also`: keys that may stand beside those of the list; a part's keys may all be left to its card.
  void table_body(const FieldList& list, const std::vector<std::string_view>& also = {}, bool part = false) {
    json_.member("type", "object");
    json_.member("description", list.summary);
    object("properties", [&] {
      for (const Field& field : list.items)
        if (!field.key.empty()) object(field.key, [&] { field_body(field); });
      for (const std::string_view key : also) json_.key(key), json_.value(true);
    });
    json_.member("additionalProperties", false);
    // What a part must have, its card may give.
    std::vector<std::string_view> required;
    for (const Field& field : list.items)
      if (field.required && !part) required.push_back(field.key);
    if (!required.empty()) strings("required", required);
  }

  void field_body(const Field& field) {
    const FieldType* type = field.type;
    if (type->nested && type->name == "table") return table_body(*type->nested());
    json_.member("description", description(field));
    if (type->nested && type->name == "profile") {
      json_.key("anyOf");
      json_.begin_array();
      json_.begin_object();
      json_.member("type", "string");
      json_.end_object();
      json_.begin_object();
      table_body(*type->nested(), {"name"});
      json_.end_object();
      // What it leaves out, the profile below it has.
      json_.begin_object();
      table_body(*type->nested(), {"name", "based_on"}, true);
      strings("required", {"based_on"});
      json_.end_object();
      return json_.end_array();
    }
    if (type->nested) {
      json_.member("type", "array");
      return object("items", [&] { table_body(*type->nested()); });
    }
    if (type->choices) return strings("enum", type->choices());
    if (type == &field_type<std::vector<parts::Instance>>()) {
      json_.member("type", "array");
      return object("items", [&] { reference("part"); });
    }
    if (type == &field_type<bool>()) return json_.member("type", "boolean");
    if (type == &field_type<std::string>() || type == &field_type<parts::ResponseFile>() ||
        type == &field_type<link::NetworkFile>() || type == &field_type<cluster::WeatherFile>())
      return json_.member("type", "string");
    if (type == &field_type<std::vector<std::string>>()) {
      json_.member("type", "array");
      return object("items", [&] { json_.member("type", "string"); });
    }
    // Numbers, which may carry their parent.
    if (type == &field_type<Ranged>())
      return reference(field.unit.empty() ? "ranged_number" : "ranged_quantity");
    reference(field.unit.empty() ? "number" : "quantity");
  }

  static std::string description(const Field& field) {
    const bool number = field.type == &field_type<double>() || field.type == &field_type<int>() ||
                        field.type == &field_type<Ranged>() ||
                        field.type == &field_type<std::vector<double>>() ||
                        field.type == &field_type<std::vector<int>>();
    return std::string(field.text) + (number ? " Range: " + range_text(field) + "." : "");
  }

  // "2.2 V cm", a bare number where there is no unit, a list of either, or any of them with its parent.
  void quantity_definition() {
    for (const bool bare : {false, true}) {
      const std::string name = bare ? "number" : "quantity";
      const auto scalar = [&] {
        if (bare)
          strings("type", {"number", "string"});
        else
          json_.member("type", "string");
      };
      object(name + "_value", [&] {
        json_.key("anyOf");
        json_.begin_array();
        json_.begin_object();
        scalar();
        json_.end_object();
        json_.begin_object();
        json_.member("type", "array");
        object("items", scalar);
        json_.end_object();
        json_.end_array();
      });
      object(name, [&] {
        json_.key("anyOf");
        json_.begin_array();
        json_.begin_object();
        reference(name + "_value");
        json_.end_object();
        json_.begin_object();
        parent_body(name + "_value");
        json_.end_object();
        json_.end_array();
      });
    }
  }

  // A number that may also be a table with the bounds between which it lies.
  void ranged_definition() {
    for (const std::string name : {"number", "quantity"})
      object("ranged_" + name, [&] {
        json_.key("anyOf");
        json_.begin_array();
        json_.begin_object();
        reference(name + "_value");
        json_.end_object();
        json_.begin_object();
        parent_body(name + "_value", {"low", "high"});
        json_.end_object();
        json_.end_array();
      });
  }

  // `also`: keys of further values of the same kind.
  void parent_body(const std::string& value, const std::vector<std::string>& also = {}) {
    json_.member("type", "object");
    object("properties", [&] {
      object("value", [&] { reference(value); });
      for (const std::string& key : also) object(key, [&] { reference(value); });
      object("source", [&] { json_.member("type", "string"); });
      object("kind", [&] {
        std::vector<std::string_view> kinds;
        for (int kind = 0; kind <= static_cast<int>(Kind::assumed); ++kind)
          kinds.push_back(kind_name(static_cast<Kind>(kind)));
        strings("enum", kinds);
      });
      object("note", [&] { json_.member("type", "string"); });
    });
    json_.member("additionalProperties", false);
    strings("required", {"value"});
  }

  // The type of a part decides which keys it may have; a part that takes its type from its card is not
  // checked here.
  void part_definition() {
    object("part", [&] {
      json_.member("type", "object");
      json_.member("description", "A part of the chain. It has a `part`, a `card`, or both.");
      object("properties", [&] {
        for (const KeyText& key : instance_keys()) {
          object(key.key, [&] {
            if (key.key == "failures") return table_body(fields_of<parts::FailureRate>(), {}, true);
            json_.member("description", key.meaning);
            if (!key.unit.empty()) return reference("quantity");
            json_.member("type", key.type == "table" ? "object" : "string");
            if (key.key == "part") {
              std::vector<std::string_view> types;
              for (const PartType& part : part_types()) types.push_back(part.type);
              strings("enum", types);
            }
            if (key.key == "place") strings("enum", {"host", "module", "laser"});
          });
        }
      });
      json_.key("anyOf");
      json_.begin_array();
      for (std::string_view key : {"part", "card"}) {
        json_.begin_object();
        strings("required", {key});
        json_.end_object();
      }
      json_.end_array();
      json_.key("allOf");
      json_.begin_array();
      for (const PartType& part : part_types()) part_choice(part);
      json_.end_array();
    });
    std::vector<std::string_view> also;
    for (const KeyText& key : instance_keys()) also.push_back(key.key);
    for (const PartType& part : part_types())
      object("part_" + part.type, [&] { table_body(*part.fields, also, true); });
  }

  void part_choice(const PartType& part) {
    json_.begin_object();
    object("if", [&] {
      object("properties", [&] { object("part", [&] { json_.member("const", part.type); }); });
      strings("required", {"part"});
    });
    object("then", [&] { reference("part_" + part.type); });
    json_.end_object();
  }

  JsonWriter json_;
};

}  // namespace

std::string design_schema() { return Writer().design(); }

std::string cluster_schema() { return Writer().cluster(); }

std::string_view result_schema() { return embedded_schemas().front().text; }

}  // namespace waverack::io
