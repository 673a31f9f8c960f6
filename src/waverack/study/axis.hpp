#pragma once
// The values that one path of a design takes in a sweep.

#include <string>
#include <string_view>
#include <vector>

namespace waverack::study {

struct Axis {
  std::string given;  // "lane.chain.fibre.length=0.5 km:10 km:20"
  std::string path;
  std::string unit;                 // of `numbers`: "km"; empty for plain numbers and for texts
  std::vector<double> numbers;      // in `unit`; empty where the values are texts
  std::vector<std::string> values;  // as --set takes them: "1.5 km", "PAM4"
  bool logarithmic = false;
};

// Reads "PATH=a:b:n" (n values from a to b at equal distances), "PATH=a:b:n:log" (at equal ratios) or
// "PATH=v1,v2,…". Numbers carry their unit as in --set; all of one axis are turned into the unit of the
// first, and equal distances are equal in that unit: "-6 dBm:0 dBm:4" has steps of 2 dB. Values of a list
// that are not all numbers of one dimension are texts. Commas and colons inside of [ ] do not separate.
// Throws Error for a text of another form, and for ends that no such row of numbers joins.
Axis parse_axis(std::string_view text);

// PATH=VALUE for each axis at one point of the grid of all values. The last axis runs fastest.
std::vector<std::size_t> grid_indices(const std::vector<Axis>&, std::size_t point);
std::vector<std::string> grid_settings(const std::vector<Axis>&, const std::vector<std::size_t>& indices);
// The product of the numbers of values. Throws Error beyond a million.
std::size_t grid_size(const std::vector<Axis>&);

}  // namespace waverack::study
