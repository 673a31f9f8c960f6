#include "waverack/link/reflectance.hpp"

#include <algorithm>
#include <iterator>

namespace waverack::link {
namespace {

// Over parts in the order in which light from the test point meets them, up to the one that ends the light
// or, a circulator, leads what comes back elsewhere.
template <class Iterator>
double reflectance_of(Iterator first, Iterator last, const parts::Conditions& conditions) {
  double sum = 0.0, loss = 1.0;
  for (; first != last; ++first) {
    if (parts::as<parts::TestPoint>(*first)) continue;
    const parts::PartInfo& info = parts::info(first->part);
    if (info.input != parts::Domain::field && info.output != parts::Domain::field) break;
    sum += parts::reflectance_of(first->part) / (loss * loss);
    if (info.input != info.output || parts::as<parts::Circulator>(*first)) break;
    loss *= parts::optical_loss_of(first->part, conditions);
  }
  return sum;
}

auto place_of(const Lane& lane, const std::string& test_point) {
  return std::find_if(lane.chain.begin(), lane.chain.end(),
                      [&](const parts::Instance& item) { return item.name == test_point; });
}

}  // namespace

double reflectance_towards_modulator(const Lane& lane, const parts::Conditions& conditions,
                                     const std::string& test_point) {
  return reflectance_of(std::make_reverse_iterator(place_of(lane, test_point)), lane.chain.rend(),
                        conditions);
}

double reflectance_towards_photodiode(const Lane& lane, const parts::Conditions& conditions,
                                      const std::string& test_point) {
  const auto place = place_of(lane, test_point);
  if (place == lane.chain.end()) return 0.0;
  return reflectance_of(std::next(place), lane.chain.end(), conditions);
}

}  // namespace waverack::link
