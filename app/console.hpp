#pragma once
// What the program says: results on standard output, messages on standard error.

#include <cstddef>
#include <string_view>

#include "waverack/base/error.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::app {

class Console {
 public:
  bool json = false;   // standard output is JSON only, errors too
  bool quiet = false;  // no messages but errors

  // Colour and width of standard output: colour on a terminal alone, and not where NO_COLOR is set.
  io::Style style() const;

  // Part of the result. Nothing happens once the reader has closed the pipe; throws std::runtime_error if the
  // text cannot be written for another reason.
  void print(std::string_view text);
  // Whether the reader of the results has closed the pipe.
  bool closed() const { return closed_; }
  // A message for people, a line of its own.
  void note(std::string_view text);
  // What went wrong: a few lines on standard error, or one JSON object on standard output.
  void error(const ErrorInfo& info);

 private:
  bool closed_ = false;
};

}  // namespace waverack::app
