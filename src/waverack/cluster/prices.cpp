#include "waverack/cluster/prices.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "waverack/base/csv_cells.hpp"
#include "waverack/base/line_reader.hpp"
#include "waverack/base/reader.hpp"
#include "waverack/base/text.hpp"

namespace waverack::cluster {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr double most_usd = 1e12;

enum Column { item, price_usd, low, high, unit, source, date, kind, column_count };
const std::vector<std::string> column_names{"item", "price_usd", "low",  "high",
                                            "unit", "source",    "date", "kind"};

// "2026", "2026-01", "2026-01-15".
bool is_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  }
  const auto two_digits = [&](std::size_t at) { return 10 * (text[at] - '0') + (text[at + 1] - '0'); };
  const auto within = [](int number, int most) { return number >= 1 && number <= most; };
  return (text.size() < 7 || within(two_digits(5), 12)) && (text.size() < 10 || within(two_digits(8), 31));
}

class PriceParser {
 public:
  explicit PriceParser(std::string name) : name_(std::move(name)) {}

  PriceList run(std::string_view text) {
    const std::vector<std::vector<std::string>> rows = csv_cells(text);
    if (rows.empty()) fail("the file is empty", "a first line such as " + head());
    read_head(rows.front());
    PriceList list;
    for (std::size_t r = 1; r < rows.size(); ++r) {
      ++line_;
      const std::vector<std::string>& cells = rows[r];
      for (const std::string& cell : cells)
        if (cell.find('\n') != cell.npos)
          fail("a cell goes on in the next line; is a quote not closed?", "cells without line breaks");
      const bool empty =
          std::all_of(cells.begin(), cells.end(), [](const std::string& c) { return trimmed(c).empty(); });
      if (empty || trimmed(cells.front()).starts_with('#')) continue;
      list.rows.push_back(read_row(cells));
    }
    return list;
  }

 private:
  [[noreturn]] void fail(std::string message, std::string allowed = {}, std::string nearest = {}) const {
    throw Error(ErrorInfo{{name_, line_, 0}, {}, std::move(message), std::move(allowed), std::move(nearest)});
  }

  static std::string head() { return fmt::format("{}", fmt::join(column_names, ",")); }

  void read_head(const std::vector<std::string>& cells) {
    place_.fill(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string title(trimmed(cells[i]));
      const auto known = std::find(column_names.begin(), column_names.end(), title);
      if (known == column_names.end())
        fail("'" + shown(title) + "' is no column of a price list", head(),
             nearest_name(title, column_names));
      std::size_t& place = place_[static_cast<std::size_t>(known - column_names.begin())];
      if (place != cells.size()) fail("the column '" + title + "' comes twice", "each column once");
      place = i;
    }
    columns_ = cells.size();
    for (const Column needed : {item, price_usd})
      if (place_[needed] == columns_)
        fail("the column '" + column_names[needed] + "' is missing", "a first line such as " + head());
  }

  Price read_row(const std::vector<std::string>& cells) {
    if (cells.size() != columns_)
      fail(fmt::format("a row of {} cells", cells.size()),
           fmt::format("{} as in the first line; a text with a comma stands in quotes", columns_));
    const auto cell = [&](Column column) {
      return place_[column] == columns_ ? std::string_view{} : trimmed(cells[place_[column]]);
    };
    Price row;
    row.mark = {name_, line_, 0};
    row.item = cell(item);
    if (row.item.empty()) fail("the row names no item", "the name of a design, a switch or a node");
    const auto [earlier, first] = lines_.emplace(row.item, line_);
    if (!first)
      fail(fmt::format("'{}' already has a price in line {}", shown(row.item), earlier->second),
           "each item once");
    row.usd.value = amount(cell(price_usd), price_usd, not_known);
    row.usd.low = amount(cell(low), low, row.usd.value);
    row.usd.high = amount(cell(high), high, row.usd.value);
    if (std::isnan(row.usd.value) && !(std::isnan(row.usd.low) && std::isnan(row.usd.high)))
      fail("bounds without a price", "price_usd between low and high, or all three empty");
    if (row.usd.low > row.usd.value) fail("low is above the price", fmt::format("at most {}", row.usd.value));
    if (row.usd.high < row.usd.value)
      fail("high is below the price", fmt::format("at least {}", row.usd.value));
    row.unit = unit_of(cell(unit));
    row.source = cell(source);
    row.date = cell(date);
    if (!row.date.empty() && !is_date(row.date))
      fail("'" + shown(row.date) + "' is no date", "2026, 2026-01 or 2026-01-15");
    if (const std::string_view given = cell(kind); !given.empty()) {
      Node node(given);
      node.mark = row.mark;
      row.kind = parse_kind(node, shown(row.item));
    }
    return row;
  }

