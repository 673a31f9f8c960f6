#include "waverack/io/error_text.hpp"

#include "waverack/io/json_writer.hpp"

namespace waverack::io {

std::string error_text(const ErrorInfo& info, const Style& style) {
  ErrorInfo first = info;
  first.allowed.clear();
  first.nearest.clear();
  const std::string place = info.mark.file.empty() ? "waverack: " : "";
  std::string text = toned(style, Tone::bad, "error") + ' ' + place + format_error(first) + '\n';
  const auto more = [&](std::string_view label, const std::string& words) {
    const std::string start = "  " + std::string(label) + ' ';
    text += start + wrap(words, style.width - display_width(start), display_width(start)) + '\n';
  };
  if (!info.allowed.empty()) more("allowed:", info.allowed);
  if (!info.nearest.empty())
    text += "  did you mean " + toned(style, Tone::strong, "'" + info.nearest + "'") + "?\n";
  return text;
}

std::string error_json(const ErrorInfo& info) {
  JsonWriter json;
  const auto text = [&](std::string_view key, const std::string& value) {
    json.key(key);
    if (value.empty())
      json.null();
    else
      json.value(value);
  };
  json.begin_object();
  text("file", info.mark.file);
  json.key("line");
  if (info.mark.line > 0)
    json.value(info.mark.line);
  else
    json.null();
  text("path", info.path);
  text("message", info.message);
  text("allowed", info.allowed);
  text("nearest", info.nearest);
  json.end_object();
  return json.take();
}

}  // namespace waverack::io
