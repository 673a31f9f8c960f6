#pragma once
// What many solutions of one segment have in common: most questions about a segment change one element of it,
// or none, and ask only for another noise.

#include <complex>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "waverack/signal/overlap_save.hpp"

namespace waverack::link {

struct Stage;

// Keeps what was made, by name. Threads may share it: what it returns does not depend on who asked first.
template <class Item>
class Bank {
 public:
  // The item of this name, made by `make` when it is asked for the first time.
  template <class Make>
  std::shared_ptr<const Item> get(const std::string& name, const Make& make) {
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = items_.find(name); found != items_.end()) return found->second;
    }
    // Made without the lock: two threads may make the same item, which costs less than waiting for another
    // one.
    auto item = std::make_shared<const Item>(make());
    const std::lock_guard lock(mutex_);
    return items_.emplace(name, std::move(item)).first->second;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Item>> items_;
};

// Of one segment at one sample rate.
struct SharedWork {
  Bank<signal::BlockFilter> filters;                  // of runs of linear elements
  Bank<std::vector<std::complex<double>>> responses;  // of elements, on the grid of the noise
  Bank<Stage> stages;                                 // one pattern after nonlinear elements (propagate.hpp)
};

}  // namespace waverack::link
