#pragma once
// Two responses, one behind the other.

#include <utility>

#include "waverack/signal/response.hpp"

namespace waverack::link {

// a·b, and b alone where `a` is empty.
inline signal::Response product(signal::Response a, signal::Response b) {
  if (!a) return b;
  return [a = std::move(a), b = std::move(b)](double f) { return a(f) * b(f); };
}

}  // namespace waverack::link
