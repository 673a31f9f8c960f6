#include "waverack/cluster/simai.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>
#include <unordered_map>

#include "waverack/base/text.hpp"
#include "waverack/cluster/adjacency.hpp"
#include "waverack/cluster/decimal_text.hpp"
#include "waverack/cluster/topology_words.hpp"

namespace waverack::cluster {
namespace {

constexpr std::int64_t most_nodes = 100'000'000, most_declared_links = 1'000'000'000;
// "0 1 1Gbps 1s 0" is the shortest of links; half of it is allowed for.
constexpr std::size_t least_bytes_of_link = 7;
constexpr std::string_view link_form =
    "two nodes, rate, latency and packet loss, such as 0 16 400Gbps 0.0005ms 0";

struct UnitOfFile {
  std::string_view name;
  int power;            // of ten
  double factor = 1.0;  // beside it: bits of a byte
};
constexpr std::array<UnitOfFile, 20> rate_units{
    {{"bps", 0},      {"kbps", 3},      {"Kbps", 3},      {"Mbps", 6},      {"Gbps", 9},
     {"b/s", 0},      {"kb/s", 3},      {"Kb/s", 3},      {"Mb/s", 6},      {"Gb/s", 9},
     {"Bps", 0, 8.0}, {"kBps", 3, 8.0}, {"KBps", 3, 8.0}, {"MBps", 6, 8.0}, {"GBps", 9, 8.0},
     {"B/s", 0, 8.0}, {"kB/s", 3, 8.0}, {"KB/s", 3, 8.0}, {"MB/s", 6, 8.0}, {"GB/s", 9, 8.0}}};
constexpr std::array<UnitOfFile, 6> time_units{
    {{"s", 0}, {"ms", -3}, {"us", -6}, {"ns", -9}, {"ps", -12}, {"fs", -15}}};

template <std::size_t n>
double quantity(const LineReader& lines, std::string_view word, std::string_view what,
                const std::array<UnitOfFile, n>& units, std::string_view example) {
  const NumberAndRest parts = split_number(word);
  if (parts.number.empty())
    lines.fail_word(word, fmt::format("{} is '{}', which is no number", what, shown(word)),
                    std::string(example));
  const auto unit =
      std::find_if(units.begin(), units.end(), [&](const UnitOfFile& u) { return u.name == parts.rest; });
  if (unit == units.end()) {
    std::vector<std::string> names;
    for (const UnitOfFile& u : units) names.emplace_back(u.name);
    lines.fail_word(word,
                    parts.rest.empty() ? fmt::format("{} is '{}', which lacks its unit", what, shown(word))
                                       : fmt::format("'{}' is no unit of {}", shown(parts.rest), what),
                    std::string(example), nearest_name(parts.rest, names));
  }
  const double value = scaled_decimal(parts.number, unit->power) * unit->factor;
  if (!(value >= 0.0))
    lines.fail_word(word, fmt::format("{} is '{}'", what, shown(word)), "a finite number from 0");
  return value;
}

struct Header {
  std::int64_t nodes = 0, nv_switches = 0, switches = 0, links = 0;
};

Header read_header(LineReader& lines, std::size_t size, Graph& graph) {
  constexpr std::string_view form = "nodes, GPUs of a server, NVSwitches, switches, links, GPU type";
  if (!lines.next_line()) lines.fail_at(1, "an empty file", std::string(form));
  const auto next = [&](std::string_view what, std::int64_t low, std::int64_t high) {
    if (lines.line().empty())
      lines.fail(fmt::format("the first line ends before {}", what), std::string(form));
    return whole_number(lines, lines.next_word(), what, low, high);
  };
  Header header;
  header.nodes = next("the number of nodes", 2, most_nodes);
  graph.gpus_per_server = static_cast<int>(next("the number of GPUs of a server", 1, 1'000'000));
  header.nv_switches = next("the number of NVSwitches", 0, header.nodes - 1);
  header.switches = next("the number of switches", 0, header.nodes - 1 - header.nv_switches);
  header.links = next("the number of links", 1, most_declared_links);
  if (lines.line().empty()) lines.fail("the first line ends before the GPU type", std::string(form));
  const std::string_view type = lines.next_word();
  if (std::any_of(type.begin(), type.end(), [](char c) { return c <= ' ' || c > '~'; }))
    lines.fail_word(type, fmt::format("the GPU type is '{}'", shown(type)), "a word such as H100");
  graph.gpu_type = type;
  if (!lines.line().empty())
    lines.fail_word(lines.line(), fmt::format("'{}' follows the GPU type", shown(lines.line())),
                    std::string(form));
  // What line 1 states is believed as far as the text has room for it.
  if (static_cast<std::uint64_t>(header.links) > size / least_bytes_of_link)
    lines.fail(
        fmt::format("the first line states {} links, and the file has {} bytes: it was cut off, or "
                    "the count is wrong",
                    header.links, size));
  if (header.nodes > 2 * header.links)
    lines.fail(fmt::format("{} links cannot join {} nodes", header.links, header.nodes),
               fmt::format("at least {} links", (header.nodes + 1) / 2));
  return header;
}

void read_switches(LineReader& lines, const Header& header, Graph& graph) {
  const std::int64_t wanted = header.nv_switches + header.switches;
  graph.nodes.assign(static_cast<std::size_t>(header.nodes), NodeKind::gpu);
  bool below_gpus = false;
  for (std::int64_t found = 0; found < wanted;) {
    if (!lines.next_line())
      lines.fail(fmt::format("the file ends after {} of the {} switches that line 1 states", found, wanted));
    for (; !lines.line().empty(); ++found) {
      const std::string_view word = lines.next_word();
      if (found == wanted)
        lines.fail_word(word, fmt::format("more switches than the {} that line 1 states", wanted));
      const auto node = static_cast<std::size_t>(whole_number(lines, word, "a switch", 0, header.nodes - 1));
      if (graph.nodes[node] != NodeKind::gpu)
        lines.fail_word(word, fmt::format("switch {} comes twice", node));
      graph.nodes[node] = found < header.nv_switches ? NodeKind::nv_switch : NodeKind::packet_switch;
      below_gpus = below_gpus || static_cast<std::int64_t>(node) < header.nodes - wanted;
    }
  }
  if (below_gpus)
    graph.warnings.push_back(
        {"", fmt::format("line 2: SimAI takes the nodes from 0 to {} for GPUs, and some of them are switches",
                         header.nodes - wanted - 1)});
  if ((header.nodes - wanted) % graph.gpus_per_server != 0)
    graph.warnings.push_back({"", fmt::format("line 1: {} GPUs do not fill servers of {}",
                                              header.nodes - wanted, graph.gpus_per_server)});
}

// Classes of links by what the file says of them, and faster by how it says it.
class ClassTable {
 public:
  std::uint32_t find(LineReader& lines, Graph& graph) {
    const std::string_view text = lines.line();
    if (text == last_text_) return last_;
    const auto [known, is_new] = by_text_.try_emplace(text, 0);
    if (is_new) {
      const GraphClass found = read(lines);
      const auto [place, first_time] = by_value_.try_emplace(
          {found.rate, found.latency, found.loss}, static_cast<std::uint32_t>(graph.classes.size()));
      if (first_time) graph.classes.push_back(found);
      known->second = place->second;
    }
    last_text_ = text;
    return last_ = known->second;
  }

