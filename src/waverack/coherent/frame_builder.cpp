#include "waverack/coherent/frame_builder.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "waverack/coherent/constellation.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::coherent {

namespace {

constexpr std::size_t label_piece = 4096;  // symbols whose labels lie on the stack

constexpr std::int64_t origin = std::int64_t{1} << 32;  // streams start there, symbols may lie before 0

// Labels n, n + 1, … of one polarisation, whatever the roles. A pair of bits is the cheapest draw: 16QAM
// takes two of them.
void draw(Format format, std::uint64_t seed, std::uint32_t lane, std::int64_t n,
          std::span<std::uint8_t> labels) {
  const Stream stream{.seed = seed, .source = payload_source, .lane = lane};
  const auto first = static_cast<std::uint64_t>(n + origin);
  if (format != Format::qam16) {
    signal::fill_symbols(stream, 1 << bits_per_symbol(format), labels, first);
    return;
  }
  std::array<std::uint8_t, 2 * label_piece> pairs;
  assert(labels.size() <= label_piece);
  signal::fill_symbols(stream, 4, std::span(pairs).first(2 * labels.size()), 2 * first);
  for (std::size_t i = 0; i < labels.size(); ++i)
    labels[i] = static_cast<std::uint8_t>(pairs[2 * i] << 2 | pairs[2 * i + 1]);
}

// Calls use(offset, place, count) for stretches of [first, first + size) that lie in one super-frame and are
// at most a piece long.
template <class Use>
void for_pieces(const FrameLayout& layout, std::int64_t first, std::size_t size, Use use) {
  const auto length = static_cast<std::size_t>(layout.symbols());
  for (std::size_t offset = 0; offset < size;) {
    const std::int64_t n = first + static_cast<std::int64_t>(offset);
    const auto place = static_cast<std::size_t>(place_in_frame(layout, n));
    // Pieces end where whole groups of the generator do, which are then made once.
    const auto rest = static_cast<std::size_t>((n + origin) % static_cast<std::int64_t>(label_piece));
    const std::size_t count = std::min({size - offset, length - place, label_piece - rest});
    use(offset, place, count);
    offset += count;
  }
}

void merge(const Role* roles, const std::complex<float>* known, std::span<std::complex<float>> symbols) {
  for (std::size_t i = 0; i < symbols.size(); ++i)
    if (roles[i] != Role::payload) symbols[i] = known[i];
}

}  // namespace

std::size_t payload_bits(const Frame& frame) {
  return static_cast<std::size_t>(2 * frame.payload_symbols * bits_per_symbol(frame.layout.format));
}

void build_super_frame(const Frame& frame, std::span<const std::uint8_t> bits,
                       std::span<std::complex<float>> x, std::span<std::complex<float>> y) {
  assert(bits.size() == payload_bits(frame));
  assert(x.size() == frame.roles.size() && y.size() == frame.roles.size());
  const auto width = static_cast<std::size_t>(bits_per_symbol(frame.layout.format));
  std::vector<std::complex<float>> payload(static_cast<std::size_t>(2 * frame.payload_symbols));
  map_bits(frame.layout.format, bits.first(payload.size() * width), payload);
  std::size_t k = 0;
  for (std::size_t n = 0; n < frame.roles.size(); ++n) {
    if (frame.roles[n] == Role::payload) {
      x[n] = payload[k++];
      y[n] = payload[k++];
    } else {
      x[n] = frame.known_x[n];
      y[n] = frame.known_y[n];
    }
  }
}

void extract_payload(const Frame& frame, std::span<const std::complex<float>> super_frame,
                     std::span<std::complex<float>> out) {
  assert(super_frame.size() == frame.roles.size());
  assert(out.size() == static_cast<std::size_t>(frame.payload_symbols));
  std::size_t k = 0;
  for (std::size_t n = 0; n < super_frame.size(); ++n)
    if (frame.roles[n] == Role::payload) out[k++] = super_frame[n];
}

void payload_bits_of(const Frame& frame, std::span<const std::uint8_t> labels_x,
                     std::span<const std::uint8_t> labels_y, std::span<std::uint8_t> bits) {
  const auto count = static_cast<std::size_t>(frame.payload_symbols);
  assert(labels_x.size() == count && labels_y.size() == count && bits.size() == payload_bits(frame));
  std::vector<std::uint8_t> labels(2 * count);
  for (std::size_t k = 0; k < count; ++k) {
    labels[2 * k] = labels_x[k];
    labels[2 * k + 1] = labels_y[k];
  }
  bits_of_labels(frame.layout.format, labels, bits);
}

void frame_symbols(const Frame& frame, std::uint64_t seed, std::int64_t first,
                   std::span<std::complex<float>> x, std::span<std::complex<float>> y) {
  assert(x.size() == y.size());
  std::array<std::uint8_t, label_piece> labels;
  for_pieces(frame.layout, first, x.size(), [&](std::size_t offset, std::size_t place, std::size_t count) {
    const auto one = [&](std::uint32_t lane, const std::vector<std::complex<float>>& known,
                         std::span<std::complex<float>> symbols) {
      const std::span<std::uint8_t> drawn = std::span(labels).first(count);
      draw(frame.layout.format, seed, lane, first + static_cast<std::int64_t>(offset), drawn);
      map_labels(frame.layout.format, drawn, symbols);
      merge(frame.roles.data() + place, known.data() + place, symbols);
    };
    one(0, frame.known_x, x.subspan(offset, count));
    one(1, frame.known_y, y.subspan(offset, count));
  });
}

void frame_labels(const Frame& frame, std::uint64_t seed, std::int64_t first, std::span<std::uint8_t> x,
                  std::span<std::uint8_t> y) {
  assert(x.size() == y.size());
  for_pieces(frame.layout, first, x.size(), [&](std::size_t offset, std::size_t place, std::size_t count) {
    std::uint32_t lane = 0;
    for (const std::span<std::uint8_t> all : {x, y}) {
      const std::span<std::uint8_t> labels = all.subspan(offset, count);
      draw(frame.layout.format, seed, lane++, first + static_cast<std::int64_t>(offset), labels);
      for (std::size_t i = 0; i < count; ++i)
        if (frame.roles[place + i] != Role::payload) labels[i] = no_label;
    }
  });
}

}  // namespace waverack::coherent
