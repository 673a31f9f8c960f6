// A program that uses the installed library.
#include <cstdio>

#include "waverack/base/units.hpp"

int main() {
  const double length = waverack::parse_quantity("500 m", "km");
  std::printf("%s\n", waverack::format_quantity(length, "km").c_str());
}
