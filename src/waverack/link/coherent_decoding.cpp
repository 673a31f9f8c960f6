#include "waverack/link/coherent_decoding.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/coherent/constellation.hpp"
#include "waverack/coherent/signal_quality.hpp"
#include "waverack/coherent/soft_demapper.hpp"
#include "waverack/fec/cfec.hpp"
#include "waverack/fec/ofec_decoder.hpp"
#include "waverack/fec/ofec_encoder.hpp"
#include "waverack/fec/ofec_interleaver.hpp"

namespace waverack::link {
namespace {

using Symbols = std::span<const std::complex<float>>;
using Labels = std::span<const std::uint8_t>;

constexpr std::size_t starting_pairs = 8;  // of block rows of oFEC (theory: ofec)
constexpr std::uint64_t codeword_seed = 0x434f4445;

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

void turn(std::span<float> ratios, std::span<const std::uint8_t> codeword) {
  for (std::size_t i = 0; i < ratios.size(); ++i)
    if (codeword[i]) ratios[i] = -ratios[i];
}

}  // namespace

struct CoherentDecoding::State {
  // Random information of one stream, which the decoder has to give back.
  class SentInformation {
   public:
    // `unjudged`: bits at the start that are not.
    SentInformation(std::uint32_t stream, std::size_t unjudged)
        : stream_{codeword_seed, stream}, unjudged_(unjudged) {}

    // The next `count` bits.
    std::span<const std::uint8_t> draw(std::size_t count) {
      const std::size_t at = bits_.size();
      bits_.resize(at + count);
      std::array<std::uint32_t, 4> words{};
      for (std::size_t i = 0; i < count; ++i) {
        if (i % 128 == 0) words = random_words(stream_, static_cast<std::uint32_t>(i / 128));
        bits_[at + i] = words[i / 32 % 4] >> i % 32 & 1U;
      }
      ++stream_.block;
      return std::span<const std::uint8_t>(bits_).subspan(at);
    }

    // Compares what comes next out of the decoder, and forgets it.
    void judge(std::span<const std::uint8_t> decoded, std::uint64_t& bits, std::uint64_t& errors) {
      const std::size_t skip = std::min(unjudged_, decoded.size());
      unjudged_ -= skip;
      bits += decoded.size() - skip;
      for (std::size_t i = skip; i < decoded.size(); ++i) errors += decoded[i] != bits_[i];
      bits_.erase(bits_.begin(), bits_.begin() + static_cast<std::ptrdiff_t>(decoded.size()));
    }

   private:
    Stream stream_;  // a block of it for each draw
    std::size_t unjudged_;
    std::vector<std::uint8_t> bits_;  // those that have not come back
  };

  // A code's two ends on one stream of ratios that are positive where they speak for what was sent.
  template <class Encoder, class Decoder>
  struct CodedStream {
    Encoder encoder;
    Decoder decoder;
    SentInformation sent;
    std::vector<std::uint8_t> coded = {}, decoded = {};

    void run(std::span<float> ratios, std::size_t information, std::uint64_t& bits, std::uint64_t& errors) {
      coded.clear();
      decoded.clear();
      encoder.encode(sent.draw(information), coded);
      turn(ratios, coded);
      decoder.decode(ratios, decoded);
      sent.judge(decoded, bits, errors);
    }
  };
  using OfecStream = CodedStream<fec::OfecEncoder, fec::OfecDecoder>;
  using CfecStream = CodedStream<fec::CfecEncoder, fec::CfecDecoder>;

  const coherent::Frame& frame;
  // Bits at the start of each stream of oFEC that one codeword alone protects are not judged.
  std::vector<OfecStream> ofec = {};
  std::optional<CfecStream> cfec = {};
  std::uint64_t bits = 0, errors = 0;
  // Of oFEC: what does not fill its two interleavers yet; a super-frame of 8QAM fills three.
  std::vector<float> waiting = {};
};

CoherentDecoding::CoherentDecoding(const coherent::Frame& frame, int soft_sweeps, int hard_sweeps)
    : state_(std::make_unique<State>(State{frame})) {
  if (frame.layout.code == coherent::LineCode::cfec) {
    state_->cfec.emplace(
        State::CfecStream{fec::CfecEncoder(), fec::CfecDecoder(), State::SentInformation(0, 0)});
    return;
  }
  const fec::OfecDecoderSettings settings = fec::ofec_default_settings(soft_sweeps, hard_sweeps);
  for (std::uint32_t i = 0; i < fec::ofec_encoders; ++i)
    state_->ofec.push_back({fec::OfecEncoder(), fec::OfecDecoder(settings),
                            State::SentInformation(i, starting_pairs * fec::ofec_pair_information)});
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
  if (state.cfec) {
    state.cfec->run(line, line.size() / fec::cfec_bits * fec::cfec_information, state.bits, state.errors);
    line.clear();
    return;
  }
  const std::size_t whole = line.size() - line.size() % (2 * fec::ofec_interleaver_bits);
  std::array<std::vector<float>, fec::ofec_encoders> streams;
  fec::ofec_deinterleave(std::span<const float>(line).first(whole), 2 * m, streams);
  line.erase(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(whole));
  for (std::size_t i = 0; i < streams.size(); ++i)
    state.ofec[i].run(streams[i], streams[i].size() / fec::ofec_pair_bits * fec::ofec_pair_information,
                      state.bits, state.errors);
}

std::uint64_t CoherentDecoding::bits() const { return state_->bits; }
std::uint64_t CoherentDecoding::errors() const { return state_->errors; }

}  // namespace waverack::link
