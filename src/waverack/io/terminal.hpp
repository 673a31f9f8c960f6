#pragma once
// Text for terminals: columns, wrapping, a little colour.

#include <string>
#include <string_view>
#include <vector>

namespace waverack::io {

struct Style {
  bool colour = false;
  int width = 100;
};

enum class Tone { plain, strong, quiet, good, bad };

// `text` in the tone, where the style has colours.
std::string toned(const Style&, Tone, std::string_view text);

// Columns that UTF-8 text takes on a terminal; escape sequences take none.
int display_width(std::string_view text);

// `text` filled with spaces up to `width`, on the right or on the left.
std::string pad(std::string_view text, int width, bool to_the_right = false);

// Words of `text` in lines of at most `width` columns; every line but the first begins with `indent` spaces,
// which are not counted.
std::string wrap(std::string_view text, int width, int indent = 0);

// Cut to `width` columns, ending in "…" where something is missing.
std::string shortened(std::string_view text, int width);

// Rows of cells; a column is as wide as its widest cell. Two spaces stand between columns.
class TextTable {
 public:
  // One letter for each column: l left, r right. `head` may be empty.
  explicit TextTable(std::string_view alignment) : alignment_(alignment) {}
  void head(std::vector<std::string> cells) { head_ = std::move(cells); }
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }

  // Lines ended by newlines, each after `indent` spaces. The last column is shortened so that nothing is
  // wider than the style, or wrapped where `wrap_last`.
  std::string text(const Style&, int indent = 0, bool wrap_last = false) const;

 private:
  std::string alignment_;
  std::vector<std::string> head_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace waverack::io
