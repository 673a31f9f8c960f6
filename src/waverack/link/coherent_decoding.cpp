#include "waverack/link/coherent_decoding.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "waverack/coherent/constellation.hpp"
#include "waverack/coherent/signal_quality.hpp"
#include "waverack/coherent/soft_demapper.hpp"
#include "waverack/fec/cfec.hpp"
#include "waverack/fec/ofec_decoder.hpp"
#include "waverack/fec/ofec_interleaver.hpp"

namespace waverack::link {
namespace {

using Symbols = std::span<const std::complex<float>>;
using Labels = std::span<const std::uint8_t>;

constexpr std::size_t starting_pairs = 8;  // of block rows of oFEC (theory: ofec)

// Ratios of one polarisation, turned so that each is positive where it speaks for what was sent.
std::vector<float> turned_ratios(coherent::Format format, Symbols received, Labels labels) {
  const coherent::SignalQuality quality = coherent::measure_quality(format, received, labels);
  std::vector<std::complex<float>> scaled(received.begin(), received.end());
  const std::complex<float> inverse(1.0 / quality.gain);
  for (std::complex<float>& symbol : scaled) symbol *= inverse;
  const auto bits = static_cast<std::size_t>(coherent::bits_per_symbol(format));
  std::vector<float> ratios(bits * scaled.size());
  coherent::demap(format, coherent::Demapping::exact, scaled,
                  static_cast<float>(std::max(1.0 / quality.snr, 1e-6)), ratios);
  std::vector<std::uint8_t> sent(ratios.size());
  coherent::bits_of_labels(format, labels, sent);
  for (std::size_t i = 0; i < ratios.size(); ++i)
    if (sent[i]) ratios[i] = -ratios[i];
  return ratios;
}

}  // namespace

struct CoherentDecoding::State {
  const coherent::Frame& frame;
  std::vector<fec::OfecDecoder> ofec;
  std::optional<fec::CfecDecoder> cfec;
  std::uint64_t bits = 0, errors = 0;
  // Bits at the start of each stream that one codeword alone protects: not judged.
  std::vector<std::size_t> unjudged = {};
  // Of oFEC: what does not fill its two interleavers yet; a super-frame of 8QAM fills three.
  std::vector<float> waiting = {};

  void count(std::vector<std::uint8_t>& information, std::size_t& leave_out) {
    const std::size_t skip = std::min(leave_out, information.size());
    leave_out -= skip;
    bits += information.size() - skip;
    errors += static_cast<std::uint64_t>(
        std::count(information.begin() + static_cast<std::ptrdiff_t>(skip), information.end(), 1));
    information.clear();
  }
};

CoherentDecoding::CoherentDecoding(const coherent::Frame& frame, int soft_sweeps, int hard_sweeps)
    : state_(std::make_unique<State>(State{frame, {}, {}})) {
  if (frame.layout.code == coherent::LineCode::cfec) {
    state_->cfec.emplace();
    state_->unjudged.assign(1, 0);
    return;
  }
  state_->unjudged.assign(fec::ofec_encoders, starting_pairs * fec::ofec_pair_information);
  for (std::size_t i = 0; i < fec::ofec_encoders; ++i)
    state_->ofec.emplace_back(fec::ofec_default_settings(soft_sweeps, hard_sweeps));
}
CoherentDecoding::~CoherentDecoding() = default;

void CoherentDecoding::push(Symbols x, Symbols y, Labels labels_x, Labels labels_y) {
  State& state = *state_;
  const coherent::Format format = state.frame.layout.format;
  const std::vector<float> of_x = turned_ratios(format, x, labels_x),
                           of_y = turned_ratios(format, y, labels_y);
  // Bits of x, then of y, of every symbol instant (frame_builder.hpp).
  const auto m = static_cast<std::size_t>(coherent::bits_per_symbol(format));
  std::vector<float>& line = state.waiting;
  line.reserve(line.size() + 2 * of_x.size());
  for (std::size_t k = 0; k < x.size(); ++k)
    for (const std::vector<float>* polarisation : {&of_x, &of_y})
      line.insert(line.end(), polarisation->begin() + static_cast<std::ptrdiff_t>(m * k),
                  polarisation->begin() + static_cast<std::ptrdiff_t>(m * (k + 1)));
  std::vector<std::uint8_t> information;
  if (state.cfec) {
    state.cfec->decode(line, information);
    line.clear();
    state.count(information, state.unjudged.front());
    return;
  }
  const std::size_t whole = line.size() - line.size() % (2 * fec::ofec_interleaver_bits);
  std::array<std::vector<float>, fec::ofec_encoders> streams;
  fec::ofec_deinterleave(std::span<const float>(line).first(whole), 2 * m, streams);
  line.erase(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(whole));
  for (std::size_t i = 0; i < streams.size(); ++i) {
    state.ofec[i].decode(streams[i], information);
    state.count(information, state.unjudged[i]);
  }
}

std::uint64_t CoherentDecoding::bits() const { return state_->bits; }
std::uint64_t CoherentDecoding::errors() const { return state_->errors; }

}  // namespace waverack::link
