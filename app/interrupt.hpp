#pragma once
// Ctrl-C as a stop token, for commands that can end early with what they have.

#include <csignal>
#include <stop_token>
#include <thread>

namespace waverack::app {

// While it lives, the first SIGINT requests a stop and the second ends the program as ever. Where SIGINT is
// ignored (a command in the background of a script) it stays ignored. Make it before starting other threads:
// they inherit the mask that keeps the signal away from them.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }
  void request_stop() { source_.request_stop(); }

 private:
  std::stop_source source_;
  sigset_t before_{};
  std::jthread watcher_;
};

}  // namespace waverack::app
