// Any bytes as a price list. What can be read prices a bill. An Error is fine; a crash, a price below 0 or
// bounds on the wrong side are not.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "waverack/base/error.hpp"
#include "waverack/cluster/prices.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waverack;
  try {
    const cluster::PriceList list =
        cluster::parse_prices({reinterpret_cast<const char*>(data), size}, "fuzz.csv");
    std::vector<cluster::BillLine> bill;
    for (const cluster::Price& price : list.rows) bill.emplace_back().item = price.item;
    cluster::apply_prices(bill, list);
    for (const cluster::BillLine& line : bill)
      require(std::isnan(line.price.value) || (line.price.low >= 0.0 && line.price.low <= line.price.value &&
                                               line.price.value <= line.price.high));
    require(cluster::with_prices(list, list).rows.size() == list.rows.size());
    cluster::unused_prices(list, {});
  } catch (const Error&) {
  }
  return 0;
}
