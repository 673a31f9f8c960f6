#include "waverack/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace waverack {

void parallel_for(int count, int threads, const std::function<void(int)>& body) {
  if (threads <= 0) threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  threads = std::min(threads, count);

  // Indices are handed out in ascending order, so when one throws, all below it have been handed out and
  // will finish: the lowest one that throws is the same whatever the timing.
  std::atomic<int> next{0};
  std::mutex mutex;
  int failed = count;
  std::exception_ptr failure;
  const auto work = [&] {
    for (int i = next.fetch_add(1); i < count; i = next.fetch_add(1)) {
      try {
        body(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (i < failed) {
          failed = i;
          failure = std::current_exception();
        }
        next.store(count);
      }
    }
  };

  std::vector<std::jthread> others;
  for (int t = 1; t < threads; ++t) others.emplace_back(work);
  work();
  others.clear();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace waverack
