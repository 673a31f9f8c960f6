#pragma once
// Charts as results carry them: members of JSON, and files of comma-separated values.

#include <string>
#include <string_view>

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
SeriesFile eye_file(const ListedEye&);
SeriesFile curve_file(const link::Curve&);

// Members of the object that is open. `lane`: whose eye it is, empty for none.
void write_eye(JsonWriter&, const ListedEye&, std::string_view lane);
void write_curve(JsonWriter&, const link::Curve&);

}  // namespace waverack::io
