#pragma once
// Filters that many solutions of one segment share: most questions about a segment change one element of it.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "waverack/signal/overlap_save.hpp"

namespace waverack::link {

// Keeps filters by name. Threads may share it: what it returns does not depend on who asked first.
class FilterBank {
 public:
  // The filter of this name, made by `make` when it is asked for the first time.
  std::shared_ptr<const signal::BlockFilter> get(const std::string& name,
                                                 const std::function<signal::BlockFilter()>& make);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const signal::BlockFilter>> filters_;
};

}  // namespace waverack::link
