#include "waverack/network/lumerical.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <set>

#include "waverack/base/line_reader.hpp"
#include "waverack/base/units.hpp"
#include "waverack/network/limits.hpp"

namespace waverack::network {
namespace {

constexpr int largest_shape = 10000000, largest_port_count = 100;
constexpr std::string_view header_example = R"(("port 1","mode 1",1,"port 2",1,"transmission"))";

class LumericalParser {
 public:
  LumericalParser(std::string_view text, const std::string& name) : lines_(text, name, "#") {
    file_.name = name;
  }

  LumericalFile run() {
    while (lines_.next_line()) {
      if (lines_.line().front() == '[')
        read_port();
      else
        read_block();
    }
    if (file_.blocks.empty())
      lines_.fail_at(0, "the file holds no S-parameters", std::string(header_example));
    if (!port_lines_) number_ports();
    if (unsorted_ > 0)
      file_.remarks.push_back(
          fmt::format("rows of {} entries are out of order and were sorted by frequency", unsorted_));
    return std::move(file_);
  }

 private:
  // The entries between the brackets of the line, without quotes.
  std::vector<std::string> entries(char open, char close) {
    std::string_view line = lines_.line();
    if (line.size() < 2 || line.front() != open || line.back() != close)
      lines_.fail(fmt::format("'{}' is no header", shown(line)), std::string(header_example));
    line = line.substr(1, line.size() - 2);
    std::vector<std::string> list(1);
    char quote = 0;
    for (const char c : line) {
      if (quote ? c == quote : c == '"' || c == '\'')
        quote = quote ? 0 : c;
      else if (!quote && c == ',')
        list.emplace_back();
      else if (quote || c != ' ')
        list.back() += c;
    }
    if (quote) lines_.fail("a quote is not closed", std::string(header_example));
    return list;
  }

  int port(const std::string& name) {
    auto& ports = file_.ports;
    const auto found = std::find(ports.begin(), ports.end(), name);
    if (found != ports.end()) return static_cast<int>(found - ports.begin()) + 1;
    if (ports.size() == largest_port_count)
      lines_.fail("there are too many ports", fmt::format("at most {}", largest_port_count));
    ports.push_back(name);
    return static_cast<int>(ports.size());
  }

  // Without port lines, ports that end with a number stand in its order.
  void number_ports() {
    const std::vector<std::string> seen = file_.ports;
    std::vector<long> number;
    for (const std::string& name : seen) {
      const std::size_t start = name.find_last_not_of("0123456789") + 1;
      if (name.size() - start < 1 || name.size() - start > 9) return;
      number.push_back(std::stol(name.substr(start)));
    }
    std::vector<int> order(seen.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return number[a] < number[b]; });
    std::vector<int> place(seen.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      file_.ports[i] = seen[order[i]];
      place[order[i]] = static_cast<int>(i) + 1;
    }
    for (LumericalBlock& block : file_.blocks) {
      block.to = place[block.to - 1];
      block.from = place[block.from - 1];
    }
  }

  void read_port() {
    port_lines_ = true;
    const std::vector<std::string> list = entries('[', ']');
    if (list.size() != 2) lines_.fail("a port line has two entries", R"(["port 1","LEFT"])");
    port(list.front());
  }

  int whole(const std::string& entry, int least, int most) const {
    const double value = lines_.number(entry);
    if (value != std::floor(value) || value < least || value > most)
      lines_.fail(fmt::format("'{}' is out of range", shown(entry)),
                  fmt::format("a whole number from {} to {}", least, most));
    return static_cast<int>(value);
  }

  void read_block() {
    const std::vector<std::string> header = entries('(', ')');
    if (header.size() != 6 && header.size() != 7)
      lines_.fail(fmt::format("a header of {} entries", header.size()), std::string(header_example));
    if (header[5] != "transmission")
      lines_.fail(fmt::format("the data are of the kind '{}'", shown(header[5])), "transmission");
    LumericalBlock block;
    block.to = port(header[0]);
    block.mode_name = header[1];
    block.to_mode = whole(header[2], 0, 1000);
    block.from = port(header[3]);
    block.from_mode = whole(header[4], 0, 1000);
    const double group_delay = header.size() == 7 ? lines_.number(header[6]) : 0.0;
    what_ = fmt::format("'{}' mode {} from '{}' mode {}", shown(header[0]), block.to_mode, shown(header[3]),
                        block.from_mode);
    if (!known_.insert({block.to, block.to_mode, block.from, block.from_mode}).second)
      lines_.fail(fmt::format("{} comes twice", what_), "each pair of ports and modes once");

    if (!lines_.next_line())
      lines_.fail(fmt::format("the file ends behind the header of {}", what_), "a shape such as (101, 3)");
    const std::vector<std::string> shape = entries('(', ')');
    if (shape.size() != 2) lines_.fail(fmt::format("a shape of {} numbers", shape.size()), "(rows, 3)");
    const int rows = whole(shape[0], 1, largest_shape);
    whole(shape[1], 3, 3);
    read_rows(block, rows, group_delay);
    file_.blocks.push_back(std::move(block));
  }

