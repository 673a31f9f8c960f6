#include "waverack/io/cluster_tables.hpp"

#include <array>
#include <cmath>

#include "waverack/base/line_reader.hpp"
#include "waverack/cluster/cost.hpp"
#include "waverack/cluster/failures.hpp"
#include "waverack/io/csv_columns.hpp"

namespace waverack::io {
namespace {

using cluster::BillLine;
using cluster::ItemKind;

using cluster::fit;
constexpr double gigabit = 1e9, nanosecond = 1e-9;

struct KindName {
  ItemKind kind;
  std::string_view name;
};
constexpr std::array<KindName, 8> kind_names{{{ItemKind::node, "node"},
                                              {ItemKind::network_card, "network_card"},
                                              {ItemKind::switch_box, "switch"},
                                              {ItemKind::module, "module"},
                                              {ItemKind::external_laser, "external_laser"},
                                              {ItemKind::cable, "cable"},
                                              {ItemKind::fibre, "fibre"},
                                              {ItemKind::circuit_switch, "circuit_switch"}}};

std::string_view name_of(ItemKind kind) {
  for (const KindName& known : kind_names)
    if (known.kind == kind) return known.name;
  return "?";
}

ItemKind kind_of(const std::string& name) {
  for (const KindName& known : kind_names)
    if (known.name == name) return known.kind;
  throw Error("'" + shown(name) + "' is no kind of item");
}

CsvColumns<BillLine> bom_columns(const cluster::PriceList* prices) {
  using Row = BillLine;
  CsvColumns<Row> columns{{"kind", [](const Row& row) { return std::string(name_of(row.kind)); },
                           [](Row& row, const std::string& cell) { row.kind = kind_of(cell); }},
                          text_column("item", &Row::item),
                          text_column("network", &Row::network),
                          text_column("place", &Row::place),
                          count_column("tier", &Row::tier),
                          count_column("link_tier", &Row::link_tier),
                          number_column("reach", "m", 1.0, &Row::length),
                          count_column("quantity", &Row::quantity),
                          count_column("spares", &Row::spares),
                          count_column("ends", &Row::ends),
                          number_column("rate", "Gb/s", gigabit, &Row::rate),
                          number_column("fill", "", 1.0, &Row::fill),
                          number_column("share", "", 1.0, &Row::share),
                          number_column("liquid_share", "", 1.0, &Row::liquid_share)};
  add_ranged(columns, "power", "W", 1.0, &Row::power);
  add_ranged(columns, "maximum_power", "W", 1.0, &Row::maximum_power);
  add_ranged(columns, "failures", "FIT", fit, &Row::failures);
  add_ranged(columns, "flaps", "FIT", fit, &Row::flaps);
  add_ranged(columns, "price", "USD", 1.0, &Row::price);
  columns.push_back(text_column("price_source", &Row::price_source));
  columns.push_back({"price_date",
                     [prices](const Row& row) {
                       const cluster::Price* price = prices ? prices->find(row.item) : nullptr;
                       return price ? csv_field(price->date) : std::string();
                     },
                     [](Row&, const std::string&) {}});
  return columns;
}

CsvColumns<PowerRow> power_columns() {
  using Row = PowerRow;
  return {text_column("cause", &Row::cause), text_column("network", &Row::network),
          CsvColumn<Row>{"counts_as_it", [](const Row& row) { return std::string(row.it ? "yes" : "no"); },
                         [](Row& row, const std::string& cell) {
                           if (cell != "yes" && cell != "no")
                             throw Error("'" + shown(cell) + "' is neither yes nor no");
                           row.it = cell == "yes";
                         }},
          number_column("power", "W", 1.0, &Row::power)};
}

CsvColumns<LinkRow> links_columns() {
  using Row = LinkRow;
  return {text_column("network", &Row::network),
          text_column("class", &Row::link_class),
          count_column("tier", &Row::tier),
          number_column("rate", "Gb/s", gigabit, &Row::rate),
          count_column("links", &Row::links),
          number_column("shortest", "m", 1.0, &Row::shortest),
          number_column("longest", "m", 1.0, &Row::longest),
          text_column("technology", &Row::technology),
          text_column("far_technology", &Row::far_technology),
          number_column("margin", "dB", 1.0, &Row::margin_db),
          number_column("ber_pre_fec", "", 1.0, &Row::ber_pre_fec),
          number_column("frame_loss", "", 1.0, &Row::frame_loss),
          number_column("latency", "ns", nanosecond, &Row::latency)};
}

}  // namespace

std::vector<PowerRow> power_rows(const cluster::HallResult& hall) {
  std::vector<PowerRow> rows;
  for (const cluster::HallItem& item : hall.items)
    rows.push_back(
        {std::string(enum_name(item.cause)), item.network, cluster::is_it(item.cause), item.power_w});
  return rows;
}

std::vector<LinkRow> link_rows(const cluster::ScenarioFrame& frame, const cluster::ScenarioResult& result,
                               std::span<const cluster::Technology> technologies) {
  const auto name = [&](std::size_t index) {
    return index == cluster::no_technology ? std::string() : technologies[index].name;
  };
  std::vector<LinkRow> rows;
  for (std::size_t n = 0; n < result.networks.size(); ++n)
    for (const cluster::Selection& selection : result.networks[n].choice.selections) {
      const cluster::LinkClass& links = frame.topologies[n].links[selection.link_class];
      const cluster::LengthBin& bin = links.lengths[selection.bin];
      rows.push_back({frame.topologies[n].name, links.name, links.tier, links.rate, selection.links, bin.from,
                      bin.to, name(selection.a), name(selection.b), selection.margin_db,
                      selection.ber_pre_fec, selection.frame_loss, selection.latency});
    }
  return rows;
}

std::string bom_csv(std::span<const BillLine> bill, const cluster::PriceList& prices) {
  return write_csv(bom_columns(&prices), bill);
}
std::string power_csv(std::span<const PowerRow> rows) { return write_csv(power_columns(), rows); }
std::string links_csv(std::span<const LinkRow> rows) { return write_csv(links_columns(), rows); }

std::vector<BillLine> parse_bom_csv(std::string_view text, const std::string& name) {
  return read_csv(bom_columns(nullptr), text, name);
}
std::vector<PowerRow> parse_power_csv(std::string_view text, const std::string& name) {
  return read_csv(power_columns(), text, name);
}
std::vector<LinkRow> parse_links_csv(std::string_view text, const std::string& name) {
  return read_csv(links_columns(), text, name);
}

TableTotals totals_of(std::span<const BillLine> bill, std::span<const PowerRow> power,
                      std::span<const LinkRow> links) {
  TableTotals totals;
  const auto count_of = [&](ItemKind kind) {
    std::int64_t sum = 0;
    for (const BillLine& line : bill)
      if (line.kind == kind) sum += line.quantity;
    return sum;
  };
  totals.nodes = count_of(ItemKind::node);
  totals.network_cards = count_of(ItemKind::network_card);
  totals.switches = count_of(ItemKind::switch_box);
  totals.modules = count_of(ItemKind::module);
  totals.lasers = count_of(ItemKind::external_laser);
  totals.cables = count_of(ItemKind::cable);
  totals.fibres = count_of(ItemKind::fibre);
  totals.circuit_switches = count_of(ItemKind::circuit_switch);
  for (const BillLine& line : bill) {
    const auto quantity = static_cast<double>(line.quantity);
    totals.spares += line.spares;
    totals.items_w += quantity * line.power.value;
    totals.failures += quantity * line.failures.value;
    totals.flaps += quantity * line.flaps.value;
  }
  const cluster::CostResult cost = cluster::cost(bill, {}, {});
  totals.capital = cost.capital;
  totals.spares_capital = cost.spares_capital;
  totals.without = cost.without;
  for (const PowerRow& row : power) {
    totals.facility_w += row.power;
    if (row.it) totals.it_w += row.power;
  }
  totals.energy_kwh = totals.facility_w * 8.76;
  for (const LinkRow& row : links) {
    totals.links += row.links;
    totals.link_length += static_cast<double>(row.links) * 0.5 * (row.shortest + row.longest);
  }
  return totals;
}

}  // namespace waverack::io
