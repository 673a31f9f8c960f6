#include "waverack/io/gnpy_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "waverack/base/text.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/json_reader.hpp"

namespace waverack::io {

namespace {

std::string list_text(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > most) text += fmt::format(" and {} more", names.size() - most);
  return text;
}

const Node* present(const GnpyTable& from, std::string_view key) {
  const Node* node = from.table ? from.table->find(key) : nullptr;
  return node && !node->is_null() ? node : nullptr;
}

GnpyTable table_of(const Node& node, std::string path, const Mark& mark) {
  GnpyTable result{node.table(), std::move(path), mark};
  if (!result.table) refuse(result, "", "is " + kind_of(node) + ", not a table");
  return result;
}

std::optional<double> value_of(const Node& node) {
  if (const auto* real = std::get_if<double>(&node.value)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(&node.value)) return static_cast<double>(*whole);
  return std::nullopt;
}

void read_elements(const GnpyTable& root, GnpyFiles& files) {
  const std::vector<GnpyTable> elements = inner_list(root, "elements");
  if (elements.empty()) refuse(root, "elements", "the network has none");
  for (std::size_t i = 0; i < elements.size(); ++i) {
    GnpyTable element = elements[i];
    const std::string uid = find_text(element, "uid");
    if (uid.empty())
      refuse(element, "uid", fmt::format("is missing in element {} of {}", i + 1, elements.size()));
    element.path = "elements." + uid;
    element.mark.line = present(element, "uid")->mark.line;
    if (find_text(element, "type") == "Transceiver") files.transceivers.push_back(uid);
    if (!files.elements.emplace(uid, element).second) refuse(element, "", "two elements have this uid");
  }
}

void read_connections(const GnpyTable& root, GnpyFiles& files) {
  for (const GnpyTable& connection : inner_list(root, "connections")) {
    for (const char* end : {"from_node", "to_node"})
      if (const std::string uid = find_text(connection, end); !files.elements.contains(uid)) {
        std::vector<std::string> names;
        for (const auto& [name, element] : files.elements) names.push_back(name);
        refuse(connection, end, uid.empty() ? "is missing" : fmt::format("no element is called '{}'", uid),
               {}, nearest_name(uid, names));
      }
    files.next[find_text(connection, "from_node")].push_back(find_text(connection, "to_node"));
  }
}

}  // namespace

void refuse(const GnpyTable& where, std::string_view key, const std::string& message,
            const std::string& allowed, const std::string& nearest) {
  std::string path = where.path;
  if (!key.empty()) path += (path.empty() ? "" : ".") + std::string(key);
  throw Error(ErrorInfo{where.mark, std::move(path), message, allowed, nearest});
}

std::optional<double> find_number(const GnpyTable& from, std::string_view key) {
  const Node* node = present(from, key);
  if (!node) return std::nullopt;
  const std::optional<double> value = value_of(*node);
  if (!value) refuse(from, key, "is " + kind_of(*node) + ", not a number");
  return value;
}

std::string find_text(const GnpyTable& from, std::string_view key) {
  const Node* node = present(from, key);
  if (!node) return "";
  if (!node->string()) refuse(from, key, "is " + kind_of(*node) + ", not a text");
  return *node->string();
}

GnpyTable inner(const GnpyTable& from, std::string_view key) {
  std::string path = join_path(from.path, key);
  const Node* node = present(from, key);
  if (!node) return {nullptr, std::move(path), from.mark};
  return table_of(*node, std::move(path), from.mark);
}

std::vector<GnpyTable> inner_list(const GnpyTable& from, std::string_view key) {
  std::vector<GnpyTable> tables;
  const Node* node = present(from, key);
  if (!node) return tables;
  if (!node->array()) refuse(from, key, "is " + kind_of(*node) + ", not a list");
  for (const Node& one : *node->array())
    tables.push_back(
        table_of(one, fmt::format("{}[{}]", join_path(from.path, key), tables.size()), from.mark));
  return tables;
}

std::vector<double> number_list(const GnpyTable& from, std::string_view key) {
  std::vector<double> numbers;
  const Node* node = present(from, key);
  if (!node) return numbers;
  if (!node->array()) refuse(from, key, "is " + kind_of(*node) + ", not a list");
  for (const Node& one : *node->array()) {
    const std::optional<double> value = value_of(one);
    if (!value) refuse(from, key, "holds " + kind_of(one) + " among its numbers");
    numbers.push_back(*value);
  }
  return numbers;
}

bool find_flag(const GnpyTable& from, std::string_view key) {
  const Node* node = present(from, key);
  const bool* flag = node ? std::get_if<bool>(&node->value) : nullptr;
  return flag && *flag;
}

double number(const GnpyTable& from, std::string_view key) {
  if (const auto value = find_number(from, key)) return *value;
  refuse(from, key, "the number is missing");
}

GnpyFiles parse_gnpy(std::string_view equipment, const std::string& equipment_file, std::string_view network,
                     const std::string& network_file) {
  GnpyFiles files;
  files.equipment = parse_json(equipment, equipment_file);
  files.network = parse_json(network, network_file);
  files.library = table_of(files.equipment, "", files.equipment.mark);
  const GnpyTable root = table_of(files.network, "", files.network.mark);
  read_elements(root, files);
  read_connections(root, files);
  return files;
}

GnpyFiles load_gnpy(const std::string& equipment_file, const std::string& network_file) {
  return parse_gnpy(read_file(equipment_file, design_size_limit, equipment_file), equipment_file,
                    read_file(network_file, design_size_limit, network_file), network_file);
}

GnpyTable equipment_entry(const GnpyFiles& files, std::string_view list, const std::string& variety,
                          const GnpyTable& user) {
  std::vector<std::string> names;
  for (GnpyTable& entry : inner_list(files.library, list)) {
    const std::string its = find_text(entry, "type_variety");
    if (its == variety || (variety == "default" && its.empty())) {
      entry.path = std::string(list) + (its.empty() ? "" : "." + its);
      return entry;
    }
    names.push_back(its.empty() ? "default" : its);
  }
  if (!user.table)
    refuse(files.library, list,
           names.empty() ? "is missing in the equipment" : fmt::format("there is no '{}'", variety),
           list_text(names), nearest_name(variety, names));
  refuse(user, "type_variety",
         fmt::format("the equipment's {} has no '{}'", list, variety.empty() ? "default" : variety),
         list_text(names), nearest_name(variety, names));
}

}  // namespace waverack::io
