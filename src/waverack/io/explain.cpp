#include "waverack/io/explain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "waverack/cluster/installation.hpp"
#include "waverack/design/design.hpp"
#include "waverack/io/part_catalogue.hpp"

namespace waverack::io {
namespace {

// A table of the design: its field list, and an object that holds the defaults (or nullptr).
struct Place {
  const FieldList* list = nullptr;
  const void* object = nullptr;
};

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> steps;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view step = path.substr(0, dot);
    steps.emplace_back(step.substr(0, step.find('[')));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return steps;
}

bool is_parts(const Field& field) { return field.type == &field_type<std::vector<parts::Instance>>(); }

bool is_ranged(const Field& field) { return field.type == &field_type<Ranged>(); }

bool is_number(const Field& field) {
  return field.type == &field_type<double>() || field.type == &field_type<int>() || is_ranged(field) ||
         field.type == &field_type<std::vector<double>>() || field.type == &field_type<std::vector<int>>();
}

// An object of what stands in lists and profiles, as its struct makes it; nullptr where this is not known.
template <class T>
const void* made_by_default(const FieldList* list) {
  static const T object{};
  return list == &fields_of<T>() ? &object : nullptr;
}

template <class... T>
const void* first_made(const FieldList* list) {
  const void* found = nullptr;
  ((found = found ? found : made_by_default<T>(list)), ...);
  return found;
}

const void* defaults_of(const FieldList* list) {
  return first_made<cluster::ComputeNode, cluster::Network, cluster::Switch, cluster::CircuitSwitch,
                    cluster::FailureRates, cluster::Collective>(list);
}

// "10 W (8 W to 12 W)"; the value alone where it is known exactly.
std::string ranged_text(const Ranged& number, std::string_view unit) {
  const auto text = [&](double si) {
    return unit.empty() ? fmt::format("{:.6g}", si) : format_quantity(si, unit, 6);
  };
  if (number.low == number.high) return text(number.value);
  return fmt::format("{} ({} to {})", text(number.value), text(number.low), text(number.high));
}

std::string default_text(const Field& field, const void* object) {
  // Enough digits to read; a file gets all of them.
  if (field.type == &field_type<double>() && !field.unit.empty()) {
    const double si = *static_cast<const double*>(field.member(object));
    return std::isfinite(si) ? format_quantity(si, field.unit, 6) : "";
  }
  if (is_ranged(field)) return ranged_text(*static_cast<const Ranged*>(field.member(object)), field.unit);
  const Node value = field.type->write(field, field.member(object));
  return value.is_null() ? "" : text_of(value);
}

KeyText key_text(const Field& field, const void* object) {
  KeyText key;
  key.key = field.key;
  key.meaning = field.text;
  key.type = field.type->name;
  key.required = field.required;
  if (field.type->choices) key.range = fmt::format("{}", fmt::join(field.type->choices(), ", "));
  if (is_number(field)) {
    key.unit = field.unit;
    key.range = range_text(field);
  }
  if (field.required || !object || is_parts(field) || field.type->nested) return key;
  key.default_value = default_text(field, object);
  if (is_number(field)) {
    key.kind = kind_name(field.kind);
    key.source = field.source;
  }
  return key;
}

[[noreturn]] void not_found(std::string_view path, const std::string& step,
                            const std::vector<std::string>& known) {
  throw Error(ErrorInfo{{},
                        std::string(path),
                        "there is no '" + step + "'",
                        fmt::format("{}", fmt::join(known, ", ")),
                        nearest_name(step, known)});
}

std::vector<std::string> keys_of(const FieldList& list) {
  std::vector<std::string> keys;
  for (const Field& field : list.items)
    if (!field.key.empty()) keys.emplace_back(field.key);
  return keys;
}

class Explainer {
 public:
  explicit Explainer(std::string_view path) : path_(path), steps_(split(path)) { result_.path = path; }

  Explanation run() {
    static const Design design;
    static const cluster::Installation installation;
    if (steps_.empty())
      throw Error(ErrorInfo{{}, {}, "the path is empty", "for example lane.symbol_rate", {}});
    const std::string& first = steps_.front();
    if (fields_of<Design>().find(first)) {
      enter({&fields_of<Design>(), &design}, 0);
    } else if (const PartType* part = find_part(first)) {
      enter_part(*part, 1);
    } else if (fields_of<cluster::Installation>().find(first)) {
      enter({&fields_of<cluster::Installation>(), &installation}, 0);
      result_.notes.push_back("Of a cluster's file.");
    } else {
      // A lone word may have meant a part.
      std::vector<std::string> known = keys_of(fields_of<Design>());
      for (const std::string& key : keys_of(fields_of<cluster::Installation>()))
        if (!fields_of<Design>().find(key)) known.push_back(key);
      for (const PartType& type : part_types()) known.push_back(type.type);
      not_found(path_, first, known);
    }
    return std::move(result_);
  }

