// Reading and writing of every part, and the table of which part has which function.

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "laws/parts_laws.hpp"

namespace waverack::parts {
namespace {

TEST(PartFiles, WriteThenReadIsTheIdentity) {
  const std::vector<Instance> first = default_instances();
  const Node written = field_type<std::vector<Instance>>().write(Field{}, &first);
  const ReadSources sources = sources_of_laws();
  ReadContext context(sources);
  const std::vector<Instance> second = read_instances(written, context);
  const Node again = field_type<std::vector<Instance>>().write(Field{}, &second);
  EXPECT_EQ(text_of(written), text_of(again));
}

TEST(PartFiles, EveryDefaultLiesInItsRange) {
  // read_instances checks the range of what it reads; default_instances leaves everything to the
  // initialisers.
  const std::vector<Instance> list = default_instances();
  const Node written = field_type<std::vector<Instance>>().write(Field{}, &list);
  const ReadSources sources = sources_of_laws();
  ReadContext context(sources);
  EXPECT_NO_THROW(read_instances(written, context));
}

TEST(PartFiles, NamesAreUniqueAndDescribed) {
  std::set<std::string_view> types;
  for (const PartInfo& item : part_list()) {
    EXPECT_TRUE(types.insert(item.type).second) << item.type;
    EXPECT_FALSE(item.fields->summary.empty()) << item.type;
    std::set<std::string_view> keys;
    for (const Field& field : item.fields->items) {
      if (field.key.empty()) continue;
      EXPECT_TRUE(keys.insert(field.key).second) << item.type << "." << field.key;
      EXPECT_FALSE(field.text.empty()) << item.type << "." << field.key;
    }
  }
}

// Every default number names its parent; only a choice may stand for itself.
TEST(PartFiles, EveryDefaultHasASource) {
  const ReadSources sources = sources_of_laws();
  ReadContext context(sources);
  Array array;
  for (const PartInfo& item : part_list()) {
    Table table;
    table.set("part", Node(item.type));
    for (const Field& field : item.fields->items)
      if (field.required) table.set(field.key, Node("channel.s2p"));
    array.push_back(Node(std::move(table)));
  }
  read_instances(Node(std::move(array)), context);
  EXPECT_GT(context.provenance.size(), 80u);
  for (const auto& [path, origin] : context.provenance)
    EXPECT_TRUE(origin.kind == Kind::choice || !origin.source.empty()) << path;
}

std::string function_table() {
  std::ostringstream text;
  text << "# part: input -> output, place; functions. Written by tests/laws/parts_files_test.cpp.\n";
  for (const PartInfo& item : part_list()) {
    text << item.type << ": " << domain_name(item.input) << " -> " << domain_name(item.output) << ", "
         << place_name(item.place) << ";";
    const std::pair<bool, const char*> functions[] = {{item.has_response, "response"},
                                                      {item.has_apply, "apply slope"},
                                                      {item.has_input_response, "input_response"},
                                                      {item.has_output_response, "output_response"},
                                                      {item.has_dynamics, "dynamics"},
                                                      {item.has_intensity_response, "intensity_response"},
                                                      {item.has_high_pass, "high_pass_corner"},
                                                      {item.has_noise, "noise"},
                                                      {item.has_power, "power"},
                                                      {item.has_reflectance, "reflectance"},
                                                      {item.has_latency, "latency"},
                                                      {item.has_optical_loss, "optical_loss"},
                                                      {item.has_remarks, "remarks"},
                                                      {item.has_resolve, "resolve"},
                                                      {item.has_unused, "unused"},
                                                      {item.has_action, "action"},
                                                      {item.has_branch_response, "branch_response"},
                                                      {item.has_line_elements, "line_elements"}};
    for (const auto& [has, name] : functions)
      if (has) text << " " << name;
    text << "\n";
  }
  return text.str();
}

// A mistyped signature makes a function vanish from this table. If the change is meant, put the printed text
// into the golden file and say why in the commit.
TEST(PartFiles, FunctionsOfEveryPart) {
  std::ifstream file(WAVERACK_SOURCE_DIR "/tests/golden/part_functions.txt");
  ASSERT_TRUE(file) << "missing tests/golden/part_functions.txt; it should be:\n" << function_table();
  std::ostringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(golden.str(), function_table());
}

}  // namespace
}  // namespace waverack::parts
