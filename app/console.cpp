#include "console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

#include "waverack/io/error_text.hpp"

namespace waverack::app {
namespace {

constexpr int narrowest = 80, widest = 100;

io::Style style_of(int file) {
  io::Style style;
  style.width = widest;
  if (!isatty(file)) return style;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  style.colour = !(no_colour && *no_colour) && !(terminal && std::strcmp(terminal, "dumb") == 0);
  winsize size{};
  if (ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    style.width = std::clamp(static_cast<int>(size.ws_col), narrowest, widest);
  return style;
}

}  // namespace

io::Style Console::style() const { return style_of(STDOUT_FILENO); }

void Console::print(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EPIPE) {
      closed_ = true;
      return;
    } else if (errno != EINTR) {
      throw std::runtime_error(std::string("cannot write to standard output: ") + std::strerror(errno));
    }
  }
}

void Console::note(std::string_view text) {
  if (!quiet) std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
}

void Console::error(const ErrorInfo& info) {
  if (json) return print(io::error_json(info));
  const std::string text = io::error_text(info, style_of(STDERR_FILENO));
  std::fputs(text.c_str(), stderr);
}

}  // namespace waverack::app
