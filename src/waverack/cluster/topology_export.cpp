#include "waverack/cluster/topology_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "waverack/base/error.hpp"
#include "waverack/base/line_reader.hpp"

namespace waverack::cluster {
namespace {

void check_annotations(const Topology& topology, std::span<const LinkAnnotation> annotations) {
  std::vector<double> shares(topology.links.size(), 0.0);
  for (const LinkAnnotation& a : annotations) {
    if (a.link_class >= topology.links.size())
      throw Error(
          fmt::format("an annotation of link class {}: there are {}", a.link_class, topology.links.size()));
    const std::string& name = topology.links[a.link_class].name;
    if (!(a.latency >= 0.0 && a.latency <= 3600.0))
      throw Error(fmt::format("links {}: a latency of {} s", name, a.latency));
    if (!(a.frame_loss >= 0.0 && a.frame_loss <= 1.0))
      throw Error(fmt::format("links {}: a frame loss of {}", name, a.frame_loss));
    if (!(a.share > 0.0 && a.share <= 1.0 + 1e-9))
      throw Error(fmt::format("links {}: a share of {}", name, a.share));
    shares[a.link_class] += a.share;
  }
  for (std::size_t c = 0; c < shares.size(); ++c)
    if (shares[c] > 0.0 && std::abs(shares[c] - 1.0) > 1e-6)
      throw Error(fmt::format("links {}: shares add up to {}, not to 1", topology.links[c].name, shares[c]));
}

// Annotations of a class, and up to which of its links each goes.
struct Span {
  std::size_t annotation = 0;
  double end = 0.0;
};

std::vector<std::vector<Span>> spans_of(const Topology& topology,
                                        std::span<const LinkAnnotation> annotations) {
  std::vector<std::vector<Span>> spans(topology.links.size());
  for (std::size_t i = 0; i < annotations.size(); ++i) {
    std::vector<Span>& list = spans[annotations[i].link_class];
    const double start = list.empty() ? 0.0 : list.back().end;
    list.push_back({i, start + annotations[i].share *
                                   static_cast<double>(topology.links[annotations[i].link_class].count)});
  }
  return spans;
}

double reduced(Reduction reduction, double so_far, double weight_so_far, double value, double weight) {
  if (reduction == Reduction::worst) return std::max(so_far, value);
  return (so_far * weight_so_far + value * weight) / (weight_so_far + weight);
}

std::string comment_of(const LinkAnnotation& a, const LinkClass& links) {
  return fmt::format(
      "waverack: {}, share {:.4g}: {}, {:.4g} m, {:.4g} ns, loss {:.3g} of frames of {} octets", links.name,
      a.share, shown(a.technology), a.length, a.latency * 1e9, a.frame_loss, a.frame_octets);
}

}  // namespace

Graph annotated(const Graph& graph, const ClassifiedGraph& classified,
                std::span<const LinkAnnotation> annotations) {
  const Topology& topology = classified.topology;
  check_annotations(topology, annotations);
  const std::vector<std::vector<Span>> spans = spans_of(topology, annotations);
  Graph result = graph;
  result.classes.clear();
  for (const LinkAnnotation& a : annotations)
    result.classes.push_back({topology.links[a.link_class].rate, a.latency, a.frame_loss});
  const auto first_kept = static_cast<std::uint32_t>(result.classes.size());
  result.classes.insert(result.classes.end(), graph.classes.begin(), graph.classes.end());
  std::vector<std::int64_t> met(topology.links.size(), 0);
  for (std::size_t i = 0; i < graph.links.size(); ++i) {
    GraphLink& link = result.links[i];
    const std::uint16_t c = classified.class_of_link[i];
    if (c == not_classified || spans[c].empty()) {
      link.link_class += first_kept;
      continue;
    }
    const double place = static_cast<double>(met[c]++) + 0.5;
    const auto found = std::find_if(spans[c].begin(), spans[c].end() - 1,
                                    [&](const Span& span) { return place < span.end; });
    link.link_class = static_cast<std::uint32_t>(found->annotation);
  }
  return result;
}

BundledGraph bundled(const Graph& graph) {
  const auto ends_of = [&](std::size_t i) {
    const GraphLink& link = graph.links[i];
    return std::pair(std::min(link.a, link.b), std::max(link.a, link.b));
  };
  const auto class_of = [&](std::size_t i) -> const GraphClass& {
    return graph.classes[graph.links[i].link_class];
  };
  std::vector<std::size_t> order(graph.links.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return ends_of(i) < ends_of(j); });
  struct Bundle {
    std::size_t first = 0;
    std::pair<std::uint32_t, double> kind;  // class of the slowest, and rate of all
  };
  std::vector<Bundle> bundles;
  for (std::size_t i = 0; i < order.size();) {
    std::size_t slowest = order[i], end = i;
    double rate = 0.0;
    for (; end < order.size() && ends_of(order[end]) == ends_of(order[i]); ++end) {
      rate += class_of(order[end]).rate;
      if (class_of(order[end]).latency > class_of(slowest).latency) slowest = order[end];
    }
    bundles.push_back({order[i], {graph.links[slowest].link_class, rate}});
    i = end;
  }
  std::sort(bundles.begin(), bundles.end(),
            [](const Bundle& a, const Bundle& b) { return a.first < b.first; });
  std::map<std::pair<std::uint32_t, double>, std::uint32_t> places;
  for (const Bundle& bundle : bundles) places[bundle.kind] = 0;
  BundledGraph result;
  result.graph = graph;
  result.graph.classes.clear();
  result.graph.links.clear();
  for (auto& [kind, place] : places) {
    place = static_cast<std::uint32_t>(result.class_of.size());
    result.class_of.push_back(kind.first);
    GraphClass made = graph.classes[kind.first];
    made.rate = kind.second;
    result.graph.classes.push_back(made);
  }
  for (const Bundle& bundle : bundles) {
    GraphLink link = graph.links[bundle.first];
    link.link_class = places.at(bundle.kind);
    result.graph.links.push_back(link);
  }
  result.links_merged = static_cast<std::int64_t>(graph.links.size() - result.graph.links.size());
  return result;
}

