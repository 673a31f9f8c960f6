// Bins of lengths cut where candidates end.

#include <algorithm>
#include <cmath>

#include "waverack/cluster/choice.hpp"
#include "waverack/cluster/choice_limits.hpp"

namespace waverack::cluster {
namespace {

constexpr double step = 0.01;  // cuts stand at whole centimetres [m]

// The longest links within (from, to) that the technology serves while those of `to` are beyond it; `to`
// where nothing ends in between.
double end_within(const Choice& choice, const ChoiceInput& input, const LinkClass& links,
                  const LengthBin& bin, const Technology& technology) {
  const auto serves = [&](double length) {
    return refuse_length(choice, input, links, length, technology).empty();
  };
  if (serves(bin.to) || !serves(bin.from)) return bin.to;
  double low = bin.from, high = bin.to;
  while (high - low > 0.1 * step) {
    const double middle = 0.5 * (low + high);
    (serves(middle) ? low : high) = middle;
  }
  const double cut = std::floor(low / step) * step;
  return cut > bin.from ? cut : bin.to;
}

std::vector<LengthBin> cut_bin(const Choice& choice, const ChoiceInput& input, const LinkClass& links,
                               const LengthBin& bin, const std::vector<std::size_t>& technologies) {
  std::vector<double> ends{bin.to};
  for (const std::size_t index : technologies)
    ends.push_back(end_within(choice, input, links, bin, input.technologies[index]));
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  std::vector<LengthBin> parts;
  double from = bin.from;
  for (const double to : ends) {
    // Links of a bin spread evenly over it.
    const double share = ends.size() == 1 ? bin.share : bin.share * (to - from) / (bin.to - bin.from);
    parts.push_back({share, from, to});
    from = to;
  }
  return parts;
}

}  // namespace

Topology split_at_reaches(const Choice& choice, const ChoiceInput& input) {
  Topology cut = *input.topology;
  std::vector<std::vector<std::size_t>> bin_of(cut.links.size());  // that a part is of
  const std::vector<std::size_t> candidates = candidates_of(input);
  for (std::size_t c = 0; c < cut.links.size(); ++c) {
    const LinkClass& links = input.topology->links[c];
    cut.links[c].lengths.clear();
    for (std::size_t b = 0; b < links.lengths.size(); ++b)
      for (const LengthBin& part : cut_bin(choice, input, links, links.lengths[b], candidates)) {
        cut.links[c].lengths.push_back(part);
        bin_of[c].push_back(b);
      }
  }
  ChoiceInput of_parts = input;
  of_parts.topology = &cut;
  Topology joined = cut;
  for (LinkClass& links : joined.links) links.lengths.clear();
  // Selections come by class, then part. Parts of a bin that the same pair serves are one again.
  const Selection* before = nullptr;
  const ChoiceResult chosen = choose(choice, of_parts);
  for (const Selection& selection : chosen.selections) {
    const std::size_t c = selection.link_class;
    std::vector<LengthBin>& lengths = joined.links[c].lengths;
    const LengthBin& part = cut.links[c].lengths[selection.bin];
    const bool same = before && before->link_class == c && before->a == selection.a &&
                      before->b == selection.b && bin_of[c][before->bin] == bin_of[c][selection.bin];
    if (same) {
      lengths.back().to = part.to;
      lengths.back().share += part.share;
    } else {
      lengths.push_back(part);
    }
    before = &selection;
  }
  // Rounding of shares is no reason for another count.
  for (std::size_t c = 0; c < joined.links.size(); ++c)
    if (joined.links[c].lengths.size() == input.topology->links[c].lengths.size())
      joined.links[c].lengths = input.topology->links[c].lengths;
  return joined;
}

}  // namespace waverack::cluster
