#include "waverack/io/json_writer.hpp"

#include <charconv>
#include <cmath>

namespace waverack::io {
namespace {

template <class... Format>
void append_number(std::string& out, double number, Format... format) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, format...).ptr;
  out.append(buffer, end);
}

// Five decimals without trailing zeros.
void append_ratio(std::string& out, float ratio) {
  const long scaled = std::lround(static_cast<double>(ratio) * 1e5);
  if (scaled <= 0) {
    out += '0';
    return;
  }
  out += static_cast<char>('0' + std::min(scaled / 100000, 9L));
  long rest = scaled % 100000;
  if (rest == 0) return;
  out += '.';
  for (long digit = 10000; rest > 0; digit /= 10) {
    out += static_cast<char>('0' + rest / digit);
    rest %= digit;
  }
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += hexadecimal[byte >> 4];
      out += hexadecimal[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void JsonWriter::indent() {
  text_ += '\n';
  text_.append(2 * counts_.size(), ' ');
}

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (counts_.empty()) return;
  if (counts_.back()++ > 0) text_ += ',';
  indent();
}

void JsonWriter::begin_object() {
  separate();
  text_ += '{';
  counts_.push_back(0);
}

void JsonWriter::end_object() {
  const bool empty = counts_.back() == 0;
  counts_.pop_back();
  if (!empty) indent();
  text_ += '}';
}

void JsonWriter::begin_array() {
  separate();
  text_ += '[';
  counts_.push_back(0);
}

void JsonWriter::end_array() {
  const bool empty = counts_.back() == 0;
  counts_.pop_back();
  if (!empty) indent();
  text_ += ']';
}

void JsonWriter::key(std::string_view name) {
  separate();
  append_quoted(text_, name);
  text_ += ": ";
  after_key_ = true;
}

void JsonWriter::value(double number) {
  separate();
  append_number(text_, number);
}

void JsonWriter::value(std::int64_t number) {
  separate();
  text_ += std::to_string(number);
}

void JsonWriter::value(bool flag) {
  separate();
  text_ += flag ? "true" : "false";
}

void JsonWriter::value(std::string_view text) {
  separate();
  append_quoted(text_, text);
}

void JsonWriter::null() {
  separate();
  text_ += "null";
}

void JsonWriter::value(std::span<const double> numbers) {
  separate();
  text_ += '[';
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) text_ += ", ";
    append_number(text_, numbers[i], std::chars_format::general, 10);
  }
  text_ += ']';
}

void JsonWriter::value(const std::vector<std::string>& texts) {
  begin_array();
  for (const std::string& text : texts) value(text);
  end_array();
}

void JsonWriter::ratios(std::span<const float> numbers) {
  separate();
  text_ += '[';
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) text_ += ',';
    append_ratio(text_, numbers[i]);
  }
  text_ += ']';
}

void JsonWriter::value(const Node& node) {
  if (const Table* table = node.table()) {
    begin_object();
    for (const auto& [name, item] : table->items) member(name, item);
    end_object();
  } else if (const Array* array = node.array()) {
    const bool plain = array->empty() || (!array->front().table() && !array->front().array());
    if (!plain) {
      begin_array();
      for (const Node& item : *array) value(item);
      end_array();
      return;
    }
    separate();
    text_ += '[';
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) text_ += ", ";
      after_key_ = true;  // the items stand on this line
      value((*array)[i]);
    }
    text_ += ']';
  } else if (const auto* flag = std::get_if<bool>(&node.value)) {
    value(*flag);
  } else if (const auto* integer = std::get_if<std::int64_t>(&node.value)) {
    value(*integer);
  } else if (const auto* number = std::get_if<double>(&node.value)) {
    value(*number);
  } else if (const std::string* text = node.string()) {
    value(std::string_view(*text));
  } else {
    null();
  }
}

std::string JsonWriter::take() {
  text_ += '\n';
  counts_.clear();
  after_key_ = false;
  return std::exchange(text_, {});
}

}  // namespace waverack::io
