#pragma once
// bom.csv, power.csv and links.csv: what a cluster consists of, what it draws and how it is wired, so that
// every total can be computed again from them (docs/formats/cluster-tables.md).

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/cluster/scenario.hpp"

namespace waverack::io {

// Watts for one cause. Rows add up to the power of the hall.
struct PowerRow {
  std::string cause;    // "switches", "chillers"
  std::string network;  // of switches and optics; else ""
  bool it = false;      // counts as IT
  double power = 0.0;   // mean over the year [W]
};
std::vector<PowerRow> power_rows(const cluster::HallResult&);

// Links of one class and one range of lengths.
struct LinkRow {
  std::string network;
  std::string link_class;  // "leaf-spine"
  int tier = 0;
  double rate = 0.0;  // one direction [bit/s]
  std::int64_t links = 0;
  double shortest = 0.0, longest = 0.0;  // [m]
  std::string technology;                // designs at the end nearer to the endpoints
  std::string far_technology;            // and at the other; the same for a cable, "" where none serves them
  double margin_db = 0.0;                // of the longest, beyond what must be kept
  double ber_pre_fec = 0.0;
  double frame_loss = 0.0;
  double latency = 0.0;  // of the longest, FEC included [s]
};
std::vector<LinkRow> link_rows(const cluster::ScenarioFrame&, const cluster::ScenarioResult&,
                               std::span<const cluster::Technology> technologies);

// A number that is not known is an empty cell. Numbers have as many digits as read back to the same double.
std::string bom_csv(std::span<const cluster::BillLine> bill, const cluster::PriceList& prices);
std::string power_csv(std::span<const PowerRow> rows);
std::string links_csv(std::span<const LinkRow> rows);

// What the functions above wrote. Throws Error, with `name` and line, for a head that is not theirs and for
// cells that are no numbers.
std::vector<cluster::BillLine> parse_bom_csv(std::string_view text, const std::string& name);
std::vector<PowerRow> parse_power_csv(std::string_view text, const std::string& name);
std::vector<LinkRow> parse_links_csv(std::string_view text, const std::string& name);

// Sums over the rows of the three tables. Amounts leave out what has no price; `without` counts it, each
// item once for each network.
struct TableTotals {
  std::int64_t nodes = 0, network_cards = 0, switches = 0, modules = 0, lasers = 0, cables = 0, fibres = 0,
               circuit_switches = 0, spares = 0;
  double capital = 0.0, spares_capital = 0.0;  // by the list, without margin [USD]
  int without = 0;
  double items_w = 0.0;   // quantity · power of all items
  double failures = 0.0;  // of all items [1/s]
  double flaps = 0.0;     // [1/s]
  double facility_w = 0.0;
  double it_w = 0.0;
  double energy_kwh = 0.0;  // of 8760 hours
  std::int64_t links = 0;
  double link_length = 0.0;  // of all links; lengths spread evenly from shortest to longest [m]
};
TableTotals totals_of(std::span<const cluster::BillLine> bill, std::span<const PowerRow> power,
                      std::span<const LinkRow> links);

}  // namespace waverack::io
