#pragma once
// Where solved technologies are kept between calls.

#include <filesystem>

namespace waverack::app {

// By the environment (io/technology_cache.hpp); empty where it names no folder.
std::filesystem::path technology_cache_folder();

}  // namespace waverack::app