  void read_rows(LumericalBlock& block, int rows, double group_delay) {
    std::vector<double> f, magnitude, phase;
    std::vector<int> line;
    for (int row = 0; row < rows; ++row) {
      if (!lines_.next_line() || lines_.line().front() == '(')
        lines_.fail(fmt::format("{} has {} rows", what_, row),
                    fmt::format("{} rows, as its shape says", rows));
      std::vector<double> numbers;
      while (!lines_.line().empty()) numbers.push_back(lines_.number(lines_.next_word()));
      if (numbers.size() != 3)
        lines_.fail(fmt::format("a row of {} numbers", numbers.size()), "frequency, magnitude, phase");
      if (!(numbers[0] >= smallest_frequency && numbers[0] <= largest_frequency))
        lines_.fail(fmt::format("the frequency {:g} Hz is out of range", numbers[0]), "1 µHz to 1e18 Hz");
      if (!(numbers[1] >= 0.0 && numbers[1] <= largest_magnitude))
        lines_.fail(fmt::format("the magnitude {:g} is out of range", numbers[1]), "0 to 1e9");
      f.push_back(numbers[0]);
      line.push_back(lines_.line_number());
      magnitude.push_back(numbers[1]);
      phase.push_back(numbers[2]);
    }
    std::vector<std::size_t> order(f.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (f.front() > f.back()) std::reverse(order.begin(), order.end());
    const auto rises = [&](std::size_t i, std::size_t k) { return f[i] < f[k]; };
    if (!std::is_sorted(order.begin(), order.end(), rises)) {
      std::stable_sort(order.begin(), order.end(), rises);
      ++unsorted_;
    }
    const double middle = 0.5 * (f[order.front()] + f[order.back()]);
    for (const std::size_t k : order) {
      if (!block.frequencies.empty() && f[k] == block.frequencies.back())
        lines_.fail_at(line[k],
                       fmt::format("the frequency {} comes twice", format_engineering(f[k], "Hz", 9)),
                       "every frequency once");
      block.frequencies.push_back(f[k]);
      block.s.push_back(
          std::polar(magnitude[k], -(phase[k] + 2.0 * std::numbers::pi * group_delay * (f[k] - middle))));
    }
  }

  LineReader lines_;
  bool port_lines_ = false;
  int unsorted_ = 0;  // blocks whose rows neither rise nor fall
  std::set<std::array<int, 4>> known_;
  std::string what_;  // the block that is being read, for messages
  LumericalFile file_;
};

}  // namespace

const LumericalBlock* LumericalFile::find(int to, int to_mode, int from, int from_mode) const {
  for (const LumericalBlock& block : blocks)
    if (block.to == to && block.to_mode == to_mode && block.from == from && block.from_mode == from_mode)
      return &block;
  return nullptr;
}

LumericalFile parse_lumerical(std::string_view text, const std::string& name) {
  return LumericalParser(text, name).run();
}

Network network_of(const LumericalFile& file, int mode) {
  const auto fail = [&](std::string message, std::string allowed) {
    throw Error(ErrorInfo{{file.name, 0, 0}, {}, std::move(message), std::move(allowed), {}});
  };
  Network network;
  network.name = file.name;
  network.ports = static_cast<int>(file.ports.size());
  network.remarks = file.remarks;
  const std::size_t size = file.ports.size() * file.ports.size();
  std::size_t found = 0;
  for (const LumericalBlock& block : file.blocks) {
    if (block.to_mode != mode || block.from_mode != mode) continue;
    if (found++ == 0) {
      network.frequencies = block.frequencies;
      network.s.resize(size * network.points());
    } else if (block.frequencies != network.frequencies) {
      fail("the blocks have different frequencies", "the same frequencies for all ports of a mode");
    }
    for (std::size_t k = 0; k < network.points(); ++k) network.at(k, block.to, block.from) = block.s[k];
  }
  if (found == 0) fail(fmt::format("there is no mode {}", mode), "a mode of the file");
  if (found < size)
    network.remarks.push_back(
        fmt::format("{} of {} entries of mode {} are missing and count as 0", size - found, size, mode));
  return network;
}

}  // namespace waverack::network
