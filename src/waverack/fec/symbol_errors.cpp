#include "waverack/fec/symbol_errors.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "waverack/base/error.hpp"

namespace waverack::fec {

namespace {

// [from][to], 0: right, 1: wrong.
using Matrix = std::array<std::array<double, 2>, 2>;
constexpr Matrix zero{}, identity{{{1.0, 0.0}, {0.0, 1.0}}};

Matrix operator*(const Matrix& a, const Matrix& b) {
  Matrix c{};
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j) c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j];
  return c;
}

void add(Matrix& sum, const Matrix& m, double factor) {
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j) sum[i][j] += factor * m[i][j];
}

// Steps of the chain that hand on a right symbol, and those that hand on a wrong one.
struct Steps {
  Matrix right, wrong;
};
Steps steps_of(const ErrorChain& chain) {
  const double iep = chain.start, epf = chain.persist;
  // Behind the precoder's inverse what differs from the decision before is wrong.
  if (chain.precoded) return {{{{1.0 - iep, 0.0}, {0.0, epf}}}, {{{0.0, iep}, {1.0 - epf, 0.0}}}};
  return {{{{1.0 - iep, 0.0}, {1.0 - epf, 0.0}}}, {{{0.0, iep}, {0.0, epf}}}};
}

// What a period does to the chain while k of its own symbols go wrong, k = 0 … own. Only the first `own`
// symbols count.
std::vector<Matrix> period(const ErrorChain& chain, const LaneLayout& layout, int own) {
  const auto bits = static_cast<std::size_t>(layout.bits_per_symbol);
  const Steps steps = steps_of(chain);
  std::vector<double> share;
  for (int bit = 0; bit < layout.bits_per_symbol; ++bit) share.push_back(bit_share(chain, bit));
  const auto owner = [&](std::size_t bit) { return layout.owner[bit] < own ? layout.owner[bit] : -1; };
  std::vector<std::size_t> last(static_cast<std::size_t>(own));  // bit of each symbol
  for (std::size_t i = 0; i < layout.owner.size(); ++i)
    if (owner(i) >= 0) last[static_cast<std::size_t>(owner(i))] = i;

  // Symbols that have begun but not ended are open. products[wrong + closed wrong symbols·2^open], where bit
  // i of `wrong` stands for the open symbol slots[i].
  std::vector<int> slots;
  std::size_t closed = 0;
  std::vector<Matrix> products{identity};
  for (std::size_t first = 0; first < layout.owner.size(); first += bits) {
    for (std::size_t b = 0; b < bits; ++b) {
      const int symbol = owner(first + b);
      if (symbol < 0 || std::find(slots.begin(), slots.end(), symbol) != slots.end()) continue;
      const std::size_t open = std::size_t{1} << slots.size();
      std::vector<Matrix> wider(2 * products.size(), zero);
      for (std::size_t i = 0; i < products.size(); ++i) wider[i / open * 2 * open + i % open] = products[i];
      products = std::move(wider);
      slots.push_back(symbol);
    }
    std::vector<Matrix> next(products.size(), zero);
    for (std::size_t i = 0; i < products.size(); ++i) {
      add(next[i], products[i] * steps.right, 1.0);
      const Matrix wrong = products[i] * steps.wrong;
      for (std::size_t b = 0; b < bits; ++b) {
        const int symbol = owner(first + b);
        const auto slot =
            static_cast<std::size_t>(std::find(slots.begin(), slots.end(), symbol) - slots.begin());
        add(next[symbol < 0 ? i : i | std::size_t{1} << slot], wrong, share[b]);
      }
    }
    products = std::move(next);
    for (std::size_t s = slots.size(); s-- > 0;) {
      if (last[static_cast<std::size_t>(slots[s])] >= first + bits) continue;
      const std::size_t open = std::size_t{1} << slots.size(), bit = std::size_t{1} << s;
      std::vector<Matrix> narrower((closed + 2) * open / 2, zero);
      for (std::size_t i = 0; i < products.size(); ++i) {
        const std::size_t flags = i % open, kept = flags % bit + flags / (2 * bit) * bit;
        add(narrower[(i / open + (flags & bit ? 1 : 0)) * open / 2 + kept], products[i], 1.0);
      }
      products = std::move(narrower);
      slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(s));
      ++closed;
    }
  }
  assert(slots.empty() && products.size() == closed + 1);
  return products;
}

}  // namespace

std::vector<double> symbol_error_distribution(const ErrorChain& chain, const LaneLayout& layout, int symbols,
                                              std::size_t entries) {
  if (chain.bits_per_symbol != layout.bits_per_symbol)
    throw Error("chain and lane have different line symbols");
  const double wrong = wrong_decisions(chain);
  // Rows [right, wrong] of the state, for every count of wrong symbols.
  std::vector<std::array<double, 2>> state(entries, std::array<double, 2>{}), next;
  state[0] = {1.0 - wrong, wrong};
  const auto follow = [&](const std::vector<Matrix>& matrices) {
    next.assign(entries, std::array<double, 2>{});
    for (std::size_t k = 0; k < matrices.size(); ++k)
      for (std::size_t i = 0; i < entries; ++i) {
        auto& to = next[std::min(i + k, entries - 1)];
        for (std::size_t j = 0; j < 2; ++j)
          to[j] += state[i][0] * matrices[k][0][j] + state[i][1] * matrices[k][1][j];
      }
    state.swap(next);
  };
  if (symbols >= layout.own) {
    const std::vector<Matrix> whole = period(chain, layout, layout.own);
    for (int i = 0; i < symbols / layout.own; ++i) follow(whole);
  }
  if (symbols % layout.own != 0) follow(period(chain, layout, symbols % layout.own));
  std::vector<double> distribution;
  for (const auto& s : state) distribution.push_back(s[0] + s[1]);
  return distribution;
}

std::vector<double> symbol_error_distribution(const PcsFormat& format, const BlockCode& code,
                                              std::span<const PhysicalLane> lanes,
                                              std::span<const ErrorChain> chains, int codeword,
                                              std::size_t entries) {
  assert(lanes.size() == chains.size());
  std::vector<double> sum(entries, 0.0);
  sum[0] = 1.0;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const int symbols = symbols_on_lane(format, code, lanes[i], codeword);
    if (symbols == 0) continue;
    const LaneLayout layout = lane_layout(format, code, lanes[i], codeword, chains[i].bits_per_symbol);
    sum = convolve_distributions(sum, symbol_error_distribution(chains[i], layout, symbols, entries));
  }
  return sum;
}

}  // namespace waverack::fec
