#pragma once
// The lines and words of a data file, with messages that name the line.

#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/error.hpp"

namespace waverack {

// What every reader of a text file needs. Lines end with LF, CRLF or CR; a byte order mark is skipped.
class LineReader {
 public:
  // `comments`: characters that start a comment, which goes to the end of the line.
  LineReader(std::string_view text, std::string name, std::string_view comments);

  // Goes to the next line that holds something, without comment and blanks at its ends; false at the end of
  // the text.
  bool next_line();
  std::string_view line() const { return line_; }  // what is left of it
  int line_number() const { return line_number_; }
  const std::string& name() const { return name_; }
  // Whether nothing comes after the current line.
  bool at_last_line() const { return text_.empty(); }

  // Takes the first word off the line; the line is not empty.
  std::string_view next_word();
  // Takes `count` characters off the line, and the blanks behind them.
  void skip(std::size_t count);

  // A finite number, whole word. Throws Error otherwise. Exponents may have any number of digits.
  double number(std::string_view word) const;

  // An Error at a line of the file, or at the current one. Line 0 is the file as such.
  [[noreturn]] void fail_at(int line, std::string message, std::string allowed = {}) const;
  [[noreturn]] void fail(std::string message, std::string allowed = {}) const;
  // An Error at a word of the current line, with its column.
  [[noreturn]] void fail_word(std::string_view word, std::string message, std::string allowed = {},
                              std::string nearest = {}) const;

 private:
  std::string_view text_;  // what is still to be read
  // The next line feed or the end of the text: kept, as otherwise a text without line feeds would be searched
  // to its end on every line.
  const char* feed_ = nullptr;
  const char* line_start_ = nullptr;
  std::string_view line_;
  int line_number_ = 0;
  std::string name_;
  std::string_view comments_;
};

// The cells of a line of a table: separated by commas, else by semicolons, else by blanks; without the blanks
// around them.
std::vector<std::string_view> cells_of(std::string_view line);

// A word of the file for a message: short, and without characters that a terminal obeys.
std::string shown(std::string_view word);

// In lower case, as far as ASCII goes.
std::string lower(std::string_view text);

}  // namespace waverack
