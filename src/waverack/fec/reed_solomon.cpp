#include "waverack/fec/reed_solomon.hpp"

#include <algorithm>
#include <cassert>
#include <stdexcept>

namespace waverack::fec {
namespace {

// Coefficients of the lowest power first.
using Polynomial = std::vector<Symbol>;

Symbol value_at(const Polynomial& p, Symbol x) {
  Symbol sum = 0;
  for (std::size_t i = p.size(); i-- > 0;) sum = field_product(sum, x) ^ p[i];
  return sum;
}

// The shortest register that generates the syndromes: Λ(x), and its length L, which exceeds the degree of Λ
// where no set of errors explains them (theory: fec, eq. 5).
struct Register {
  Polynomial locator;
  std::size_t length = 0;
};

Register berlekamp_massey(const std::vector<Symbol>& syndromes) {
  Register now{{1}, 0};
  Polynomial before{1};           // Λ before the last change of length,
  Symbol before_discrepancy = 1;  // its discrepancy then,
  std::size_t shift = 1;          // and the steps since
  for (std::size_t step = 0; step < syndromes.size(); ++step, ++shift) {
    Symbol discrepancy = 0;
    for (std::size_t i = 0; i < now.locator.size() && i <= step; ++i)
      discrepancy ^= field_product(now.locator[i], syndromes[step - i]);
    if (discrepancy == 0) continue;

    Polynomial changed = now.locator;
    changed.resize(std::max(changed.size(), before.size() + shift), 0);
    const Symbol factor = field_product(discrepancy, field_inverse(before_discrepancy));
    for (std::size_t i = 0; i < before.size(); ++i) changed[i + shift] ^= field_product(factor, before[i]);
    if (2 * now.length <= step) {
      before = now.locator;
      before_discrepancy = discrepancy;
      shift = 0;
      now.length = step + 1 - now.length;
    }
    now.locator = changed;
  }
  return now;
}

// The powers p of x at which a symbol is wrong: alpha^−p is a root of the locator (eq. 6).
std::vector<int> error_positions(const BlockCode& code, const Polynomial& locator) {
  std::vector<int> positions;
  for (int p = 0; p < code.n; ++p)
    if (value_at(locator, alpha_power(-p)) == 0) positions.push_back(p);
  return positions;
}

// Ω(x) = Λ(x)·S(x) mod x^(2t) (eq. 7)
Polynomial evaluator(const Polynomial& locator, const std::vector<Symbol>& syndromes) {
  Polynomial product(syndromes.size(), 0);
  for (std::size_t i = 0; i < locator.size(); ++i)
    for (std::size_t j = 0; i + j < product.size(); ++j)
      product[i + j] ^= field_product(locator[i], syndromes[j]);
  return product;
}

// The error of the symbol at power p: Ω(x)/(x·Λ'(x)) at x = alpha^−p (eq. 8). In characteristic 2, x·Λ'(x) is
// what Λ has of odd powers.
Symbol error_value(const Polynomial& locator, const Polynomial& omega, int p) {
  Polynomial odd = locator;
  for (std::size_t i = 0; i < odd.size(); i += 2) odd[i] = 0;
  const Symbol x = alpha_power(-p);
  return field_product(value_at(omega, x), field_inverse(value_at(odd, x)));
}

}  // namespace

void check_reed_solomon(const BlockCode& code) {
  if (code.bits_per_symbol != field_bits || code.n - code.k != 2 * code.t || code.t < 1 || code.k < 1 ||
      code.n > field_period)
    throw std::invalid_argument("a Reed-Solomon code here has symbols of 10 bits, n - k = 2t and n <= 1023");
}

std::vector<Symbol> generator_polynomial(const BlockCode& code) {
  check_reed_solomon(code);
  std::vector<Symbol> g{1};
  for (int i = 0; i < 2 * code.t; ++i) {
    g.push_back(0);  // times x, and then plus alpha^i times what was there
    for (std::size_t j = g.size() - 1; j > 0; --j) g[j] ^= field_product(alpha_power(i), g[j - 1]);
  }
  return g;
}

void encode_reed_solomon(const BlockCode& code, std::span<Symbol> codeword) {
  assert(codeword.size() == static_cast<std::size_t>(code.n));
  const std::vector<Symbol> g = generator_polynomial(code);
  const auto message = codeword.first(static_cast<std::size_t>(code.k));
  const auto parity = codeword.subspan(static_cast<std::size_t>(code.k));
  // The remainder of m(x)·x^(2t) divided by g(x) (eq. 2).
  std::ranges::fill(parity, Symbol{0});
  for (const Symbol symbol : message) {
    const Symbol feedback = symbol ^ parity[0];
    for (std::size_t j = 0; j < parity.size(); ++j)
      parity[j] = (j + 1 < parity.size() ? parity[j + 1] : Symbol{0}) ^ field_product(feedback, g[j + 1]);
  }
}

std::vector<Symbol> syndromes(const BlockCode& code, std::span<const Symbol> received) {
  assert(received.size() == static_cast<std::size_t>(code.n));
  std::vector<Symbol> list;
  for (int j = 0; j < 2 * code.t; ++j) {
    Symbol sum = 0;
    for (const Symbol symbol : received) sum = field_product(sum, alpha_power(j)) ^ symbol;
    list.push_back(sum);
  }
  return list;
}

CodewordStatus decode_reed_solomon(const BlockCode& code, std::span<Symbol> received) {
  check_reed_solomon(code);
  const std::vector<Symbol> s = syndromes(code, received);
  if (std::ranges::all_of(s, [](Symbol x) { return x == 0; })) return {0};

  const Register found = berlekamp_massey(s);
  if (found.length > static_cast<std::size_t>(code.t)) return {-1};
  const std::vector<int> positions = error_positions(code, found.locator);
  if (positions.size() != found.length) return {-1};

  const Polynomial omega = evaluator(found.locator, s);
  for (const int p : positions)
    received[static_cast<std::size_t>(code.n - 1 - p)] ^= error_value(found.locator, omega, p);
  return {static_cast<std::int8_t>(positions.size())};
}

}  // namespace waverack::fec
