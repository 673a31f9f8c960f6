#include "waverack/link/lane_fec.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waverack/fec/codeword_errors.hpp"
#include "waverack/fec/inner_counts.hpp"
#include "waverack/fec/latency.hpp"
#include "waverack/fec/tail.hpp"
#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {
namespace {

constexpr std::size_t entries = 64;  // of distributions of wrong symbols
constexpr double largest_ber = 0.1;  // beyond it codewords fail in any case
constexpr std::uint64_t inner_blocks = 200'000;
constexpr double inner_rate = 120.0 / 128.0;
constexpr double inner_codeword_limit = 1.45e-11;  // facts: standards 8.1, from memory
constexpr double most_rate_by_bits =
    120e9;  // lanes of 100 Gb/s multiplex PCS lanes by bits, faster ones by pairs

// The rate that the interface sees [bit/s], its outer code included.
double lane_rate(const Lane& lane) {
  const double rate = lane.symbol_rate * signal::bits_per_symbol(level_count(lane.modulation));
  return lane.fec == Fec::kp4_inner ? rate * inner_rate : rate;
}

// PCS lanes of the first physical lane; none where a lane does not carry whole ones.
fec::PhysicalLane physical_lane(const Lane& lane, const EthernetFormat& format) {
  fec::PhysicalLane physical;
  const double rate = lane_rate(lane);
  const double exact = format.pcs.pcs_lanes * rate / fec::coded_rate(outer_code(lane.fec), format.rate);
  const int count = static_cast<int>(std::lround(exact));
  if (count < 1 || std::abs(exact - count) > 0.05 * count || format.pcs.pcs_lanes % count != 0)
    return physical;
  for (int i = 0; i < count; ++i) physical.pcs_lanes.push_back(i);
  physical.symbols_at_a_time = rate > most_rate_by_bits ? 2 : 0;
  return physical;
}

// Bits of a line symbol, as the models of bursts need them: whole.
int whole_bits(const Lane& lane) {
  return static_cast<int>(signal::bits_per_symbol(level_count(lane.modulation)));
}

fec::CodewordPath path_of(const Lane& lane, const SegmentResult& segment) {
  const EthernetFormat format = format_of(lane.ethernet);
  const fec::BlockCode& code = outer_code(lane.fec);
  const fec::PhysicalLane physical = physical_lane(lane, format);
  const int bits = whole_bits(lane);
  if (physical.pcs_lanes.empty())
    return {fec::interleaved_layout(code, format.pcs.codewords, bits), 1, segment.precoded};
  return {fec::lane_layout(format.pcs, code, physical, 0, bits),
          format.pcs.pcs_lanes / static_cast<int>(physical.pcs_lanes.size()), segment.precoded};
}

// The chance that a wrong decision follows a wrong one: as counted, or as expected.
double persistence(const SegmentResult& segment) {
  if (segment.counted && segment.counted->counts.events > 0)
    return fec::fit_persistence(segment.counted->counts.bursts).persist;
  return 1.0 - 1.0 / std::max(segment.errors_per_event, 1.0);
}

// As many entries as others have, the last holding all above.
std::vector<double> independent(const fec::BlockCode& code, double symbol_error_ratio) {
  std::vector<double> distribution = fec::symbol_error_distribution(code, symbol_error_ratio);
  const auto last = distribution.begin() + entries - 1;
  *last = std::accumulate(last, distribution.end(), 0.0);
  distribution.resize(entries);
  return distribution;
}

// The errors of a run take turns in sign where what is fed back is positive; else the inverse of a precoder
// leaves them as many.
std::vector<double> behind_line(const Lane& lane, const SegmentResult& segment, double ber) {
  const fec::BlockCode& code = outer_code(lane.fec);
  const double persist = persistence(segment);
  if (lane.modulation == Modulation::pam6 || (persist == 0.0 && !segment.precoded))
    return independent(code, fec::symbol_error_ratio(code, ber));
  const std::vector<double>& following = segment.mlse_target.empty() ? segment.dfe_taps : segment.mlse_target;
  const bool alternate = !following.empty() && following.front() > 0.0;
  const fec::ErrorChain chain =
      fec::chain_of_ber(std::min(ber, largest_ber), persist, segment.precoded && alternate, whole_bits(lane));
  return fec::symbol_error_distribution(chain, path_of(lane, segment), code, entries);
}

InnerResult inner_of(const SegmentResult& segment) {
  InnerResult inner;
  fec::InnerCounts counts;
  if (segment.counted && segment.counted->inner && segment.counted->inner->blocks > 0) {
    counts = *segment.counted->inner;
    inner.counted_in_lane = true;
  } else {
    counts = fec::count_inner_errors({.noise = fec::inner_noise(std::min(segment.ber_pre_fec, largest_ber)),
                                      .test_bits = fec::inner_test_bits,
                                      .blocks = inner_blocks});
  }
  inner.blocks = counts.blocks;
  inner.ber = fec::ber_after(counts);
  inner.symbol_error_ratio = fec::symbol_error_ratio(counts);
  if (inner.symbol_error_ratio == 0.0) {
    // 95 % of such runs have no more than this many wrong symbols on average.
    inner.symbol_error_ratio = 3.0 / static_cast<double>(fec::InnerCounts::block_symbols * counts.blocks);
    inner.upper_bound = true;
  }
  return inner;
}

}  // namespace

