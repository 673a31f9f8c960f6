#pragma once
// Writes JSON text straight into a string: fast enough for eye diagrams, readable enough for people.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/document.hpp"

namespace waverack::io {

// Calls must nest as JSON does; a member is key() and one value. Numbers that are not finite become null.
// Scalars are written with the fewest digits that read back to the same value.
class JsonWriter {
 public:
  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);

  void value(double number);
  void value(int number) { value(static_cast<std::int64_t>(number)); }
  void value(std::int64_t number);
  void value(std::uint64_t number) { value(static_cast<std::int64_t>(number)); }
  void value(bool flag);
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(const Node& node);
  void null();

  // A list of numbers on one line, ten significant digits each.
  void value(std::span<const double> numbers);
  void value(const std::vector<double>& numbers) { value(std::span<const double>(numbers)); }
  // A list of texts, one a line.
  void value(const std::vector<std::string>& texts);
  // A list of ratios 0 … 1 on one line, five decimals each.
  void ratios(std::span<const float> numbers);

  template <class T>
  void member(std::string_view name, const T& v) {
    key(name);
    value(v);
  }

  // A member that is an object, whose members `write` writes.
  template <class Write>
  void object(std::string_view name, Write write) {
    key(name);
    begin_object();
    write();
    end_object();
  }
  // A member that is a list of objects; `write` is called with each item.
  template <class Items, class Write>
  void list(std::string_view name, const Items& items, Write write) {
    key(name);
    begin_array();
    for (const auto& item : items) {
      begin_object();
      write(item);
      end_object();
    }
    end_array();
  }

  // The text, ended by a newline; the writer is empty afterwards.
  std::string take();

 private:
  void separate();
  void indent();

  std::string text_;
  std::vector<int> counts_;  // values so far at each level
  bool after_key_ = false;
};

// `text` in quotes with everything escaped that JSON wants escaped.
void append_quoted(std::string& out, std::string_view text);

}  // namespace waverack::io
