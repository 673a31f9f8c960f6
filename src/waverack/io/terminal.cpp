#include "waverack/io/terminal.hpp"

#include <algorithm>

namespace waverack::io {
namespace {

constexpr int gap = 2;

// Length in bytes of the character or escape sequence at the start of `text`, and its columns.
struct Step {
  std::size_t bytes;
  int columns;
};
Step step_at(std::string_view text) {
  if (text[0] == '\x1b') {
    const std::size_t end = text.find('m');
    return {end == std::string_view::npos ? text.size() : end + 1, 0};
  }
  std::size_t bytes = 1;
  while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) ++bytes;
  return {bytes, 1};
}

}  // namespace

std::string toned(const Style& style, Tone tone, std::string_view text) {
  if (!style.colour || tone == Tone::plain || text.empty()) return std::string(text);
  constexpr std::string_view codes[] = {"", "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[31m"};
  return std::string(codes[static_cast<int>(tone)]) + std::string(text) + "\x1b[0m";
}

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const Step step = step_at(text);
    width += step.columns;
    text.remove_prefix(step.bytes);
  }
  return width;
}

std::string pad(std::string_view text, int width, bool to_the_right) {
  const std::string space(static_cast<std::size_t>(std::max(width - display_width(text), 0)), ' ');
  return to_the_right ? space + std::string(text) : std::string(text) + space;
}

std::string wrap(std::string_view text, int width, int indent) {
  std::string result;
  int used = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const int columns = display_width(word);
    if (used > 0 && used + 1 + columns > width) {
      result += '\n' + std::string(static_cast<std::size_t>(indent), ' ');
      used = 0;
    } else if (used > 0) {
      result += ' ';
      ++used;
    }
    result += word;
    used += columns;
  }
  return result;
}

std::string shortened(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  std::string result;
  int used = 0;
  while (used < width - 1) {
    const Step step = step_at(text);
    result += text.substr(0, step.bytes);
    used += step.columns;
    text.remove_prefix(step.bytes);
  }
  while (result.ends_with(' ')) result.pop_back();
  return width > 0 ? result + "…" : "";
}

std::string TextTable::text(const Style& style, int indent, bool wrap_last) const {
  const std::size_t columns = alignment_.size();
  std::vector<int> widths(columns, 0);
  const auto measure = [&](const std::vector<std::string>& cells) {
    for (std::size_t c = 0; c < cells.size(); ++c) widths[c] = std::max(widths[c], display_width(cells[c]));
  };
  measure(head_);
  for (const auto& row : rows_) measure(row);
  int before_last = indent;
  for (std::size_t c = 0; c + 1 < columns; ++c) before_last += widths[c] + gap;
  const int room = std::max(style.width - before_last, 10);

  const auto line = [&](const std::vector<std::string>& cells, Tone tone) {
    std::string text(static_cast<std::size_t>(indent), ' ');
    for (std::size_t c = 0; c < cells.size(); ++c) {
      std::string cell = cells[c];
      if (c + 1 == columns && display_width(cell) > room)
        cell = wrap_last ? wrap(cell, room, before_last) : shortened(cell, room);
      const bool right = alignment_[c] == 'r';
      text += right || c + 1 < cells.size()
                  ? pad(cell, std::min(widths[c], c + 1 == columns ? room : widths[c]), right)
                  : cell;
      if (c + 1 < cells.size()) text += std::string(gap, ' ');
    }
    while (text.ends_with(' ')) text.pop_back();
    return toned(style, tone, text) + '\n';
  };
  std::string result;
  if (!head_.empty()) result += line(head_, Tone::quiet);
  for (const auto& row : rows_) result += line(row, Tone::plain);
  return result;
}

}  // namespace waverack::io