 private:
  static GraphClass read(LineReader& lines) {
    std::array<std::string_view, 3> words;
    for (std::string_view& word : words) {
      if (lines.line().empty()) lines.fail("a link with fewer than five words", std::string(link_form));
      word = lines.next_word();
    }
    if (!lines.line().empty())
      lines.fail_word(lines.line(), "a link with more than five words", std::string(link_form));
    GraphClass found;
    found.rate = quantity(lines, words[0], "a rate", rate_units, "a number and its unit, such as 400Gbps");
    if (!(found.rate > 0.0 && found.rate <= 1e18))
      lines.fail_word(words[0], fmt::format("the rate is '{}'", shown(words[0])),
                      "above 0, and at most 1000000000Gbps");
    found.latency =
        quantity(lines, words[1], "a latency", time_units, "a number and its unit, such as 0.0005ms");
    if (!(found.latency <= 3600.0))
      lines.fail_word(words[1], fmt::format("the latency is '{}'", shown(words[1])), "at most an hour");
    const NumberAndRest loss = split_number(words[2]);
    found.loss = loss.rest.empty() ? scaled_decimal(loss.number, 0) : -1.0;
    if (!(found.loss >= 0.0 && found.loss <= 1.0))
      lines.fail_word(words[2], fmt::format("the packet loss is '{}'", shown(words[2])),
                      "a number from 0 to 1");
    return found;
  }

