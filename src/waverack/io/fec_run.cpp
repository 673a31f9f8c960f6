#include "waverack/io/fec_run.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/fec/codeword_errors.hpp"
#include "waverack/signal/binomial.hpp"

namespace waverack::io {
namespace {

constexpr std::size_t entries = 65;
constexpr int longest_frame = 1518;

bool has_inner(const FecQuestion& q) { return q.code == "KP4+inner"; }

// Codewords that are sent at a time, for frames and latency: behind the convolutional interleaver the 12 of a
// block come from three groups of four.
int together(const FecQuestion& q) { return std::min(q.interleave, has_inner(q) ? 4 : q.interleave); }

// At which errors are drawn, or which a chain can have.
double highest_ber(const FecQuestion& q) {
  return q.burst == 0.0 && !q.precoded ? 0.2 : std::min(0.2, 0.999 * fec::largest_ber(q.burst, q.precoded));
}

void require(bool holds, const char* message, const char* allowed) {
  if (!holds) throw Error(ErrorInfo{{}, {}, message, allowed, {}});
}

void check(FecQuestion& q) {
  if (q.code != "KP4" && q.code != "KR4" && !has_inner(q))
    throw Error(ErrorInfo{{}, {}, "there is no code '" + q.code + "'", "KP4, KR4 or KP4+inner", {}});
  if (q.interleave == 0) q.interleave = has_inner(q) ? 12 : 1;
  require(q.interleave >= 1 && q.interleave <= 32, "so many codewords are not interleaved", "1 to 32");
  require(q.burst >= 0.0 && q.burst <= 0.97, "the chance of another error is out of range", "0 to 0.97");
  require(q.ber > 0.0 && q.ber < highest_ber(q), "the bit error ratio is out of range for such errors",
          "above 0 and below 0.2, less where errors come in long runs");
  require(q.target > 0.0 && q.target < 1.0, "the frame loss that is allowed is out of range",
          "above 0 and below 1");
  if (!has_inner(q)) return;
  require(q.burst == 0.0 && !q.precoded, "bursts and precoding are not modelled in front of the inner code",
          "KP4 or KR4 with them");
  require(q.lanes == 1, "the inner code spreads its symbols by itself", "--lanes 1");
  require(q.counted.empty(), "counted codewords are not extrapolated behind the inner code", "KP4 or KR4");
}

// One ratio: the distribution of wrong symbols, and what the drawn inner codewords say.
struct Point {
  std::vector<double> distribution;
  double bits_after = 0.0;  // bit error ratio at the outer decoder
  std::optional<fec::InnerCounts> inner = std::nullopt;
};

fec::CodewordPath path_of(const FecQuestion& q, const fec::BlockCode& code) {
  return {fec::interleaved_layout(code, q.interleave), q.lanes, q.precoded};
}

Point point_at(const FecQuestion& q, const fec::BlockCode& code, double ber) {
  if (has_inner(q)) {
    const fec::InnerCounts counts = fec::count_inner_errors(
        {.noise = fec::inner_noise(ber), .test_bits = q.test_bits, .blocks = q.blocks, .threads = q.threads});
    return {fec::symbol_error_distribution(counts, q.interleave, code, entries), fec::ber_after(counts),
            counts};
  }
  if (q.burst == 0.0 && !q.precoded)
    return {fec::symbol_error_distribution(code, fec::symbol_error_ratio(code, ber)), ber};
  return {fec::symbol_error_distribution(fec::chain_of_ber(ber, q.burst, q.precoded), path_of(q, code), code,
                                         entries),
          ber};
}

double frame_loss(const FecQuestion& q, const fec::BlockCode& code, const Point& point, int octets) {
  return fec::frame_loss_ratio(code, fec::codeword_error_ratio(code, point.distribution), octets,
                               together(q));
}

link::Curve waterfall(const FecQuestion& q, const fec::BlockCode& code) {
  link::Curve curve{"waterfall",
                    "What is left behind the decoder",
                    {{"BER before", "1", {}},
                     {"codewords lost", "1", {}},
                     {"64-octet frames lost", "1", {}},
                     {"BER after", "1", {}}},
                    true,
                    true};
  const bool inner = has_inner(q);
  // Where something is to be seen: drawn inner codewords show no ratios far below their number.
  const double first = inner ? 2.5e-3 : 1e-5, last = std::min(1e-2, highest_ber(q));
  const int steps = inner ? 12 : 60;
  for (int i = 0; i <= steps; ++i) {
    const double ber = first * std::pow(last / first, static_cast<double>(i) / steps);
    const Point point = point_at(q, code, ber);
    const double lost = fec::codeword_error_ratio(code, point.distribution);
    if (!(lost > 0.0)) continue;
    curve.columns[0].values.push_back(ber);
    curve.columns[1].values.push_back(lost);
    curve.columns[2].values.push_back(frame_loss(q, code, point, 64));
    curve.columns[3].values.push_back(fec::post_fec_ber(code, point.distribution, point.bits_after));
  }
  return curve;
}

// Where a curve of drawn points passes the target, between its points in logarithms; NaN where it does not.
double passes_at(const std::vector<double>& x, const std::vector<double>& y, double target) {
  for (std::size_t i = 1; i < x.size(); ++i)
    if (y[i - 1] <= target && target < y[i])
      return x[i - 1] * std::pow(x[i] / x[i - 1], std::log(target / y[i - 1]) / std::log(y[i] / y[i - 1]));
  return std::nan("");
}

link::Curve histogram(const FecAnswer& answer) {
  link::Curve curve{"wrong_symbols",
                    "Wrong symbols in a codeword",
                    {{"wrong symbols", "1", {}}, {"share of codewords", "1", {}}},
                    false,
                    true};
  std::vector<double> fitted, counted;
  double total = 0.0;
  for (const std::uint64_t n : answer.question.counted) total += static_cast<double>(n);
  const auto most = static_cast<std::size_t>(answer.code.t) + 5;
  for (std::size_t i = 0; i <= most; ++i) {
    curve.columns[0].values.push_back(static_cast<double>(i));
    curve.columns[1].values.push_back(answer.distribution[i] > 0.0 ? answer.distribution[i] : std::nan(""));
    const std::vector<std::uint64_t>& n = answer.question.counted;
    counted.push_back(i < n.size() && n[i] > 0 ? static_cast<double>(n[i]) / total : std::nan(""));
    fitted.push_back(answer.tail && i < answer.tail->expected.size() ? answer.tail->expected[i] / total
                                                                     : std::nan(""));
  }
  if (answer.tail) {
    curve.columns.push_back({"counted", "1", counted});
    curve.columns.push_back({"fitted", "1", fitted});
  }
  return curve;
}

std::string method_of(const FecQuestion& q) {
  if (has_inner(q)) return "inner codewords drawn in white Gaussian noise, decoded and counted";
  if (q.burst == 0.0 && !q.precoded) return "binomial: bits err independently";
  return "error chain through its generating function";
}

fec::FecLatency latency_of(const FecQuestion& q, const fec::BlockCode& code) {
  const double coded = fec::coded_rate(code, q.rate);
  if (!has_inner(q)) return fec::outer_latency(code, together(q), coded);
  constexpr double lane = 212.5e9;
  const double symbols = code.n * lane / coded;  // of a codeword on a lane
  return fec::inner_latency(code, together(q), coded, lane,
                            fec::spreading_interleaver(static_cast<int>(std::lround(symbols))));
}

}  // namespace

FecAnswer answer_fec(const FecQuestion& question) {
  FecAnswer answer{.question = question};
  FecQuestion& q = answer.question;
  check(q);
  answer.code = q.code == "KR4" ? fec::kr4 : fec::kp4;
  answer.method = method_of(q);
  const Point point = point_at(q, answer.code, q.ber);
  answer.distribution = point.distribution;
  answer.inner = point.inner;
  answer.codeword_error_ratio = fec::codeword_error_ratio(answer.code, point.distribution);
  answer.post_fec_ber = fec::post_fec_ber(answer.code, point.distribution, point.bits_after);
  answer.frame_loss_64 = frame_loss(q, answer.code, point, 64);
  answer.frame_loss_1518 = frame_loss(q, answer.code, point, longest_frame);
  answer.curves.push_back(waterfall(q, answer.code));
  answer.codeword_error_ratio_low = answer.codeword_error_ratio_high = std::nan("");
  if (answer.inner) {
    const std::vector<link::Column>& columns = answer.curves.front().columns;
    answer.ber_limit = passes_at(columns[0].values, columns[2].values, q.target);
    // Wrong symbols of different blocks are independent; those of one block are counted as one.
    const auto& wrong = answer.inner->wrong_symbols.front();
    const auto blocks = static_cast<double>(answer.inner->blocks),
               hit = blocks - static_cast<double>(wrong[0]);
    const signal::ProbabilityInterval interval = signal::binomial_interval(hit, blocks);
    const double ratio = fec::symbol_error_ratio(*answer.inner);
    const auto at = [&](double bound) {
      return fec::codeword_error_ratio(
          answer.code, fec::symbol_error_distribution(answer.code, ratio * bound * blocks / hit));
    };
    if (hit > 0.0 && q.interleave == 12) {
      answer.codeword_error_ratio_low = at(interval.low);
      answer.codeword_error_ratio_high = at(interval.high);
    }
  } else {
    answer.ber_limit =
        fec::ber_at([&](double ber) { return frame_loss(q, answer.code, point_at(q, answer.code, ber), 64); },
                    q.target, highest_ber(q));
  }
  answer.margin_db = fec::noise_margin_db(q.ber, answer.ber_limit);
  answer.margin_orders = std::log10(q.target / answer.frame_loss_64);
  if (q.rate > 0.0) answer.latency = latency_of(q, answer.code);
  if (!q.counted.empty())
    answer.tail = fec::extrapolate_tail(q.counted, path_of(q, answer.code), answer.code);
  answer.curves.push_back(histogram(answer));
  return answer;
}

}  // namespace waverack::io