 private:
  void enter(const Place& place, std::size_t at) {
    if (at == steps_.size()) return show_table(place);
    const Field* field = place.list->find(steps_[at]);
    if (!field) not_found(path_, steps_[at], keys_of(*place.list));
    const void* member = place.object ? field->member(place.object) : nullptr;
    if (is_parts(*field)) return at + 1 == steps_.size() ? show_list_of_parts(*field) : enter_chain(at + 1);
    if (field->type->nested) {
      const FieldList* list = field->type->nested();
      if (field->type->name == "table") return enter({list, member}, at + 1);
      // Elements of a list may be addressed by their names.
      const bool named = field->type->name == "list of tables" && at + 2 < steps_.size() &&
                         !list->find(steps_[at + 1]) && list->find(steps_[at + 2]);
      return enter({list, defaults_of(list)}, at + (named ? 2 : 1));
    }
    if (at + 1 < steps_.size()) not_found(path_, steps_[at + 1], {});
    show_key(*field, place.object);
  }

  void enter_chain(std::size_t at) {
    if (const PartType* part = find_part(steps_[at])) return enter_part(*part, at + 1);
    const std::string type = type_of_named_part(steps_[at]);
    if (const PartType* part = find_part(type)) {
      result_.notes.push_back(fmt::format("'{}' is a {} of a built-in design.", steps_[at], type));
      return enter_part(*part, at + 1);
    }
    std::vector<std::string> known;
    for (const PartType& part : part_types()) known.push_back(part.type);
    not_found(path_, steps_[at], known);
  }

  void enter_part(const PartType& part, std::size_t at) {
    part_ = &part;
    key_at_ = at;
    if (at < steps_.size() && !part.fields->find(steps_[at]))
      for (const KeyText& key : instance_keys())
        if (key.key == steps_[at] && at + 1 == steps_.size()) return show_instance_key(key);
    enter({part.fields, part.defaults}, at);
  }

  void show_table(const Place& place) {
    result_.table = true;
    result_.title = place.list->summary;
    for (const Field& field : place.list->items)
      if (!field.key.empty()) result_.keys.push_back(key_text(field, place.object));
    if (!part_ || key_at_ < steps_.size()) return;
    result_.notes.push_back(
        fmt::format("Takes {}, gives {}; counted on the {}'s meter unless `place` says otherwise.",
                    parts::domain_name(part_->input), parts::domain_name(part_->output),
                    parts::place_name(part_->place)));
    const std::vector<std::string> cards = cards_of(part_->type);
    result_.notes.push_back(cards.empty() ? "There are no cards of it."
                                          : fmt::format("Cards: {}.", fmt::join(cards, ", ")));
    for (KeyText key : instance_keys()) result_.keys.push_back(std::move(key));
  }

  void show_list_of_parts(const Field& field) {
    result_.table = true;
    result_.title = std::string(field.text) + " The parts:";
    for (const PartType& part : part_types()) {
      KeyText key;
      key.key = part.type;
      key.meaning = part.fields->summary;
      key.type = "part";
      result_.keys.push_back(std::move(key));
    }
  }

  void show_key(const Field& field, const void* object) {
    result_.keys.push_back(key_text(field, object));
    if (part_) result_.cards = card_values(part_->type, key_path());
  }

  void show_instance_key(const KeyText& key) { result_.keys.push_back(key); }

  // The path below the part: "v_pi_l", "input.ffe_taps".
  std::string key_path() const {
    std::string text;
    for (std::size_t i = key_at_; i < steps_.size(); ++i) text = join_path(text, steps_[i]);
    return text;
  }

  std::string_view path_;
  std::vector<std::string> steps_;
  Explanation result_;
  const PartType* part_ = nullptr;
  std::size_t key_at_ = 0;
};

std::string key_lines(const KeyText& key, const Style& style) {
  TextTable table("ll");
  const auto row = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) table.row({toned(style, Tone::quiet, name), text});
  };
  row("type", key.type);
  row("unit", key.unit);
  row(key.type == "choice" ? "choices" : "range", key.range);
  row("default", key.required ? "none: it must be given" : key.default_value);
  if (!key.kind.empty() && !key.required)
    row("behind it", key.source.empty() ? key.kind : key.kind + ": " + key.source);
  return wrap(key.meaning, style.width) + "\n\n" + table.text(style, 2, true);
}

std::string table_lines(const std::vector<KeyText>& keys, const Style& style) {
  const bool parts = !keys.empty() && keys.front().type == "part";
  TextTable table(parts ? "ll" : "llll");
  if (!parts) table.head({"key", "default", "kind", "meaning"});
  for (const KeyText& key : keys) {
    const std::string value = key.required ? "required" : key.default_value;
    if (parts)
      table.row({key.key, key.meaning});
    else
      table.row({key.key, shortened(value, 24), key.kind, key.meaning});
  }
  return table.text(style, 2, true);
}

}  // namespace

Explanation explain(std::string_view path) { return Explainer(path).run(); }

std::string explanation_text(const Explanation& explanation, const Style& style) {
  std::string text = toned(style, Tone::strong, explanation.path) + '\n';
  if (explanation.table)
    text += wrap(explanation.title, style.width) + "\n\n" + table_lines(explanation.keys, style);
  else
    text += key_lines(explanation.keys.front(), style);
  if (!explanation.cards.empty()) {
    TextTable table("llll");
    for (const CardValue& value : explanation.cards)
      table.row({value.card, value.value, value.kind, value.source});
    text += '\n' + toned(style, Tone::strong, "Cards") + '\n' + table.text(style, 2);
  }
  if (!explanation.notes.empty()) text += '\n';
  for (const std::string& note : explanation.notes) text += wrap(note, style.width) + '\n';
  return text;
}

}  // namespace waverack::io