  std::string_view last_text_;
  std::uint32_t last_ = 0;
  std::unordered_map<std::string_view, std::uint32_t> by_text_;
  std::map<std::tuple<double, double, double>, std::uint32_t> by_value_;
};

// Returns the line of the first link.
int read_links(LineReader& lines, const Header& header, Graph& graph) {
  const auto wanted = static_cast<std::size_t>(header.links);
  graph.links.reserve(wanted);
  ClassTable classes;
  int first_line = 0;
  while (lines.next_line()) {
    if (graph.links.size() == wanted)
      lines.fail(fmt::format("more links than the {} that line 1 states", wanted));
    if (graph.links.empty()) first_line = lines.line_number();
    // The last line of a file that was cut may be cut itself: what is missing is the better message.
    if (lines.at_last_line() && graph.links.size() + 1 < wanted)
      lines.fail(fmt::format("the file ends here, with {} of the {} links that line 1 states",
                             graph.links.size() + 1, wanted));
    const std::string_view a = lines.next_word();
    if (lines.line().empty()) lines.fail("a link with fewer than five words", std::string(link_form));
    const std::string_view b = lines.next_word();
    GraphLink link;
    link.a = static_cast<std::uint32_t>(whole_number(lines, a, "a node", 0, header.nodes - 1));
    link.b = static_cast<std::uint32_t>(whole_number(lines, b, "a node", 0, header.nodes - 1));
    if (link.a == link.b) lines.fail_word(b, fmt::format("a link from node {} to itself", link.a));
    link.link_class = classes.find(lines, graph);
    graph.links.push_back(link);
  }
  if (graph.links.size() < wanted)
    lines.fail(fmt::format("the file ends here, with {} of the {} links that line 1 states",
                           graph.links.size(), wanted));
  return first_line;
}

// The line of a link, found by going through the text again: only messages ask for it.
int line_of(std::string_view text, int first_line, std::uint32_t link) {
  LineReader lines(text, "", "");
  while (lines.next_line())
    if (lines.line_number() >= first_line && link-- == 0) break;
  return lines.line_number();
}

}  // namespace

Graph parse_simai(std::string_view text, const std::string& name) {
  LineReader lines(text, name, "");
  Graph graph;
  const Header header = read_header(lines, text.size(), graph);
  read_switches(lines, header, graph);
  const int first_line = read_links(lines, header, graph);
  const Adjacency near = adjacency(graph);
  for (std::uint32_t node = 0; node < graph.nodes.size(); ++node)
    if (near.degree(node) == 0) lines.fail(fmt::format("node {} has no link", node));
  if (const ParallelLinks twice = parallel_links(near); twice.found) {
    const GraphLink& link = graph.links[twice.again];
    lines.fail_at(line_of(text, first_line, twice.again),
                  fmt::format("a second link between nodes {} and {}; the first is in line {}", link.a,
                              link.b, line_of(text, first_line, twice.first)),
                  "one link between two nodes: SimAI keeps the last alone");
  }
  if (std::any_of(graph.classes.begin(), graph.classes.end(),
                  [](const GraphClass& c) { return c.loss > 0.0; }))
    graph.warnings.push_back({"", "some links lose packets: SimAI hangs on losses above 0 (#119, #184)"});
  return graph;
}

SimaiText write_simai(const Graph& graph, bool write_loss) {
  if (const ParallelLinks twice = parallel_links(adjacency(graph)); twice.found) {
    const GraphLink& link = graph.links[twice.again];
    throw Error(fmt::format("nodes {} and {} are joined by several links, and a SimAI file can state one",
                            link.a, link.b));
  }
  const auto count = [&](NodeKind kind) { return std::count(graph.nodes.begin(), graph.nodes.end(), kind); };
  SimaiText result;
  std::string& text = result.text;
  text = fmt::format("{} {} {} {} {} {}\n", graph.nodes.size(), std::max(graph.gpus_per_server, 1),
                     count(NodeKind::nv_switch), count(NodeKind::packet_switch), graph.links.size(),
                     graph.gpu_type.empty() ? "NONE" : graph.gpu_type);
  for (const NodeKind kind : {NodeKind::nv_switch, NodeKind::packet_switch})
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
      if (graph.nodes[node] == kind) fmt::format_to(std::back_inserter(text), "{} ", node);
  text += '\n';
  std::vector<std::string> columns;
  bool lossy = false;
  for (const GraphClass& c : graph.classes) {
    columns.push_back(fmt::format(" {}Gbps {}ns {}\n", plain_decimal(c.rate, 9), plain_decimal(c.latency, -9),
                                  write_loss ? plain_decimal(c.loss, 0) : "0"));
    lossy = lossy || c.loss > 0.0;
  }
  text.reserve(text.size() + graph.links.size() * 40);
  for (const GraphLink& link : graph.links)
    fmt::format_to(std::back_inserter(text), "{} {}{}", link.a, link.b, columns[link.link_class]);
  if (write_loss && lossy)
    result.warnings.push_back(
        {"",
         "the loss column is filled: SimAI (#119, #184) and astra-network-ns3 (#12) hang on losses above 0"});
  return result;
}

}  // namespace waverack::cluster
