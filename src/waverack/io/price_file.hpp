#pragma once
// Price lists from files.

#include <filesystem>

#include "waverack/cluster/prices.hpp"

namespace waverack::io {

// The list that is compiled in: designs/prices/default.csv.
cluster::PriceList built_in_prices();

// The rows of a file of one's own (cluster::parse_prices); with_prices() lays them over the built-in ones.
// Throws Error if it cannot be read.
cluster::PriceList load_prices(const std::filesystem::path& file);

}  // namespace waverack::io
