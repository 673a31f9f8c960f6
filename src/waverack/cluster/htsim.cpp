#include "waverack/cluster/htsim.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "waverack/base/text.hpp"
#include "waverack/cluster/topology_words.hpp"

namespace waverack::cluster {
namespace {

// htsim reads into ints of 32 bits.
constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();

struct TierKey {
  std::string_view name;  // as it is written
  std::int64_t HtsimTier::*value;
};
constexpr std::array<TierKey, 9> tier_keys{{{"Downlink_speed_Gbps", &HtsimTier::rate_gbps},
                                            {"Radix_Down", &HtsimTier::radix_down},
                                            {"Radix_Up", &HtsimTier::radix_up},
                                            {"Downlink_Latency_ns", &HtsimTier::latency_ns},
                                            {"Switch_Latency_ns", &HtsimTier::switch_latency_ns},
                                            {"Oversubscribed", &HtsimTier::oversubscribed},
                                            {"Bundle", &HtsimTier::bundle},
                                            {"Queue_Up", &HtsimTier::queue_up},
                                            {"Queue_Down", &HtsimTier::queue_down}}};
constexpr std::array<std::string_view, 3> header_keys{"Nodes", "Tiers", "Podsize"};

std::vector<std::string> known_keys() {
  std::vector<std::string> names{"Tier"};
  for (const std::string_view key : header_keys) names.emplace_back(key);
  for (const TierKey& key : tier_keys) names.emplace_back(key.name);
  return names;
}

template <class List, class Name>
std::optional<std::size_t> place_of(const List& list, std::string_view key, Name name) {
  for (std::size_t i = 0; i < list.size(); ++i)
    if (lower(name(list[i])) == key) return i;
  return std::nullopt;
}

// Reads line after line, and remembers what was stated.
class Reader {
 public:
  Reader(std::string_view text, const std::string& name) : lines_(text, name, "#") {}

  HtsimTopology read() {
    while (lines_.next_line()) read_line();
    return std::move(result_);
  }
  // Whether a key of a tier was stated.
  bool stated(std::size_t tier, std::size_t key) const { return tiers_[tier].stated[key] > 0; }
  bool has_tier(std::size_t tier) const { return tiers_[tier].line > 0; }

 private:
  struct TierLines {
    int line = 0;
    std::array<int, tier_keys.size()> stated{};
  };

  void warn(std::string message) {
    result_.warnings.push_back({"", fmt::format("line {}: {}", lines_.line_number(), message)});
  }

  std::int64_t value(std::string_view key, std::int64_t low) {
    if (lines_.line().empty()) lines_.fail(fmt::format("{} lacks its value", shown(key)), "a whole number");
    const std::string_view word = lines_.next_word();
    // A comment behind it was cut off already; htsim reads over the rest of a line.
    if (!lines_.line().empty())
      warn(fmt::format("'{}' behind the value of {} is passed over", shown(lines_.line()), shown(key)));
    return whole_number(lines_, word, shown(key), low, most);
  }

  void once(int& line, std::string_view key) {
    if (line > 0) lines_.fail_word(key, fmt::format("{} stands in line {} already", shown(key), line));
    line = lines_.line_number();
  }

  void read_line() {
    const std::string_view all = lines_.line(), key = lines_.next_word();
    if (const std::size_t gap = all.size() - key.size() - lines_.line().size();
        !lines_.line().empty() && (gap != 1 || all[key.size()] != ' '))
      warn(fmt::format("htsim takes one space between {} and its value", shown(key)));
    const std::string small = lower(key);
    const auto same = [](std::string_view name) { return name; };
    if (small == "tier") {
      const std::string_view word = lines_.line();
      tier_ = static_cast<int>(value(key, 0));
      if (tier_ > 2) lines_.fail_word(word, fmt::format("a tier {}", tier_), "0 to 2");
      once(tiers_[static_cast<std::size_t>(tier_)].line, key);
      result_.tier[static_cast<std::size_t>(tier_)].line = lines_.line_number();
    } else if (const auto header = place_of(header_keys, small, same)) {
      if (tier_ >= 0) return warn(fmt::format("htsim passes over {} behind the first tier", shown(key)));
      once(header_[*header], key);
      result_.line = lines_.line_number();
      const std::int64_t number = value(key, 1);
      if (*header == 0) result_.nodes = number;
      if (*header == 1) result_.tiers = static_cast<int>(number);
      if (*header == 2) result_.pod_size = number;
    } else if (const auto found = place_of(tier_keys, small, [](const TierKey& k) { return k.name; })) {
      if (tier_ < 0) return warn(fmt::format("htsim passes over {} in front of the first tier", shown(key)));
      const auto tier = static_cast<std::size_t>(tier_);
      once(tiers_[tier].stated[*found], key);
      const TierKey& known = tier_keys[*found];
      const bool may_be_zero = known.value == &HtsimTier::switch_latency_ns;
      result_.tier[tier].*known.value = value(key, may_be_zero ? 0 : 1);
    } else {
      const std::string nearest = nearest_name(key, known_keys());
      warn(fmt::format("htsim passes over the unknown key '{}'{}", shown(key),
                       nearest.empty() ? "" : fmt::format(" (did you mean '{}'?)", nearest)));
    }
  }

