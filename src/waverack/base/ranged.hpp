#pragma once
// A number that is known within a range: what is expected, and between what it lies.
//
// In a file it is a scalar, "1889 W", known exactly, or a table:
//   gpu_power = { value = "1889 W", low = "1833 W", high = "1944 W", source = "…", kind = "claim" }
// `low` and `high` default to `value`; low ≤ value ≤ high, else Error.

#include <functional>
#include <string>

#include "waverack/base/reader.hpp"

namespace waverack {

struct Ranged {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};

inline Ranged exactly(double value) { return {value, value, value}; }

template <>
const FieldType& field_type<Ranged>();

// Where a number lies when `u` of its possible values lie below it, 0 ≤ u ≤ 1: the triangular distribution
// from low to high whose mode is `value`. An exact number is its value.
double quantile(const Ranged& number, double u);

// Calls `visit` for every Ranged of `object` with its path below `path`, nested tables included; lists of
// tables are the caller's, who knows their type.
void visit_ranged(const FieldList& list, void* object, const std::string& path,
                  const std::function<void(const std::string& path, const Field&, Ranged&)>& visit);

template <class T>
void visit_ranged(T& object, const std::string& path,
                  const std::function<void(const std::string& path, const Field&, Ranged&)>& visit) {
  visit_ranged(fields_of<T>(), &object, path, visit);
}

}  // namespace waverack
