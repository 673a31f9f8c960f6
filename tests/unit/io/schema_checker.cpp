#include "schema_checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace waverack::io {
namespace {

class Checker {
 public:
  explicit Checker(const Node& root) : root_(root) {}

  std::vector<std::string> check(const Node& schema, const Node& value, const std::string& path) const {
    std::vector<std::string> found;
    const auto add = [&](const std::string& what) { found.push_back(path + ": " + what); };
    const auto nested = [&](const Node& s, const Node& v, const std::string& p) {
      for (std::string& line : check(s, v, p)) found.push_back(std::move(line));
    };
    if (const bool* all = std::get_if<bool>(&schema.value)) {
      if (!*all) add("nothing is allowed here");
      return found;
    }
    for (const auto& [keyword, rule] : schema.table()->items) {
      if (keyword == "$ref") {
        nested(definition(*rule.string()), value, path);
      } else if (keyword == "type") {
        if (!has_type(rule, value)) add("is not " + text_of(rule) + " but " + kind_of(value));
      } else if (keyword == "const") {
        if (text_of(rule) != text_of(value)) add("is not " + text_of(rule));
      } else if (keyword == "enum") {
        if (!contains(*rule.array(), text_of(value)))
          add("'" + text_of(value) + "' is not in " + text_of(rule));
      } else if (keyword == "required") {
        for (const Node& key : *rule.array())
          if (value.table() && !value.table()->find(*key.string())) add(*key.string() + " is missing");
      } else if (keyword == "properties") {
        if (value.table())
          for (const auto& [key, item] : value.table()->items)
            if (const Node* own = rule.table()->find(key)) nested(*own, item, path + "." + key);
      } else if (keyword == "additionalProperties") {
        const Node* known = schema.table()->find("properties");
        if (value.table())
          for (const auto& [key, item] : value.table()->items)
            if (!known || !known->table()->find(key)) nested(rule, item, path + "." + key);
      } else if (keyword == "items") {
        if (value.array())
          for (std::size_t i = 0; i < value.array()->size(); ++i)
            nested(rule, (*value.array())[i], fmt::format("{}[{}]", path, i));
      } else if (keyword == "minItems") {
        if (value.array() &&
            value.array()->size() < static_cast<std::size_t>(std::get<std::int64_t>(rule.value)))
          add("has too few items");
      } else if (keyword == "minimum") {
        const auto* number = std::get_if<std::int64_t>(&value.value);
        if (number && *number < std::get<std::int64_t>(rule.value)) add("is too small");
      } else if (keyword == "oneOf" || keyword == "anyOf") {
        const auto fits = std::count_if(rule.array()->begin(), rule.array()->end(), [&](const Node& option) {
          return check(option, value, path).empty();
        });
        if (fits == 0 || (keyword == "oneOf" && fits > 1)) add(fmt::format("fits {} of {}", fits, keyword));
      } else if (keyword == "allOf") {
        for (const Node& part : *rule.array()) nested(part, value, path);
      } else if (keyword == "if") {
        if (check(rule, value, path).empty()) nested(*schema.table()->find("then"), value, path);
      } else if (!std::set<std::string>{"$schema", "$defs", "title", "description", "pattern", "then"}.count(
                     keyword)) {
        throw std::logic_error("the checker does not know the keyword " + keyword);
      }
    }
    return found;
  }

 private:
  const Node& definition(const std::string& reference) const {
    const std::string start = "#/$defs/";
    const Node* found = root_.table()->find("$defs")->table()->find(reference.substr(start.size()));
    if (!reference.starts_with(start) || !found) throw std::logic_error("no definition " + reference);
    return *found;
  }

  static bool contains(const Array& list, const std::string& text) {
    return std::any_of(list.begin(), list.end(), [&](const Node& item) { return text_of(item) == text; });
  }

  static bool has_type(const Node& rule, const Node& value) {
    if (const Array* types = rule.array())
      return std::any_of(types->begin(), types->end(),
                         [&](const Node& type) { return has_type(type, value); });
    const std::string& type = *rule.string();
    const bool whole = std::holds_alternative<std::int64_t>(value.value);
    if (type == "object") return value.table();
    if (type == "array") return value.array();
    if (type == "string") return value.string();
    if (type == "boolean") return std::holds_alternative<bool>(value.value);
    if (type == "integer") return whole;
    if (type == "number") return whole || std::holds_alternative<double>(value.value);
    if (type == "null") return value.is_null();
    throw std::logic_error("the checker does not know the type " + type);
  }

  const Node& root_;
};

}  // namespace

std::vector<std::string> misfits(const Node& schema, const Node& value) {
  return Checker(schema).check(schema, value, "$");
}

}  // namespace waverack::io
