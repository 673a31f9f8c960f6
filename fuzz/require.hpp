#pragma once
// What has to hold of everything that a reader lets through; else the fuzzer has found something.

#include <cstdlib>

inline void require(bool condition) {
  if (!condition) std::abort();
}
