#include "waverack/base/describe.hpp"

namespace waverack {

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::choice:
      return "choice";
    case Kind::standard:
      return "standard";
    case Kind::datasheet:
      return "datasheet";
    case Kind::measured:
      return "measured";
    case Kind::simulated:
      return "simulated";
    case Kind::derived:
      return "derived";
    case Kind::claim:
      return "claim";
    case Kind::assumed:
      return "assumed";
  }
  return "?";
}

Field Field::from(Kind k, std::string_view where) const {
  Field f = *this;
  f.kind = k;
  f.source = where;
  return f;
}

Field Field::must_be_given() const {
  Field f = *this;
  f.required = true;
  return f;
}

const Field* FieldList::find(std::string_view key) const {
  for (const Field& field : items)
    if (!field.key.empty() && field.key == key) return &field;
  return nullptr;
}

}  // namespace waverack
