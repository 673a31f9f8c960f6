#pragma once
// What the laws of parts share: one default instance of every part of the list.

#include <string>
#include <vector>

#include "waverack/base/reader.hpp"
#include "waverack/parts/part.hpp"

namespace waverack::parts {

// A matched two-port with 3 dB of loss at all frequencies.
inline constexpr const char* small_touchstone =
    "# GHZ S RI R 50\n"
    "0 0 0 0.7071 0 0.7071 0 0 0\n"
    "50 0 0 0.7071 0 0.7071 0 0 0\n"
    "100 0 0 0.7071 0 0.7071 0 0 0\n";

inline ReadSources sources_of_laws() {
  ReadSources sources;
  sources.load_file = [](std::string_view) { return std::string(small_touchstone); };
  sources.model = [](std::string_view) { return std::make_shared<const CustomModel>(); };
  return sources;
}

inline std::vector<Instance> read_instances(const Node& node, ReadContext& context) {
  std::vector<Instance> list;
  field_type<std::vector<Instance>>().read(context, Field{}, node, "lane.chain", &list);
  return list;
}

// One of every part with its defaults, read as a design would.
inline std::vector<Instance> default_instances() {
  Array array;
  for (const PartInfo& item : part_list()) {
    Table table;
    table.set("part", Node(item.type));
    for (const Field& field : item.fields->items)
      if (field.required) table.set(field.key, Node("channel.s2p"));
    array.push_back(Node(std::move(table)));
  }
  const ReadSources sources = sources_of_laws();
  ReadContext context(sources);
  return read_instances(Node(std::move(array)), context);
}

inline Conditions conditions_of_laws() {
  Conditions conditions;
  conditions.symbol_rate = 53.125e9;
  conditions.light = {10e-3, 1e-15, 1e6, 1310e-9, {}};
  return conditions;
}

}  // namespace waverack::parts
