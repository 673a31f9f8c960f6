#include "progress.hpp"

#include <unistd.h>

#include <cstdio>

namespace waverack::app {

Progress::Progress(const Console& console, bool rows_on_stdout)
    : shown_(!console.quiet && isatty(STDERR_FILENO) && !(rows_on_stdout && isatty(STDOUT_FILENO))) {}

Progress::~Progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Progress::show(const std::string& text) const {
  if (shown_) std::fprintf(stderr, "\r%s; Ctrl-C keeps what is finished\033[K", text.c_str());
}

}  // namespace waverack::app
