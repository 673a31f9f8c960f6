#include "waverack/cluster/choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waverack/cluster/choice_bill.hpp"

namespace waverack::cluster {
namespace {

// Everything that may serve the links of one bin.
struct Bin {
  Selection links;  // with its class and number; nothing chosen
  std::vector<Pair> pairs;
  std::vector<Objectives> totals;  // of each pair
};

// Links of a bin: the shares are rounded so that the bins add up to the class.
std::int64_t links_up_to(const LinkClass& links, std::size_t bins) {
  double share = 0.0;
  for (std::size_t i = 0; i < bins; ++i) share += links.lengths[i].share;
  if (bins == links.lengths.size()) share = 1.0;
  return std::llround(static_cast<double>(links.count) * share);
}

// What a technology says to both ends and to the length of a bin.
struct Candidate {
  std::size_t technology = 0;
  std::string refused_length;
  EndFit a, b;
};

void add_pairs(const ChoiceInput& input, const std::vector<Candidate>& candidates, Bin& bin) {
  for (const Candidate& at_a : candidates)
    for (const Candidate& at_b : candidates) {
      if (!at_a.refused_length.empty() || !at_b.refused_length.empty()) continue;
      if (!at_a.a.reason.empty() || !at_b.b.reason.empty()) continue;
      if (!speak_alike(input.technologies[at_a.technology], input.technologies[at_b.technology])) continue;
      bin.pairs.push_back({at_a.technology, at_b.technology, at_a.a, at_b.b});
    }
}

// Why a technology is in none of the pairs.
std::string reason_of(const Candidate& candidate, const std::string& place_a, const std::string& place_b) {
  if (!candidate.refused_length.empty()) return candidate.refused_length;
  const std::string &a = candidate.a.reason, &b = candidate.b.reason;
  if (!a.empty() && !b.empty())
    return a == b ? a : fmt::format("at {}: {}; at {}: {}", place_a, a, place_b, b);
  const std::string& only = a.empty() ? b : a;
  if (only.empty()) return "no design at the other end speaks to it";
  return only + ", and no design there speaks to it";
}

Bin make_bin(const Choice& choice, const ChoiceInput& input, std::size_t link_class, std::size_t index,
             const std::vector<std::size_t>& technologies) {
  const LinkClass& links = input.topology->links[link_class];
  Bin bin;
  bin.links.link_class = link_class;
  bin.links.bin = index;
  bin.links.length = links.lengths[index].to;
  bin.links.links = links_up_to(links, index + 1) - links_up_to(links, index);
  std::vector<Candidate> candidates;
  for (const std::size_t t : technologies) {
    const Technology& technology = input.technologies[t];
    candidates.push_back({t, refuse_length(choice, input, links, bin.links.length, technology),
                          fit_end(choice, input, links, links.a, technology),
                          fit_end(choice, input, links, links.b, technology)});
  }
  add_pairs(input, candidates, bin);
  for (const Candidate& candidate : candidates) {
    const auto uses = [&](const Pair& p) {
      return p.a == candidate.technology || p.b == candidate.technology;
    };
    if (std::none_of(bin.pairs.begin(), bin.pairs.end(), uses))
      bin.links.refused.push_back(
          {candidate.technology,
           reason_of(candidate, place_of(*input.topology, links.a), place_of(*input.topology, links.b))});
  }
  for (const Pair& pair : bin.pairs)
    bin.totals.push_back(total_of(choice, input, links, pair, bin.links.links));
  return bin;
}

std::vector<Bin> make_bins(const Choice& choice, const ChoiceInput& input) {
  const std::vector<std::size_t> technologies = candidates_of(input);
  std::vector<Bin> bins;
  for (std::size_t c = 0; c < input.topology->links.size(); ++c)
    for (std::size_t i = 0; i < input.topology->links[c].lengths.size(); ++i)
      bins.push_back(make_bin(choice, input, c, i, technologies));
  return bins;
}

// Weights of watts, cost and failures, each over the worst sum that the bins could have: one scale for the
// whole network, so that the best of every bin is the best of all.
Objectives scaled_weights(const Choice& choice, const std::vector<Bin>& bins) {
  switch (choice.best_by) {
    case Aim::watts:
      return {1.0, 0.0, 0.0};
    case Aim::cost:
      return {0.0, 1.0, 0.0};
    case Aim::failures:
      return {0.0, 0.0, 1.0};
    case Aim::weighted:
      break;
  }
  const Weights& weights = choice.weights;
  if (!(weights.watts + weights.cost + weights.failures > 0.0))
    throw Error(ErrorInfo{{},
                          "choice.weights",
                          "nothing counts: all weights are zero",
                          "one of watts, cost and failures above 0",
                          {}});
  Objectives worst;
  for (const Bin& bin : bins) {
    Objectives most;
    for (const Objectives& total : bin.totals) {
      most.watts = std::max(most.watts, std::abs(total.watts));
      if (!std::isnan(total.cost)) most.cost = std::max(most.cost, total.cost);
      most.failures = std::max(most.failures, total.failures);
    }
    worst = worst + most;
  }
  const auto over = [](double weight, double scale) { return scale > 0.0 ? weight / scale : 0.0; };
  return {over(weights.watts, worst.watts), over(weights.cost, worst.cost),
          over(weights.failures, worst.failures)};
}

double score_of(const Objectives& total, const Objectives& weights) {
  double score = weights.watts * total.watts + weights.failures * total.failures;
  if (weights.cost > 0.0) score += weights.cost * total.cost;
  return score;
}

double share_of(const Pair& pair) { return pair.fit_a.share + pair.fit_b.share; }

// The best pair of a bin; pairs.size() where none can be judged.
std::size_t best_of(const Bin& bin, const Objectives& weights) {
  std::size_t best = bin.pairs.size();
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < bin.pairs.size(); ++i) {
    const double score = score_of(bin.totals[i], weights);
    if (std::isnan(score)) continue;
    const double slack = best == bin.pairs.size() ? 0.0 : 1e-9 * std::abs(least);
    const bool equal = best != bin.pairs.size() && std::abs(score - least) <= slack;
    if (equal ? share_of(bin.pairs[i]) > share_of(bin.pairs[best]) + 1e-9 : score < least) {
      best = i;
      least = score;
    }
  }
  return best;
}

// `bin` with the pair in it.
Selection served_by(const Choice& choice, const ChoiceInput& input, const Bin& bin, std::size_t index) {
  Selection selection = bin.links;
  if (index >= bin.pairs.size()) return selection;
  const Pair& pair = bin.pairs[index];
  const LinkClass& links = input.topology->links[selection.link_class];
  const Technology &a = input.technologies[pair.a], &b = input.technologies[pair.b];
  selection.a = pair.a;
  selection.b = pair.b;
  selection.margin_db = std::min(spare_margin_db(input, links, selection.length, a),
                                 spare_margin_db(input, links, selection.length, b));
  // Either end brings half of what both of its kind would take.
  selection.latency = 0.5 * (link_latency(a, selection.length) + link_latency(b, selection.length));
  const ReachPoint point_a = point_of(input, links, selection.length, a),
                   point_b = point_of(input, links, selection.length, b);
  selection.ber_pre_fec = std::max(point_a.ber_pre_fec, point_b.ber_pre_fec);
  selection.frame_loss = std::max(point_a.frame_loss, point_b.frame_loss);
  selection.extra_host_a = extra_host(choice, *input.network, links.a, links, a);
  selection.extra_host_b = extra_host(choice, *input.network, links.b, links, b);
  selection.total = bin.totals[index];
  return selection;
}

ChoiceResult gather(const ChoiceInput& input, const std::vector<Bin>& bins, std::vector<Selection> selections,
                    const std::vector<std::size_t>& taken) {
  ChoiceResult result;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const Selection& selection = selections[i];
    const LinkClass& links = input.topology->links[selection.link_class];
    if (!selection.served()) {
      result.warnings.push_back({"choice", fmt::format("no technology serves the links {} up to {:.3g} m",
                                                       links.name, selection.length)});
      continue;
    }
    result.total = result.total + selection.total;
    for (BillLine& line : lines_of(input, links, bins[i].pairs[taken[i]], selection.links, selection.length))
      result.lines.push_back(std::move(line));
    for (const auto& [end, extra] :
         {std::pair{links.a, selection.extra_host_a}, std::pair{links.b, selection.extra_host_b}})
      (end.kind == EndKind::nic ? result.extra_host_nic : result.extra_host_switch) +=
          static_cast<double>(selection.links) * extra.value;
  }
  result.selections = std::move(selections);
  return result;
}

}  // namespace

