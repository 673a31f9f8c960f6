#pragma once
// The types of parts and their cards, as people look them up.

#include <string>
#include <string_view>
#include <vector>

#include "waverack/io/explain.hpp"
#include "waverack/parts/part.hpp"

namespace waverack::io {

struct PartType {
  std::string type;
  parts::Domain input, output;
  parts::Place place;
  const FieldList* fields;
  const void* defaults;  // a part of this type as its struct makes it
};

// In the order in which they stand along a lane.
const std::vector<PartType>& part_types();
const PartType* find_part(std::string_view type);

// The keys that every part of a chain has beside its own: part, name, card, place, spread, failures.
const std::vector<KeyText>& instance_keys();

struct CardText {
  std::string name;
  std::string part;
  std::string description;  // its first comment
};
std::vector<CardText> cards();
std::vector<std::string> cards_of(std::string_view type);

// What the built-in cards of a type of part say of the key at `key` ("v_pi_l", "input.noise_density").
std::vector<CardValue> card_values(std::string_view type, std::string_view key);

// The type of the part of this name in one of the built-in designs, or "".
std::string type_of_named_part(std::string_view name);

}  // namespace waverack::io
