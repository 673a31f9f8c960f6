#pragma once
// The strict reader and the writer: Document ↔ described structs.
//
// Errors (waverack::Error with file, line, path, what is allowed, nearest name): unknown key, missing key,
// wrong type, wrong dimension, out of range, not finite, unknown choice, duplicate key.
// A scalar may be plain ("2.2 V cm") or carry its parent:
//   { value = "2.2 V cm", source = "amf-dr8", kind = "measured" }

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "waverack/base/describe.hpp"
#include "waverack/base/document.hpp"
#include "waverack/base/provenance.hpp"
#include "waverack/base/text.hpp"
#include "waverack/base/units.hpp"

namespace waverack {

// What a read needs from outside: part cards and files, both provided by io (or by a test).
struct ReadSources {
  // The card of this name, or nullptr. A card is a table with the same keys as the part plus `part`.
  std::function<const Node*(std::string_view name)> card;
  std::function<std::vector<std::string>()> card_names;
  // The text of a file named in the design, resolved relative to it. Throws Error if it cannot be read.
  std::function<std::string(std::string_view file)> load_file;
  // The model that the embedding program registered under this name, or nullptr. Its type is the affair of
  // the part that asks (parts/custom.hpp).
  std::function<std::shared_ptr<const void>(std::string_view name)> model;
  std::function<std::vector<std::string>()> model_names;
  // The document of the profile of this kind that a text names. Throws Error if there is none.
  std::function<const Node&(std::string_view kind, const Node& name)> profile;
};

class ReadContext {
 public:
  explicit ReadContext(const ReadSources& sources) : sources_(&sources) {}
  const ReadSources& sources() const { return *sources_; }
  Provenance provenance;
  std::vector<Warning> warnings;

 private:
  const ReadSources* sources_;
};

// Reads the keys of `table` into `object`, described by `list`; keys in `also_allowed` are left to the
// caller.
void read_fields(ReadContext& context, const FieldList& list, const Node& table, const std::string& path,
                 void* object, const std::vector<std::string_view>& also_allowed = {});

// The table that reads back to `object`: every field, defaults filled in, in the order of the list. A number
// that is not finite ("no limit") is left out: a file cannot state it, so it is the default.
Table write_fields(const FieldList& list, const void* object);

template <class T>
T read(ReadContext& context, const Node& node, const std::string& path) {
  T object{};
  read_fields(context, fields_of<T>(), node, path, &object);
  return object;
}

template <class T>
Table write(const T& object) {
  return write_fields(fields_of<T>(), &object);
}

// "0.1 GBd to 1000 GBd", "at least 0 W", "any number": what a number of this field may be.
std::string range_text(const Field& field);

// The kind of source that a text names; throws Error for the key `kind` of `path` where there is none.
Kind parse_kind(const Node& node, const std::string& path);

// Throws the error for a value at `path`.
[[noreturn]] void fail(const Node& node, const std::string& path, std::string message,
                       std::string allowed = {}, std::string nearest = {});

namespace detail {

template <class E>
void read_enum(ReadContext&, const Field&, const Node& node, const std::string& path, void* out) {
  std::vector<std::string> names;
  std::string allowed;
  const std::string given = node.string() ? *node.string() : text_of(node);
  for (const auto& item : EnumNames<E>::list) {
    if (item.name == given) {
      *static_cast<E*>(out) = item.value;
      return;
    }
    names.emplace_back(item.name);
    allowed += (allowed.empty() ? "" : ", ") + std::string(item.name);
  }
  fail(node, path, "'" + given + "' is not a choice", allowed, nearest_name(given, names));
}

template <class E>
Node write_enum(const Field&, const void* in) {
  return Node(enum_name(*static_cast<const E*>(in)));
}

template <class E>
std::vector<std::string_view> enum_choices() {
  std::vector<std::string_view> names;
  for (const auto& item : EnumNames<E>::list) names.push_back(item.name);
  return names;
}

template <class T>
void read_struct(ReadContext& context, const Field&, const Node& node, const std::string& path, void* out) {
  read_fields(context, fields_of<T>(), node, path, out);
}

template <class T>
Node write_struct(const Field&, const void* in) {
  return Node(write_fields(fields_of<T>(), in));
}

template <class T>
const FieldList* nested_list() {
  return &fields_of<T>();
}

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {
  using Element = T;
};

// An element of an array of tables is addressed by its name where it has one, else by its index.
std::string element_path(const std::string& path, const Node& element, std::size_t index);
const Array& require_array(const Node& node, const std::string& path);

template <class T>
void read_struct_list(ReadContext& context, const Field&, const Node& node, const std::string& path,
                      void* out) {
  auto& list = *static_cast<std::vector<T>*>(out);
  list.clear();
  std::size_t index = 0;
  for (const Node& element : require_array(node, path))
    list.push_back(read<T>(context, element, element_path(path, element, index++)));
}

template <class T>
Node write_struct_list(const Field&, const void* in) {
  Array array;
  for (const T& element : *static_cast<const std::vector<T>*>(in)) array.push_back(Node(write(element)));
  return Node(std::move(array));
}

}  // namespace detail

template <>
const FieldType& field_type<double>();
template <>
const FieldType& field_type<int>();
template <>
const FieldType& field_type<bool>();
template <>
const FieldType& field_type<std::string>();
template <>
const FieldType& field_type<std::vector<double>>();
template <>
const FieldType& field_type<std::vector<int>>();
template <>
const FieldType& field_type<std::vector<std::string>>();

// Enumerations with EnumNames, described structs, and lists of described structs.
template <class T>
const FieldType& field_type() {
  if constexpr (std::is_enum_v<T>) {
    static const FieldType type{"choice", &detail::read_enum<T>, &detail::write_enum<T>, nullptr,
                                &detail::enum_choices<T>};
    return type;
  } else if constexpr (detail::IsVector<T>::value) {
    using Element = typename detail::IsVector<T>::Element;
    static const FieldType type{"list of tables", &detail::read_struct_list<Element>,
                                &detail::write_struct_list<Element>, &detail::nested_list<Element>};
    return type;
  } else {
    static const FieldType type{"table", &detail::read_struct<T>, &detail::write_struct<T>,
                                &detail::nested_list<T>};
    return type;
  }
}

}  // namespace waverack
