#pragma once
// One field list per struct.
//
//   struct Fibre { double length = 500.0; … };
//   inline FieldList describe(Tag<Fibre>) {
//     return fields<Fibre>("Single-mode fibre.",
//         field<&Fibre::length>("length", "m", 0.0, 2e5, "Length of the fibre.").from(Kind::choice, "500 m:
//         IEEE 802.3 DR"), …);
//   }
//
// From this list come the strict reader, range errors, `waverack explain`, the reference pages and
// the JSON schema. A struct must be a plain aggregate without raw arrays; a member that is not
// listed does not compile.

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace waverack {

struct Node;
class ReadContext;

template <class T>
struct Tag {};

// What stands behind a number.
enum class Kind { choice, standard, datasheet, measured, simulated, derived, claim, assumed };
std::string_view kind_name(Kind kind);

struct Field;

// How one C++ type is read from and written to a Document. One object per type.
struct FieldType {
  std::string_view name;  // "number", "list of numbers", …
  void (*read)(ReadContext&, const Field&, const Node&, const std::string& path, void* out);
  Node (*write)(const Field&, const void* in);
  const struct FieldList* (*nested)();                   // described struct inside, or nullptr
  std::vector<std::string_view> (*choices)() = nullptr;  // names of an enumeration, or nullptr
};

struct Field {
  std::string_view key;                                   // empty for a member that is not part of the file
  std::string_view unit;                                  // unit shown to people; "" for ratios and counts
  double low = -std::numeric_limits<double>::infinity();  // allowed range, in `unit`
  double high = std::numeric_limits<double>::infinity();
  std::string_view text;  // one sentence
  bool required = false;
  Kind kind = Kind::assumed;  // of the default
  std::string_view source;    // of the default
  const FieldType* type = nullptr;
  const void* (*member)(const void* object) = nullptr;

  // The default's parent: what stands behind it and where it is printed.
  Field from(Kind k, std::string_view where) const;
  Field must_be_given() const;
};

struct FieldList {
  std::string_view summary;  // one sentence on the struct
  std::vector<Field> items;
  const Field* find(std::string_view key) const;
};

template <class T>
const FieldType& field_type();  // specialised in reader.hpp and wherever a new kind of member is made

namespace detail {

struct AnyValue {
  template <class U>
  operator U() const;
};

template <class T, class... Values>
consteval std::size_t member_count() {
  if constexpr (requires { T{Values{}..., AnyValue{}}; }) {
    return member_count<T, Values..., AnyValue>();
  } else {
    return sizeof...(Values);
  }
}

template <class>
struct MemberOf;
template <class S, class M>
struct MemberOf<M S::*> {
  using Struct = S;
  using Member = M;
};

template <auto pointer>
const void* member_address(const void* object) {
  using Struct = typename MemberOf<decltype(pointer)>::Struct;
  return &(static_cast<const Struct*>(object)->*pointer);
}

}  // namespace detail

// A described member. `low` and `high` are in `unit`.
template <auto pointer>
Field field(std::string_view key, std::string_view unit, double low, double high, std::string_view text) {
  Field f;
  f.key = key;
  f.unit = unit;
  f.low = low;
  f.high = high;
  f.text = text;
  f.type = &field_type<typename detail::MemberOf<decltype(pointer)>::Member>();
  f.member = &detail::member_address<pointer>;
  return f;
}

// A described member without unit or range: a text, a switch, a choice, a table.
template <auto pointer>
Field field(std::string_view key, std::string_view text) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return field<pointer>(key, "", -infinity, infinity, text).from(Kind::choice, "");
}

// A member that the file does not show: what io parsed, what a loader filled in.
template <auto pointer>
Field internal() {
  Field f;
  f.member = &detail::member_address<pointer>;
  return f;
}

template <class T, class... Fields>
FieldList fields(std::string_view summary, Fields... list) {
  static_assert(std::is_aggregate_v<T>, "a described struct is a plain aggregate");
  static_assert(detail::member_count<T>() == sizeof...(Fields),
                "describe() must list every member of the struct");
  return FieldList{summary, {list...}};
}

// The field list of T, built once.
template <class T>
const FieldList& fields_of() {
  static const FieldList list = describe(Tag<T>{});
  return list;
}

// For enumerations: specialise `enum_names` to a constexpr range of {name, value} pairs.
template <class E>
struct EnumName {
  std::string_view name;
  E value;
};
template <class E>
struct EnumNames;  // static constexpr std::array<EnumName<E>, n> list

template <class E>
std::string_view enum_name(E value) {
  for (const auto& item : EnumNames<E>::list)
    if (item.value == value) return item.name;
  return "?";
}

}  // namespace waverack
