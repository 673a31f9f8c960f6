#pragma once
// A profile as a member of a described struct: limits and receivers of a standard, named or stated in full.

#include <memory>
#include <string>

#include "waverack/base/reader.hpp"

namespace waverack {

// The kind of profile that states a struct: its folder of profiles/. Specialise with a static constexpr
// std::string_view `name`.
template <class T>
struct ProfileKind;

// In a file it is the name of a profile, "1.6tbase-dr8", or a table with the keys of T and a `name`, as
// results write it. Such a table may state `based_on`, the name of a profile that has what it leaves out.
// Without a profile `value` is empty.
template <class T>
struct ProfileOf {
  std::string name;
  std::shared_ptr<const T> value;
};

namespace detail {

// The table that a node stands for, with what it is based on; null where the node names nothing. `name` is
// set.
Node profile_table(ReadContext&, std::string_view kind, const Node& node, const std::string& path,
                   std::string& name);

template <class T>
void read_profile(ReadContext& context, const Field&, const Node& node, const std::string& path, void* out) {
  ProfileOf<T>& profile = *static_cast<ProfileOf<T>*>(out);
  profile = {};
  const Node document = profile_table(context, ProfileKind<T>::name, node, path, profile.name);
  if (document.is_null()) return;
  T value{};
  read_fields(context, fields_of<T>(), document, path, &value, {"name", "based_on"});
  profile.value = std::make_shared<const T>(std::move(value));
}

template <class T>
Node write_profile(const Field&, const void* in) {
  const ProfileOf<T>& profile = *static_cast<const ProfileOf<T>*>(in);
  if (!profile.value) return {};
  Table table;
  table.set("name", Node(profile.name));
  for (auto& item : write(*profile.value).items) table.items.push_back(std::move(item));
  return Node(std::move(table));
}

// For the specialisation of field_type<ProfileOf<T>>.
template <class T>
const FieldType& profile_type() {
  static const FieldType type{"profile", &read_profile<T>, &write_profile<T>, &nested_list<T>};
  return type;
}

}  // namespace detail

}  // namespace waverack