std::vector<std::size_t> candidates_of(const ChoiceInput& input) {
  if (!input.candidates.empty()) return input.candidates;
  std::vector<std::size_t> all(input.technologies.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

ChoiceResult choose(const Choice& choice, const ChoiceInput& input) {
  std::vector<Bin> bins = make_bins(choice, input);
  const Objectives weights = scaled_weights(choice, bins);
  std::vector<Selection> selections;
  std::vector<std::size_t> taken;
  for (Bin& bin : bins) {
    taken.push_back(best_of(bin, weights));
    if (taken.back() == bin.pairs.size())
      for (const Pair& pair : bin.pairs)  // feasible, but without a price
        bin.links.refused.push_back({pair.a, "its price is not known"});
    selections.push_back(served_by(choice, input, bin, taken.back()));
  }
  return gather(input, bins, std::move(selections), taken);
}

ChoiceResult assign(const Choice& choice, const ChoiceInput& input, std::span<const Selection> given) {
  const std::vector<Bin> bins = make_bins(choice, input);
  std::vector<Selection> selections;
  std::vector<std::size_t> taken;
  for (const Bin& bin : bins) {
    const auto wanted = std::find_if(given.begin(), given.end(), [&](const Selection& s) {
      return s.link_class == bin.links.link_class && s.bin == bin.links.bin;
    });
    std::size_t index = bin.pairs.size();
    for (std::size_t i = 0; wanted != given.end() && i < bin.pairs.size(); ++i)
      if (bin.pairs[i].a == wanted->a && bin.pairs[i].b == wanted->b) index = i;
    taken.push_back(index);
    selections.push_back(served_by(choice, input, bin, index));
  }
  return gather(input, bins, std::move(selections), taken);
}

Front pareto_front(const Choice& choice, const ChoiceInput& input, std::size_t most) {
  std::vector<Bin> bins = make_bins(choice, input);
  std::erase_if(bins, [](const Bin& bin) { return bin.pairs.empty(); });
  Front front;
  std::vector<std::vector<Objectives>> groups;
  bool priced = true;
  for (const Bin& bin : bins) {
    groups.push_back(bin.totals);
    for (const Objectives& total : bin.totals) priced = priced && !std::isnan(total.cost);
  }
  if (!priced) {
    for (std::vector<Objectives>& group : groups)
      for (Objectives& total : group) total.cost = 0.0;
    front.warnings.push_back({"choice", "prices are missing, so cost does not count in the Pareto front"});
  }
  for (const FrontPoint& point : front_of_sums(groups, most, front.thinned)) {
    Front::Point made;
    for (std::size_t i = 0; i < bins.size(); ++i) {
      made.selections.push_back(served_by(choice, input, bins[i], point.option[i]));
      made.total = made.total + made.selections.back().total;
    }
    front.points.push_back(std::move(made));
  }
  return front;
}

void require_served(const ChoiceResult& result, const ChoiceInput& input, const std::string& path) {
  for (const Selection& selection : result.selections) {
    if (selection.served()) continue;
    const LinkClass& links = input.topology->links[selection.link_class];
    std::string reasons;
    for (const Refusal& refusal : selection.refused)
      reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : "; ",
                             input.technologies[refusal.technology].name, refusal.reason);
    throw Error(ErrorInfo{{},
                          path,
                          fmt::format("no candidate serves the links {} of {:.0f} Gb/s up to {:.3g} m ({})",
                                      links.name, links.rate * 1e-9, selection.length, reasons),
                          "a design that does, or shorter links",
                          {}});
  }
}

}  // namespace waverack::cluster
