#pragma once
// Files of other programs and laboratories, where they are at hand. What each holds is stated in the README
// of the shared data.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "waverack/network/touchstone.hpp"

namespace waverack::network {

inline std::filesystem::path shared_data() {
  return std::filesystem::path(WAVERACK_SOURCE_DIR).parent_path() / "shared" / "data";
}

inline std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

inline Network read(const std::string& name) {
  return parse_touchstone(text_of_file(shared_data() / name),
                          std::filesystem::path(name).filename().string());
}

#define NEEDS_SHARED_DATA() \
  if (!std::filesystem::exists(shared_data())) GTEST_SKIP() << "there is no folder " << shared_data()

struct Expected {
  const char* file;
  int ports;
  std::size_t points;
  double first, last;  // [Hz]
  double reference = 50.0;
};

inline void expect_contents(const Expected& expected) {
  SCOPED_TRACE(expected.file);
  const Network network = read(expected.file);
  EXPECT_EQ(network.ports, expected.ports);
  EXPECT_EQ(network.points(), expected.points);
  EXPECT_EQ(network.s.size(), expected.points * static_cast<std::size_t>(expected.ports * expected.ports));
  EXPECT_NEAR(network.frequencies.front(), expected.first, 1e-9 * expected.first);
  EXPECT_NEAR(network.frequencies.back(), expected.last, 1e-9 * expected.last);
  EXPECT_EQ(network.reference_resistance, expected.reference);
}

}  // namespace waverack::network
