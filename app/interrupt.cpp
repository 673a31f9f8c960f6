#include "interrupt.hpp"

#include <pthread.h>

#include <cerrno>
#include <ctime>

namespace waverack::app {
namespace {

sigset_t only_interrupt() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  return set;
}

bool is_ignored() {
  struct sigaction current {};
  return sigaction(SIGINT, nullptr, &current) == 0 && current.sa_handler == SIG_IGN;
}

}  // namespace

// A thread that waits for the signal may do anything; a signal handler hardly may.
Interrupt::Interrupt() {
  if (is_ignored()) return;
  const sigset_t set = only_interrupt();
  pthread_sigmask(SIG_BLOCK, &set, &before_);
  watcher_ = std::jthread([this, set](const std::stop_token& end) {
    const timespec wait{0, 50'000'000};
    while (!end.stop_requested()) {
      if (sigtimedwait(&set, nullptr, &wait) != SIGINT) continue;
      source_.request_stop();
      // The next one comes here and does what it always does.
      pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
      return;
    }
  });
}

Interrupt::~Interrupt() {
  if (!watcher_.joinable()) return;
  watcher_.request_stop();
  watcher_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace waverack::app
