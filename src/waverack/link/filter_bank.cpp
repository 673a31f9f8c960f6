#include "waverack/link/filter_bank.hpp"

namespace waverack::link {

std::shared_ptr<const signal::BlockFilter> FilterBank::get(const std::string& name,
                                                           const std::function<signal::BlockFilter()>& make) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = filters_.find(name); found != filters_.end()) return found->second;
  }
  // Made without the lock: two threads may make the same filter, which costs less than waiting for another one.
  auto filter = std::make_shared<const signal::BlockFilter>(make());
  const std::lock_guard lock(mutex_);
  return filters_.emplace(name, std::move(filter)).first->second;
}

}  // namespace waverack::link
