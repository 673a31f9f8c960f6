// Reading and writing lists of parts.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <set>

#include "waverack/parts/part.hpp"

namespace waverack {
namespace parts {
namespace {

constexpr std::array<std::string_view, 7> instance_keys{"part",   "name",     "card",       "place",
                                                        "spread", "failures", "temperature"};

// Keys that every part has beside its own, and that are numbers.
struct Surroundings {
  double temperature = 298.15;  // [K]
};

FieldList describe(Tag<Surroundings>) {
  return fields<Surroundings>(
      "The surroundings of one part.",
      field<&Surroundings::temperature>("temperature", "degC", -50.0, 150.0,
                                        "Temperature of this part's surroundings, in place of the lane's."));
}

std::vector<std::string> type_names() {
  std::vector<std::string> names;
  for (const PartInfo& item : part_list()) names.emplace_back(item.type);
  return names;
}

template <std::size_t index = 0>
AnyPart make_part(std::size_t wanted) {
  if constexpr (index < std::variant_size_v<PartVariant>) {
    if (wanted == index) return AnyPart(std::in_place_index<index>);
    return make_part<index + 1>(wanted);
  } else {
    return {};
  }
}

std::string text_key(const Table& table, const Node& node, const std::string& path, std::string_view key) {
  const Node* value = table.find(key);
  if (!value) return "";
  if (!value->string() || value->string()->empty())
    fail(node, join_path(path, key), "expected a text", "a name in quotes");
  return *value->string();
}

// The table with its card lying below it.
Node with_card(const ReadContext& context, const Node& node, const std::string& path,
               const std::string& card) {
  const Node* below = context.sources().card ? context.sources().card(card) : nullptr;
  if (!below || !below->table()) {
    const std::vector<std::string> names =
        context.sources().card_names ? context.sources().card_names() : std::vector<std::string>{};
    fail(*node.table()->find("card"), join_path(path, "card"), "there is no card '" + card + "'",
         fmt::format("{}", fmt::join(names, ", ")), nearest_name(card, names));
  }
  Node merged = node;
  const std::string own = text_key(*node.table(), node, path, "part");
  const std::string of_card = text_key(*below->table(), *below, path, "part");
  if (!own.empty() && !of_card.empty() && own != of_card)
    fail(*node.table()->find("card"), join_path(path, "card"),
         "the card '" + card + "' is for a " + of_card + ", not for a " + own);
  merge_below(*merged.table(), *below->table());
  return merged;
}

// What does not count has no place among the numbers that the run read. The design gets a warning where it
// states such a number itself; a card may well state it.
void leave_out_unused(ReadContext& context, Instance& instance, const Node& design, const std::string& path) {
  for (const std::string_view key : unused_of(instance.part)) {
    const std::string key_path = join_path(path, key);
    context.provenance.erase(key_path);
    std::erase_if(instance.spread, [&](const Spread& spread) { return spread.key == key; });
    const std::string spread_path = join_path(join_path(path, "spread"), key);
    for (const std::string_view number : {"sigma", "walk", "common"})
      context.provenance.erase(join_path(spread_path, number));
    if (design.table()->find(key))
      context.warnings.push_back({key_path, "this number does not count beside others of the part"});
  }
}

Instance read_instance(ReadContext& context, const Node& plain, const std::string& list_path,
                       std::size_t index) {
  if (!plain.table())
    fail(plain, fmt::format("{}[{}]", list_path, index), "expected a table, found " + kind_of(plain),
         "a table with 'part'");
  Instance instance;
  instance.card = text_key(*plain.table(), plain, list_path, "card");
  const std::string given_name = element_name(plain);
  const std::string error_path =
      given_name.empty() ? fmt::format("{}[{}]", list_path, index) : join_path(list_path, given_name);
  const Node node = instance.card.empty() ? plain : with_card(context, plain, error_path, instance.card);
  const Table& table = *node.table();

  const std::string type = text_key(table, node, error_path, "part");
  if (type.empty())
    fail(node, join_path(error_path, "part"), "missing key: the type of the part",
         fmt::format("{}", fmt::join(type_names(), ", ")));
  std::size_t wanted = 0;
  while (wanted < part_list().size() && part_list()[wanted].type != type) ++wanted;
  if (wanted == part_list().size())
    fail(*table.find("part"), join_path(error_path, "part"), "there is no part '" + type + "'",
         fmt::format("{}", fmt::join(type_names(), ", ")), nearest_name(type, type_names()));

  // The card's own `name` is the card's, not the instance's.
  const Node* own_name = plain.table()->find("name");
  instance.name = own_name ? text_key(*plain.table(), plain, error_path, "name") : type;
  instance.mark = plain.mark;
  instance.part = make_part(wanted);
  instance.place = part_list()[wanted].place;
  const std::string path = join_path(list_path, instance.name);
  if (const Node* place = table.find("place")) {
    constexpr std::array<Place, 3> places{Place::host, Place::module, Place::laser};
    bool known = false;
    for (Place candidate : places)
      if (place->string() && *place->string() == place_name(candidate)) {
        instance.place = candidate;
        known = true;
      }
    if (!known)
      fail(*place, join_path(path, "place"), fmt::format("'{}' is not a place", text_of(*place)),
           "host, module, laser");
  }
  if (const Node* given = table.find("temperature")) {
    Table own;
    own.set("temperature", *given);
    instance.temperature = read<Surroundings>(context, Node(std::move(own)), path).temperature;
  }
  std::visit(
      [&]<class P>(P& part) {
        read_fields(context, fields_of<P>(), node, path, &part, {instance_keys.begin(), instance_keys.end()});
        if constexpr (requires { resolve(part, context, node, path); }) resolve(part, context, node, path);
      },
      instance.part);
  if (const Node* spread = table.find("spread"))
    instance.spread = read_spread(context, *info(instance.part).fields, *spread, join_path(path, "spread"));
  if (const Node* failures = table.find("failures"))
    instance.failures = read<FailureRate>(context, *failures, join_path(path, "failures"));
  leave_out_unused(context, instance, plain, path);
  return instance;
}

void read_instances(ReadContext& context, const Field&, const Node& node, const std::string& path,
                    void* out) {
  auto& list = *static_cast<std::vector<Instance>*>(out);
  list.clear();
  std::set<std::string> names;
  std::size_t index = 0;
  for (const Node& element : detail::require_array(node, path)) {
    Instance instance = read_instance(context, element, path, index++);
    if (!names.insert(instance.name).second)
      fail(element, join_path(path, instance.name), "there are two parts of this name in the chain",
           "a `name` of its own for each second part of a type");
    list.push_back(std::move(instance));
  }
}

Node write_instances(const Field&, const void* in) {
  Array array;
  for (const Instance& instance : *static_cast<const std::vector<Instance>*>(in)) {
    Table table;
    const PartInfo& known = info(instance.part);
    table.set("part", Node(known.type));
    if (instance.name != known.type) table.set("name", Node(instance.name));
    if (!instance.card.empty()) table.set("card", Node(instance.card));
    if (instance.place != known.place) table.set("place", Node(place_name(instance.place)));
    if (instance.temperature)
      for (auto& item : write(Surroundings{*instance.temperature}).items)
        table.items.push_back(std::move(item));
    std::visit(
        [&]<class P>(const P& part) {
          for (auto& item : write_fields(fields_of<P>(), &part).items) table.items.push_back(std::move(item));
        },
        instance.part);
    for (const std::string_view key : unused_of(instance.part))
      std::erase_if(table.items, [&](const auto& item) { return item.first == key; });
    if (!instance.spread.empty()) table.set("spread", write_spread(*known.fields, instance.spread));
    if (instance.failures.rate > 0.0) table.set("failures", Node(write(instance.failures)));
    array.push_back(Node(std::move(table)));
  }
  return Node(std::move(array));
}

}  // namespace
}  // namespace parts

template <>
const FieldType& field_type<std::vector<parts::Instance>>() {
  static const FieldType type{"list of parts", &parts::read_instances, &parts::write_instances, nullptr};
  return type;
}

}  // namespace waverack
