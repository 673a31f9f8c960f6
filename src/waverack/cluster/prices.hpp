#pragma once
// Price lists: what one of each item costs, between what it lies, and who says so.

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/base/ranged.hpp"
#include "waverack/cluster/bill.hpp"

namespace waverack::cluster {

enum class PriceUnit { piece, metre };

struct Price {
  std::string item;  // of a bill: the name of a design, a switch, a node
  Ranged usd;        // of one unit; NaN: not known
  PriceUnit unit = PriceUnit::piece;
  std::string source;
  std::string date;  // of the price: "2026", "2026-01" or "2026-01-15"; may be empty
  Kind kind = Kind::assumed;
  Mark mark;
};

struct PriceList {
  std::vector<Price> rows;                         // each item once
  const Price* find(std::string_view item) const;  // nullptr: not in the list
};

// Reads comma-separated values with the columns
//   item, price_usd, low, high, unit, source, date, kind
// in any order, which the first line names; `item` and `price_usd` are needed. An empty price says that it is
// not known; low and high are the price where they are empty. unit: "piece" (where empty) or "m". kind: a
// word of kind_name(), "assumed" where empty. Below the first line, empty lines and those that start with '#'
// are left out.
//
// Errors, with file and line: a column unknown, missing or twice; a row with another number of cells; no item
// name, or one twice; a price that is no number, negative or above 1e12; low above the price or high below
// it; bounds without a price; unknown unit or kind; a date of another form; a cell with a line break, as of a
// quote that is not closed.
PriceList parse_prices(std::string_view text, const std::string& name);

// `list` with the rows of `own` in place of those of the same item, and the others behind them.
PriceList with_prices(PriceList list, const PriceList& own);

// Fills in price and price_source of every line. An item that the list lacks, or whose price is not known,
// has the price NaN. A line pays its `share` of an item, and for one in metres its `length`, the longest of
// its links.
void apply_prices(std::vector<BillLine>& bill, const PriceList& list);

// The rows of `list` for `items`, in their order; what the list lacks is left out.
PriceList prices_of(const PriceList& list, std::span<const std::string> items);

// Every price with its path below `path`, for add_inputs() and set_inputs() of bands.hpp: as visit_ranged()
// of a described struct. A price is one number, however many lines of a bill it serves.
void visit_ranged(PriceList& list, const std::string& path,
                  const std::function<void(const std::string& path, const Field&, Ranged&)>& visit);

// Rows of a user's list that price none of `items`, with the nearest of them: a word on misspelt names.
std::vector<Warning> unused_prices(const PriceList& own, std::span<const std::string> items);

}  // namespace waverack::cluster

namespace waverack {
template <>
struct EnumNames<cluster::PriceUnit> {
  using U = cluster::PriceUnit;
  static constexpr std::array<EnumName<U>, 2> list{{{"piece", U::piece}, {"m", U::metre}}};
};
}  // namespace waverack