  LineReader lines_;
  HtsimTopology result_;
  int tier_ = -1;
  std::array<int, header_keys.size()> header_{};
  std::array<TierLines, 3> tiers_;
};

[[noreturn]] void refuse_file(const std::string& name, int line, std::string message,
                              std::string allowed = {}) {
  throw Error(ErrorInfo{{name, line, 0}, {}, std::move(message), std::move(allowed), {}});
}

void check_header(const HtsimTopology& t, const std::string& name) {
  if (t.nodes < 1) refuse_file(name, t.line, "Nodes is missing", "the number of hosts in front of the tiers");
  if (t.tiers != 2 && t.tiers != 3)
    refuse_file(name, t.line, t.tiers == 0 ? "Tiers is missing" : fmt::format("{} tiers", t.tiers),
                "2 or 3 tiers");
  if (t.pod_size < 1)
    refuse_file(name, t.line, "Podsize is missing", "hosts of a pod, in front of the tiers");
  if (t.nodes % t.pod_size != 0)
    refuse_file(name, t.line, fmt::format("{} nodes are no whole number of pods of {}", t.nodes, t.pod_size));
  if (t.tiers == 2 && t.pod_size != t.nodes)
    refuse_file(name, t.line, fmt::format("two tiers make one pod, and Podsize is {}", t.pod_size),
                fmt::format("Podsize {}", t.nodes));
}

void check_tier(const HtsimTopology& t, int i, const std::string& name) {
  const HtsimTier& tier = t.tier[static_cast<std::size_t>(i)];
  const auto need = [&](std::int64_t value, std::string_view key) {
    if (value < 1)
      refuse_file(name, tier.line, fmt::format("tier {} lacks {}", i, key), "a whole number from 1");
  };
  need(tier.rate_gbps, "Downlink_speed_Gbps");
  need(tier.latency_ns, "Downlink_Latency_ns");
  need(tier.radix_down, "Radix_Down");
  need(tier.oversubscribed, "Oversubscribed");
  need(tier.bundle, "Bundle");
  if (tier.radix_down % tier.bundle != 0)
    refuse_file(
        name, tier.line,
        fmt::format("tier {}: Radix_Down {} is no multiple of Bundle {}", i, tier.radix_down, tier.bundle));
  if (i + 1 == t.tiers) return;
  need(tier.radix_up, "Radix_Up");
  const HtsimTier& above = t.tier[static_cast<std::size_t>(i) + 1];
  if (above.bundle > 0 && tier.radix_up % above.bundle != 0)
    refuse_file(name, tier.line,
                fmt::format("tier {}: Radix_Up {} is no multiple of Bundle {} of tier {}", i, tier.radix_up,
                            above.bundle, i + 1));
}

// `ports` · `rate` shared out over links of the tier above: how many of them, and none where they are not
// whole or too many.
std::int64_t uplinks(std::int64_t ports, const HtsimTier& tier, const HtsimTier& above) {
  // Of numbers below 2^31.
  const std::int64_t carried = ports * tier.rate_gbps, share = above.rate_gbps * tier.oversubscribed;
  return carried % share == 0 && carried / share <= most ? carried / share : 0;
}

void check_leaves(const HtsimTopology& t, const std::string& name) {
  const HtsimTier &leaf = t.tier[0], &spine = t.tier[1];
  if (leaf.bundle != 1)
    refuse_file(name, leaf.line, "tier 0: Bundle above 1: htsim gives a host one link", "Bundle 1");
  if (t.pod_size % leaf.radix_down != 0)
    refuse_file(name, leaf.line,
                fmt::format("pods of {} hosts are no whole number of leaves with Radix_Down {}", t.pod_size,
                            leaf.radix_down));
  if (leaf.radix_down / leaf.radix_up != leaf.oversubscribed)
    refuse_file(name, leaf.line,
                fmt::format("tier 0: Radix_Down {} / Radix_Up {} is not Oversubscribed {}", leaf.radix_down,
                            leaf.radix_up, leaf.oversubscribed),
                "the quotient without its remainder");
  const std::int64_t up = uplinks(t.nodes, leaf, spine), per_spine = t.pods() * spine.radix_down;
  if (up == 0 || up % per_spine != 0 || up / per_spine * spine.bundle != leaf.radix_up)
    refuse_file(
        name, leaf.line,
        fmt::format("tier 0: {} hosts at {} Gb/s, oversubscribed {}, need other than Radix_Up {} to spines "
                    "with Radix_Down {} in bundles of {} at {} Gb/s",
                    t.nodes, leaf.rate_gbps, leaf.oversubscribed, leaf.radix_up, spine.radix_down,
                    spine.bundle, spine.rate_gbps),
        "hosts · rate / (rate above · Oversubscribed · pods · Radix_Down above) · Bundle above = Radix_Up");
}

void check_cores(const HtsimTopology& t, const std::string& name) {
  const HtsimTier &leaf = t.tier[0], &spine = t.tier[1], &core = t.tier[2];
  const std::int64_t leaf_links = uplinks(t.nodes, leaf, spine), up = uplinks(leaf_links, spine, core),
                     spines = leaf.radix_up / spine.bundle;
  const std::int64_t cores = up % core.radix_down == 0 ? up / core.radix_down : 0;
  if (cores == 0 || cores % spines != 0 || cores * core.bundle / spines != spine.radix_up)
    refuse_file(
        name, spine.line,
        fmt::format(
            "tier 1: {} links at {} Gb/s, oversubscribed {}, need other than Radix_Up {} to cores with "
            "Radix_Down {} in bundles of {} at {} Gb/s",
            leaf_links, spine.rate_gbps, spine.oversubscribed, spine.radix_up, core.radix_down, core.bundle,
            core.rate_gbps),
        "cores · Bundle above / spines of a pod = Radix_Up, cores a multiple of the spines of a pod");
}

}  // namespace

std::int64_t HtsimTopology::cores() const {
  // Those of the place of a spine, for each of the places.
  return tiers < 3 ? 0 : spines() / pods() * (tier[1].radix_up / tier[2].bundle);
}

std::int64_t HtsimTopology::link_count(int below) const {
  return below == 0 ? nodes : below == 1 ? leaves() * tier[0].radix_up : spines() * tier[1].radix_up;
}

void check(const HtsimTopology& topology, const std::string& name) {
  check_header(topology, name);
  for (int i = 0; i < topology.tiers; ++i) check_tier(topology, i, name);
  check_leaves(topology, name);
  if (topology.tiers == 3) check_cores(topology, name);
}

HtsimTopology parse_htsim(std::string_view text, const std::string& name) {
  Reader reader(text, name);
  HtsimTopology result = reader.read();
  check(result, name);
  for (std::size_t i = static_cast<std::size_t>(result.tiers); i < 3; ++i)
    if (reader.has_tier(i)) {
      result.warnings.push_back({"", fmt::format("tier {} of a network of {} tiers", i, result.tiers)});
      result.tier[i] = {};
    }
  return result;
}

std::string write_htsim(const HtsimTopology& topology) {
  std::string text;
  const auto comment = [&](const std::vector<std::string>& lines) {
    for (const std::string& line : lines) text += "# " + line + '\n';
  };
  comment(topology.comments);
  text += fmt::format("Nodes {}\nTiers {}\nPodsize {}\n", topology.nodes, topology.tiers, topology.pod_size);
  for (int i = 0; i < topology.tiers; ++i) {
    const HtsimTier& tier = topology.tier[static_cast<std::size_t>(i)];
    text += fmt::format("\nTier {}\n", i);
    for (const TierKey& key : tier_keys) {
      const std::int64_t value = tier.*key.value;
      const bool is_optional = key.value == &HtsimTier::queue_up || key.value == &HtsimTier::queue_down;
      const bool leads_up = key.value == &HtsimTier::radix_up || key.value == &HtsimTier::queue_up;
      if ((is_optional && value == 0) || (leads_up && i + 1 == topology.tiers)) continue;
      text += fmt::format("{} {}\n", key.name, value);
    }
    comment(tier.comments);
  }
  return text;
}

}  // namespace waverack::cluster
