#include "waverack/io/part_catalogue.hpp"

#include <algorithm>
#include <filesystem>

#include "waverack/io/embedded.hpp"
#include "waverack/io/toml_reader.hpp"

namespace waverack::io {
namespace {

template <class>
struct Defaults;
template <class... P>
struct Defaults<std::variant<P...>> {
  static std::vector<const void*> list() {
    static const std::tuple<P...> parts;
    return {&std::get<P>(parts)...};
  }
};

std::string text_at(const Node& node, std::string_view path) {
  const Node* found = find_path(node, path);
  return found ? text_of(*found) : "";
}

std::string stem(std::string_view file) { return std::filesystem::path(file).stem().string(); }

// The words after "# " in the first lines.
std::string first_comment(std::string_view text) {
  std::string words;
  while (text.starts_with('#')) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(1, end - 1);
    if (line.starts_with(' ')) line.remove_prefix(1);
    if (!words.empty()) words += ' ';
    words += line;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

template <class Use>
void for_each_card(const Use& use) {
  for (const EmbeddedFile& file : embedded_cards())
    use(file, parse_toml(file.text, "parts/" + std::string(file.name), Layer::card));
}

KeyText temperature_key() {
  KeyText text;
  text.key = "temperature";
  text.meaning = "Temperature of this part's surroundings, in place of the lane's.";
  text.type = "number";
  text.unit = "degC";
  text.range = "-50 degC to 150 degC";
  return text;
}

KeyText instance_key(std::string key, std::string meaning, std::string range = {}) {
  KeyText text;
  text.key = std::move(key);
  text.meaning = std::move(meaning);
  text.type = "text";
  text.range = std::move(range);
  return text;
}

KeyText instance_table(std::string key, std::string meaning) {
  KeyText text = instance_key(std::move(key), std::move(meaning));
  text.type = "table";
  return text;
}

}  // namespace

const std::vector<PartType>& part_types() {
  static const std::vector<PartType> types = [] {
    const std::vector<const void*> defaults = Defaults<parts::PartVariant>::list();
    std::vector<PartType> list;
    for (const parts::PartInfo& info : parts::part_list())
      list.push_back(
          {std::string(info.type), info.input, info.output, info.place, info.fields, defaults[list.size()]});
    return list;
  }();
  return types;
}

const PartType* find_part(std::string_view type) {
  for (const PartType& part : part_types())
    if (part.type == type) return &part;
  return nullptr;
}

const std::vector<KeyText>& instance_keys() {
  static const std::vector<KeyText> keys{
      instance_key("part", "Type of the part; its card may say it."),
      instance_key("name", "Name in the chain; the type, unless there are two of it."),
      instance_key("card", "Card whose values count where the design gives none."),
      instance_key("place", "Whose power meter the part is on.", "host, module, laser"),
      temperature_key(),
      instance_table("spread",
                     "How much its numbers differ from piece to piece, one table for each of them."),
      instance_table("failures", "How often it fails in the field.")};
  return keys;
}

std::vector<CardText> cards() {
  std::vector<CardText> list;
  for_each_card([&](const EmbeddedFile& file, const Node& card) {
    list.push_back({stem(file.name), text_at(card, "part"), first_comment(file.text)});
  });
  std::sort(list.begin(), list.end(), [](const CardText& a, const CardText& b) { return a.name < b.name; });
  return list;
}

std::vector<std::string> cards_of(std::string_view type) {
  std::vector<std::string> names;
  for (const CardText& card : cards())
    if (card.part == type) names.push_back(card.name);
  return names;
}

std::vector<CardValue> card_values(std::string_view type, std::string_view key) {
  std::vector<CardValue> values;
  for_each_card([&](const EmbeddedFile& file, const Node& card) {
    const Node* value = text_at(card, "part") == type ? find_path(card, key) : nullptr;
    if (!value) return;
    const bool with_parent = value->table() && value->table()->find("value");
    values.push_back(with_parent ? CardValue{stem(file.name), text_at(*value, "value"),
                                             text_at(*value, "kind"), text_at(*value, "source")}
                                 : CardValue{stem(file.name), text_of(*value), "", ""});
  });
  std::sort(values.begin(), values.end(),
            [](const CardValue& a, const CardValue& b) { return a.card < b.card; });
  return values;
}

std::string type_of_named_part(std::string_view name) {
  for (const EmbeddedFile& file : embedded_designs()) {
    const Node design = parse_toml(file.text, std::string(file.name));
    for (const char* list : {"lane.chain", "lane.light"}) {
      const Node* parts = find_path(design, list);
      if (!parts || !parts->array()) continue;
      for (const Node& part : *parts->array()) {
        if (element_name(part) != name) continue;
        if (const std::string type = text_at(part, "part"); !type.empty()) return type;
        const std::string card = text_at(part, "card");
        for (const CardText& known : cards())
          if (known.name == card) return known.part;
      }
    }
  }
  return "";
}

}  // namespace waverack::io
