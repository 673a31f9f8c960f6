#include "waverack/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace waverack {
namespace {

char lower_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Twice the edit distance, where a wrong case counts half: "Gbd" is nearer to "GBd" than to "Gb".
std::size_t double_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = 2 * j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = 2 * i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = a[i - 1], y = b[j - 1];
      const std::size_t change = x == y ? 0 : lower_letter(x) == lower_letter(y) ? 1 : 2;
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 2, row[j - 1] + 2, diagonal + change});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view name, const std::vector<std::string>& names) {
  std::string best;
  std::size_t best_distance = std::min(2 * name.size(), 2 * std::max<std::size_t>(2, name.size() / 3) + 1);
  for (const std::string& candidate : names) {
    const std::size_t distance = double_distance(name, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string join_path(std::string_view path, std::string_view key) {
  if (path.empty()) return std::string(key);
  return std::string(path) + "." + std::string(key);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\v\f";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

double tidy(double number) {
  const std::string text = fmt::format("{:.12g}", number);
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace waverack
