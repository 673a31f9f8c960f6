#pragma once
// How far a long command is: one line on a terminal that is written over and over, and taken away at the end.

#include <string>

#include "console.hpp"

namespace waverack::app {

class Progress {
 public:
  // rows_on_stdout: results run over standard output meanwhile; on a terminal they are progress enough.
  Progress(const Console& console, bool rows_on_stdout);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // "3 of 20 points"; what Ctrl-C does is added.
  void show(const std::string& text) const;

 private:
  bool shown_;
};

}  // namespace waverack::app
