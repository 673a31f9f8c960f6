#include "waverack/fec/ofec_decoder.hpp"

#include <bit>
#include <cmath>
#include <cstring>

#include "waverack/base/error.hpp"
#include "waverack/fec/ofec_kernels.hpp"

namespace waverack::fec {

namespace {

// Pairs from one stage of the pipeline to the next: bits of pair p are last read by pair p + 10.
constexpr std::size_t stage_gap = ofec_reach + 1;

}  // namespace

struct OfecDecoder::State {
  struct Slot {
    OfecSoftPair ratio, back, front;  // what the channel, the bits' second halves and their first halves say
    OfecHardPair bits;
  };

  explicit State(const OfecDecoderSettings& settings);

  void step(std::vector<std::uint8_t>& information);  // at pair number `time`
  void soft_stage(std::size_t p, const OfecSoftRule& rule);
  void hard_stage(std::size_t p, bool last);
  void emit(std::size_t p, std::vector<std::uint8_t>& information);
  Slot& slot(std::size_t p) { return ring[p % ring.size()]; }
  std::size_t stages() const { return rules.size() + hard_sweeps; }
  std::size_t delay() const { return ofec_delay_pairs(stages()); }

  std::vector<OfecSoftRule> rules;
  std::size_t hard_sweeps;
  float scale;
  bool from_start;
  std::vector<Slot> ring;
  Slot before{};  // what stands for pairs that nobody sent
  std::size_t arrived = 0, time = 0;
  OfecCounts counts;
  OfecWords words, extrinsic;
  OfecBitWords bit_words;
};

OfecDecoderSettings ofec_default_settings(int soft_sweeps, int hard_sweeps) {
  constexpr OfecSweep fitted[] = {
      {0.36, 4.4, false}, {0.48, 5.0, true}, {0.98, 16.0, true}, {0.98, 16.0, true}};
  OfecDecoderSettings settings;
  settings.hard_sweeps = hard_sweeps;
  for (int i = 0; i < soft_sweeps; ++i) settings.soft_sweeps.push_back(fitted[std::min(i, 3)]);
  return settings;
}

OfecDecoder::State::State(const OfecDecoderSettings& settings)
    : hard_sweeps(static_cast<std::size_t>(std::max(settings.hard_sweeps, 0))),
      from_start(settings.from_start) {
  if (settings.hard_sweeps < 0 || settings.hard_sweeps > 16) throw Error("oFEC takes 0 to 16 hard sweeps");
  if (settings.soft_sweeps.size() > 16) throw Error("oFEC takes at most 16 soft sweeps");
  if (settings.soft_sweeps.empty() && settings.hard_sweeps == 0) throw Error("oFEC needs a sweep");
  if (settings.test_bits < 5 || settings.test_bits > 7) throw Error("oFEC tests 5 to 7 bits");
  if (!(settings.ratio_step > 0.0) || !std::isfinite(settings.ratio_step))
    throw Error("the step of the ratios is a positive number");
  scale = static_cast<float>(1.0 / settings.ratio_step);
  for (const OfecSweep& sweep : settings.soft_sweeps) {
    const double weight = std::round(64.0 * sweep.weight);
    const double certainty = std::round(sweep.certainty / settings.ratio_step);
    if (!(weight >= 1.0 && weight <= 127.0)) throw Error("the weight of a sweep is 1/64 to 127/64");
    if (!(certainty >= 0.0 && certainty <= 127.0)) throw Error("the certainty of a sweep is 0 to 127 steps");
    rules.push_back(
        {settings.test_bits, static_cast<int>(weight), static_cast<int>(certainty), sweep.trust_codewords});
  }
  ring.resize(delay() + 1);
}

void OfecDecoder::State::soft_stage(std::size_t p, const OfecSoftRule& rule) {
  const OfecSoftPair* old[ofec_block_columns];
  const OfecSoftPair* old_extrinsic[ofec_block_columns];
  OfecSoftPair* target[ofec_block_columns];
  for (std::size_t c = 0; c < ofec_block_columns; ++c) {
    const bool known = from_start && p < ofec_reach;
    Slot& s = p + c < ofec_reach ? before : slot(p + c - ofec_reach);
    old[c] = known ? nullptr : &s.ratio;
    old_extrinsic[c] = known ? nullptr : &s.back;
    target[c] = known || &s == &before ? nullptr : &s.front;
  }
  Slot& own = slot(p);
  ofec_gather(old, old_extrinsic, own.ratio, own.front, words);
  ofec_soft_decode(words, rule, extrinsic);
  ofec_scatter(extrinsic, target, own.back);
}

void OfecDecoder::State::hard_stage(std::size_t p, bool last) {
  OfecHardPair* old[ofec_block_columns];
  for (std::size_t c = 0; c < ofec_block_columns; ++c)
    old[c] = p < ofec_reach && (from_start || p + c < ofec_reach) ? nullptr : &slot(p + c - ofec_reach).bits;
  Slot& own = slot(p);
  ofec_gather(old, own.bits, bit_words);
  std::uint32_t changed = 0;
  const std::uint32_t wrong = ofec_hard_decode(bit_words, changed);
  if (changed != 0) ofec_scatter(bit_words, old, own.bits);
  if (last) counts.failed_codewords += static_cast<std::uint64_t>(std::popcount(wrong));
}

void OfecDecoder::State::emit(std::size_t p, std::vector<std::uint8_t>& information) {
  const Slot& s = slot(p);
  std::size_t corrected = 0;
  for (std::size_t j = 0; j < ofec_columns; ++j)
    for (std::size_t lane = 0; lane < ofec_lanes; ++lane)
      corrected += (s.bits.row[j][lane] != 0) != (s.ratio.row[j][lane] < 0);
  counts.coded_bits += ofec_pair_bits;
  counts.corrected_bits += corrected;
  const std::size_t at = information.size();
  information.resize(at + ofec_pair_information);
  for (std::size_t j = 0; j < ofec_new_bits; ++j)
    for (std::size_t lane = 0; lane < ofec_lanes; ++lane)
      information[at + ofec_information_place(lane, j)] = s.bits.row[j][lane];
}

void OfecDecoder::State::step(std::vector<std::uint8_t>& information) {
  const auto here = [&](std::size_t behind) { return time >= behind && time - behind < arrived; };
  for (std::size_t stage = 0; stage < stages(); ++stage) {
    const std::size_t behind = stage * stage_gap;
    if (!here(behind)) continue;
    const std::size_t p = time - behind;
    if (stage < rules.size()) {
      soft_stage(p, rules[stage]);
      continue;
    }
    Slot& s = slot(p);
    if (stage == rules.size()) ofec_decide(s.ratio, s.back, s.front, s.bits);
    hard_stage(p, stage + 1 == stages());
  }
  if (here(delay())) {
    Slot& s = slot(time - delay());
    if (hard_sweeps == 0) ofec_decide(s.ratio, s.back, s.front, s.bits);
    emit(time - delay(), information);
  }
  ++time;
}

OfecDecoder::OfecDecoder(const OfecDecoderSettings& settings) : state_(std::make_unique<State>(settings)) {}
OfecDecoder::~OfecDecoder() = default;
OfecDecoder::OfecDecoder(OfecDecoder&&) noexcept = default;
OfecDecoder& OfecDecoder::operator=(OfecDecoder&&) noexcept = default;

void OfecDecoder::decode(std::span<const float> ratios, std::vector<std::uint8_t>& information) {
  if (ratios.size() % ofec_pair_bits != 0) throw Error("oFEC decodes multiples of 4096 bits");
  for (; !ratios.empty(); ratios = ratios.subspan(ofec_pair_bits)) {
    State::Slot& s = state_->slot(state_->arrived);
    ofec_quantise(ratios.data(), state_->scale, s.ratio);
    std::memset(&s.back, 0, sizeof s.back);
    std::memset(&s.front, 0, sizeof s.front);
    ++state_->arrived;
    state_->step(information);
  }
}

void OfecDecoder::finish(std::vector<std::uint8_t>& information) {
  State& state = *state_;
  while (state.time < state.arrived + state.delay()) state.step(information);
  state.arrived = state.time = 0;
}

std::size_t OfecDecoder::delay_pairs() const { return state_->delay(); }
const OfecCounts& OfecDecoder::counts() const { return state_->counts; }

}  // namespace waverack::fec