HtsimTopology annotated(HtsimTopology htsim, const Topology& classes,
                        std::span<const LinkAnnotation> annotations, Reduction reduction) {
  check_annotations(classes, annotations);
  const std::string_view way = reduction == Reduction::worst ? "the worst" : "the mean";
  for (int i = 0; i < htsim.tiers; ++i) {
    HtsimTier& tier = htsim.tier[static_cast<std::size_t>(i)];
    double latency = 0.0, loss = 0.0, weight = 0.0;
    int octets = 0;
    for (const LinkAnnotation& a : annotations) {
      const LinkClass& links = classes.links[a.link_class];
      if (links.tier != i) continue;
      if (octets != 0 && octets != a.frame_octets)
        throw Error(
            fmt::format("losses of tier {} are of frames of {} and of {} octets", i, octets, a.frame_octets));
      octets = a.frame_octets;
      const double share = a.share * static_cast<double>(links.count);
      latency = reduced(reduction, latency, weight, a.latency, share);
      loss = reduced(reduction, loss, weight, a.frame_loss, share);
      weight += share;
      tier.comments.push_back(comment_of(a, links));
    }
    if (weight == 0.0) continue;
    tier.latency_ns = whole_nanoseconds(latency, reduction);
    tier.comments.push_back(
        fmt::format("waverack: {} of the tier: {:.4g} ns, loss {:.3g} of frames of {} octets", way,
                    latency * 1e9, loss, octets));
  }
  return htsim;
}

std::int64_t whole_nanoseconds(double seconds, Reduction reduction) {
  // What is a whole number but for rounding is not raised to the next.
  const double ns = seconds * 1e9;
  const double whole = reduction == Reduction::worst ? std::ceil(ns - 1e-6) : std::round(ns);
  return std::max<std::int64_t>(static_cast<std::int64_t>(whole), 1);
}

}  // namespace waverack::cluster
