#pragma once
// A parallel loop whose results do not depend on the number of threads.

#include <functional>

namespace waverack {

// Calls body(0) … body(count - 1), each exactly once, on `threads` threads; 0 means as many as the machine
// has. The caller's thread is one of them, so 1 is a plain loop. Each index must write only its own output:
// then the result is the same on any number of threads; a sum over indices belongs after the loop.
//
// If bodies throw, the exception of the lowest index that threw is rethrown, again the same on any number of
// threads; some of the indices above it have then not run. Loops may be nested: the inner one starts its own
// threads. Cost: about 20 µs for each thread that is started.
void parallel_for(int count, int threads, const std::function<void(int)>& body);

}  // namespace waverack