EthernetFormat format_of(Ethernet ethernet) {
  switch (ethernet) {
    case Ethernet::rate_100g:
      return {fec::pcs_100g, 100e9};
    case Ethernet::rate_100g_two_way:
      return {fec::pcs_100g_interleaved, 100e9};
    case Ethernet::rate_200g:
      return {fec::pcs_200g, 200e9};
    case Ethernet::rate_400g:
      return {fec::pcs_400g, 400e9};
    case Ethernet::rate_800g:
      return {fec::pcs_800g, 800e9};
    case Ethernet::rate_1600g:
      return {fec::pcs_1600g, 1600e9};
  }
  return {fec::pcs_800g, 800e9};
}

const fec::BlockCode& outer_code(Fec code) { return code == Fec::kr4 ? fec::kr4 : fec::kp4; }

std::optional<fec::TailEstimate> counted_tail(const Lane& lane, const ErrorCounts& counts, bool precoded) {
  const fec::BlockCode& code = outer_code(lane.fec);
  const int together = format_of(lane.ethernet).pcs.codewords;
  const auto& ways = ErrorCounts::interleavings;
  const auto way = static_cast<std::size_t>(std::find(ways.begin(), ways.end(), together) - ways.begin());
  if (lane.fec == Fec::none || way == ways.size()) return std::nullopt;
  const auto& codewords = counts.codewords[way];
  if (std::all_of(codewords.begin(), codewords.end(), [](std::uint64_t n) { return n == 0; }))
    return std::nullopt;
  const fec::CodewordPath path{fec::interleaved_layout(code, together, whole_bits(lane)), 1, precoded};
  return fec::extrapolate_tail(codewords, path, code);
}

FecResult correct(const Lane& lane, const std::vector<SegmentResult>& segments) {
  FecResult result;
  if (lane.fec == Fec::none) {
    result.code = "none";
    return result;
  }
  const fec::BlockCode& code = outer_code(lane.fec);
  const EthernetFormat format = format_of(lane.ethernet);
  result.code = std::string(lane.fec == Fec::kr4 ? "KR4 " : "KP4 ") + std::string(code.name) +
                (lane.fec == Fec::kp4_inner ? " with inner (128,120)" : "");
  result.interleaved = format.pcs.codewords;

  std::vector<double> distribution{1.0};
  double ber = 0.0;
  for (const SegmentResult& segment : segments) {
    std::vector<double> own;
    if (segment.inner_coded) {
      result.inner = inner_of(segment);
      own = independent(code, result.inner->symbol_error_ratio);
      ber += result.inner->ber;
    } else {
      own = behind_line(lane, segment, segment.ber_pre_fec);
      ber += segment.ber_pre_fec;
    }
    distribution = fec::convolve_distributions(distribution, own);
  }
  result.codeword_error_ratio = fec::codeword_error_ratio(code, distribution);
  result.frame_loss_ratio = fec::frame_loss_ratio(code, result.codeword_error_ratio, 64, result.interleaved);
  result.frame_loss_ratio_1518 =
      fec::frame_loss_ratio(code, result.codeword_error_ratio, 1518, result.interleaved);
  result.post_fec_ber = fec::post_fec_ber(code, distribution, ber);

  const double target =
      result.inner
          ? inner_codeword_limit
          : fec::codeword_error_ratio(
                code, fec::symbol_error_distribution(code, fec::symbol_error_ratio(code, lane.ber_limit)));
  result.margin_orders = std::log10(target / std::max(result.codeword_error_ratio, 1e-300));
  if (!result.inner) {
    const auto worst = std::max_element(
        segments.begin(), segments.end(),
        [](const SegmentResult& a, const SegmentResult& b) { return a.ber_pre_fec < b.ber_pre_fec; });
    result.ber_limit = fec::ber_at(
        [&](double at) {
          return fec::codeword_error_ratio(code, behind_line(lane, *worst, std::min(at, largest_ber)));
        },
        target);
    result.margin_db = fec::noise_margin_db(worst->ber_pre_fec, result.ber_limit, whole_bits(lane));
  }

  const double rate = fec::coded_rate(code, format.rate);
  const fec::FecLatency latency =
      !result.inner
          ? fec::outer_latency(code, result.interleaved, rate)
          : fec::inner_latency(code, result.interleaved, rate, lane_rate(lane),
                               fec::spreading_interleaver(std::max(
                                   1, static_cast<int>(std::lround(code.n * lane_rate(lane) / rate)))));
  result.latency_s = latency.total();
  distribution.resize(32);
  result.symbol_error_histogram = std::move(distribution);
  return result;
}

}  // namespace waverack::link
