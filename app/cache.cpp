#include "cache.hpp"

#include <cstdlib>

#include "waverack/io/technology_cache.hpp"

namespace waverack::app {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

std::filesystem::path technology_cache_folder() {
  return io::cache_folder(variable("XDG_CACHE_HOME"), variable("HOME"));
}

}  // namespace waverack::app
