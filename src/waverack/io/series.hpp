#pragma once
// Charts as results carry them: members of JSON, and files of comma-separated values.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/io/eye_list.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/link/result.hpp"

namespace waverack::io {

// One chart's numbers as comma-separated values; names and units stand in the first line.
struct SeriesFile {
  std::string name;  // "series/eye.TP2.csv"
  std::string text;
};
std::string series_file_name(std::string_view id);
std::vector<SeriesFile> series_files(std::span<const ListedEye>, std::span<const link::Curve>);

// The member "series" of the object that is open. `lane`: whose eyes they are, empty for none.
void write_series(JsonWriter&, std::span<const ListedEye>, std::span<const link::Curve>,
                  std::string_view lane = {});

}  // namespace waverack::io