  double amount(std::string_view text, Column column, double otherwise) const {
    if (text.empty()) return otherwise;
    double number = 0.0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || rest != text.data() + text.size() || !std::isfinite(number))
      fail(fmt::format("{} '{}' is not a number", column_names[column], shown(text)),
           "dollars without unit or separators of thousands, such as 950 or 1.2e5; empty where not known");
    if (number < 0.0 || number > most_usd)
      fail(fmt::format("{} {} is out of range", column_names[column], number), "0 to 1e12");
    return number;
  }

  PriceUnit unit_of(std::string_view text) const {
    if (text.empty()) return PriceUnit::piece;
    std::vector<std::string> names;
    for (const auto& known : EnumNames<PriceUnit>::list) {
      if (known.name == text) return known.value;
      names.emplace_back(known.name);
    }
    fail("'" + shown(text) + "' is no unit of a price", fmt::format("{}", fmt::join(names, ", ")),
         nearest_name(text, names));
  }

  std::string name_;
  int line_ = 1;
  std::size_t columns_ = 0;
  std::array<std::size_t, column_count> place_{};  // of each column; columns_ where it is missing
  std::map<std::string, int> lines_;               // of the items so far
};

}  // namespace

const Price* PriceList::find(std::string_view item) const {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Price& price) { return price.item == item; });
  return found == rows.end() ? nullptr : &*found;
}

PriceList parse_prices(std::string_view text, const std::string& name) { return PriceParser(name).run(text); }

PriceList with_prices(PriceList list, const PriceList& own) {
  for (const Price& price : own.rows) {
    const auto same = std::find_if(list.rows.begin(), list.rows.end(),
                                   [&](const Price& p) { return p.item == price.item; });
    if (same == list.rows.end())
      list.rows.push_back(price);
    else
      *same = price;
  }
  return list;
}

void apply_prices(std::vector<BillLine>& bill, const PriceList& list) {
  for (BillLine& line : bill) {
    const Price* price = list.find(line.item);
    if (!price) {
      line.price = exactly(not_known);
      line.price_source.clear();
      continue;
    }
    const double units = line.share * (price->unit == PriceUnit::metre ? line.length : 1.0);
    line.price = {units * price->usd.value, units * price->usd.low, units * price->usd.high};
    line.price_source = price->source;
  }
}

PriceList prices_of(const PriceList& list, std::span<const std::string> items) {
  PriceList chosen;
  for (const std::string& item : items)
    if (const Price* price = list.find(item)) chosen.rows.push_back(*price);
  return chosen;
}

void visit_ranged(PriceList& list, const std::string& path,
                  const std::function<void(const std::string& path, const Field&, Ranged&)>& visit) {
  Field field;
  field.unit = "USD";
  for (Price& price : list.rows) visit(join_path(path, price.item), field, price.usd);
}

std::vector<Warning> unused_prices(const PriceList& own, std::span<const std::string> items) {
  const std::vector<std::string> names(items.begin(), items.end());
  std::vector<Warning> warnings;
  for (const Price& price : own.rows) {
    if (std::find(names.begin(), names.end(), price.item) != names.end()) continue;
    const std::string nearest = nearest_name(price.item, names);
    warnings.push_back(
        {"prices." + price.item, fmt::format("line {} of {} prices '{}', which the cluster does not have{}",
                                             price.mark.line, price.mark.file, price.item,
                                             nearest.empty() ? "" : "; did you mean '" + nearest + "'?")});
  }
  return warnings;
}

}  // namespace waverack::cluster
