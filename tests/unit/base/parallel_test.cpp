#include "waverack/base/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace waverack {
namespace {

TEST(ParallelFor, GivesTheSameOnAnyNumberOfThreads) {
  std::vector<double> expected(1000);
  for (int i = 0; i < 1000; ++i) expected[static_cast<std::size_t>(i)] = std::sin(i);
  for (const int threads : {0, 1, 2, 7, 64}) {
    std::vector<double> found(1000);
    parallel_for(1000, threads, [&](int i) { found[static_cast<std::size_t>(i)] = std::sin(i); });
    EXPECT_EQ(found, expected) << threads;
  }
}

TEST(ParallelFor, CallsEachIndexOnce) {
  std::vector<std::atomic<int>> calls(500);
  parallel_for(500, 8, [&](int i) { ++calls[static_cast<std::size_t>(i)]; });
  for (const auto& count : calls) EXPECT_EQ(count.load(), 1);
}

TEST(ParallelFor, NothingToDo) {
  for (const int count : {0, -1})
    for (const int threads : {0, 1, 4}) parallel_for(count, threads, [](int) { FAIL(); });
}

TEST(ParallelFor, OneThreadIsTheCallers) {
  std::set<std::thread::id> threads;
  parallel_for(10, 1, [&](int) { threads.insert(std::this_thread::get_id()); });
  EXPECT_EQ(threads, std::set{std::this_thread::get_id()});
}

TEST(ParallelFor, ThrowsTheExceptionOfTheLowestIndex) {
  for (const int threads : {1, 2, 8}) {
    for (int repeat = 0; repeat < 50; ++repeat) {
      std::string message;
      try {
        parallel_for(200, threads, [](int i) {
          // The lower of two failing indices takes longer to fail.
          if (i == 20) std::this_thread::sleep_for(std::chrono::microseconds(200));
          if (i == 20 || i == 21 || i > 100) throw std::runtime_error(std::to_string(i));
        });
      } catch (const std::runtime_error& error) {
        message = error.what();
      }
      EXPECT_EQ(message, "20") << threads;
    }
  }
}

TEST(ParallelFor, Nests) {
  std::vector<int> sums(8);
  parallel_for(8, 4, [&](int i) {
    std::vector<int> values(50);
    parallel_for(50, 3, [&](int j) { values[static_cast<std::size_t>(j)] = i * j; });
    for (const int value : values) sums[static_cast<std::size_t>(i)] += value;
  });
  for (int i = 0; i < 8; ++i)
    EXPECT_EQ(sums[static_cast<std::size_t>(i)], i * 1225);  // 0 + 1 + … + 49 = 1225
}

}  // namespace
}  // namespace waverack
