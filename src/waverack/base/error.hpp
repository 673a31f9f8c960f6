#pragma once
// The one exception of the library: a mistake of the user that can be explained.

#include <stdexcept>
#include <string>
#include <utility>

namespace waverack {

// Where in the user's input something was found. Line and column start at 1; 0 means unknown.
struct Mark {
  std::string file;
  int line = 0;
  int column = 0;
};

// A mistake in the user's input. `what()` is the complete message for a person; the fields repeat its
// parts for programs (`--json` prints them as {file, line, path, message, allowed, nearest}).
struct ErrorInfo {
  Mark mark;
  std::string path;     // "lane.chain.mach_zehnder.v_pi_l"; empty where no key is involved
  std::string message;  // what is wrong, without the place
  std::string allowed;  // what would be right; may be empty
  std::string nearest;  // the nearest known name; may be empty
};

// "file:line: path: message (allowed: …) Did you mean '…'?" with the empty parts left out.
std::string format_error(const ErrorInfo& info);

class Error : public std::runtime_error {
 public:
  explicit Error(ErrorInfo info) : std::runtime_error(format_error(info)), info_(std::move(info)) {}
  explicit Error(std::string message) : Error(ErrorInfo{{}, {}, std::move(message), {}, {}}) {}
  const ErrorInfo& info() const { return info_; }

 private:
  ErrorInfo info_;
};

// Throws the Error of a number that stands at `path` in no file.
[[noreturn]] void refuse_at(std::string path, std::string message, std::string allowed,
                            std::string nearest = {});

}  // namespace waverack
