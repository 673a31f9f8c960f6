#include "waverack/coherent/frame.hpp"

#include <cmath>
#include <numbers>
#include <string>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::coherent {

namespace {

constexpr std::string_view openzr_source =
    "symbol rate: OpenZR+ 3.0; pilots: its ratio to 800ZR; sub-frames: least number that oFEC interleavers "
    "fill";

// All oFEC formats with a pilot every 32 symbols.
FrameLayout openzr(std::string_view name, Format format, double symbol_rate) {
  FrameLayout layout;
  layout.name = name;
  layout.format = format;
  layout.symbol_rate = symbol_rate;
  layout.sub_frames = 24;
  layout.sub_frame_symbols = 3712;
  layout.pilot_spacing = 32;
  layout.reserved_symbols = 26;
  layout.source = openzr_source;
  return layout;
}

std::vector<FrameLayout> make_layouts() {
  FrameLayout zr400;
  zr400.name = "400ZR";
  zr400.symbol_rate = 59.84375e9;
  zr400.sub_frames = 49;
  zr400.sub_frame_symbols = 3712;
  zr400.pilot_spacing = 32;
  zr400.reserved_symbols = 76;
  zr400.code = LineCode::cfec;
  zr400.source = "OIF-400ZR-03.0.1";

  FrameLayout zr800;
  zr800.name = "800ZR";
  zr800.symbol_rate = 118.203350603e9;
  zr800.sub_frames = 24;
  zr800.sub_frame_symbols = 7296;
  zr800.pilot_spacing = 64;
  zr800.reserved_symbols = 74;
  zr800.source = "symbol rate and oFEC blocks: OIF-800ZR-01.0 by second hand; layout: arithmetic on them";

  // Its rate follows from OTUC4 in FlexO frames without parity; 63.1 GBd is what GNPy's library prints.
  FrameLayout openroadm = openzr("OpenROADM 400G", Format::qam16, 63.139467923e9);
  openroadm.layout_assumed = true;
  openroadm.source = "symbol rate: ITU-T G.709.1 rates, as OpenROADM 3.01; layout: that of OpenZR+, assumed";

  return {zr400,
          openzr("OpenZR+ 400G", Format::qam16, 60.138546798e9),
          openzr("OpenZR+ 400G 8QAM", Format::qam8, 80.18472906e9),
          openzr("OpenZR+ 300G", Format::qam8, 60.138546798e9),
          openzr("OpenZR+ 200G", Format::qpsk, 60.138546798e9),
          openzr("OpenZR+ 100G", Format::qpsk, 30.069273399e9),
          openroadm,
          zr800};
}

std::complex<float> qpsk(std::uint8_t in_phase, std::uint8_t quadrature, float amplitude) {
  return {in_phase != 0 ? amplitude : -amplitude, quadrature != 0 ? amplitude : -amplitude};
}

// Symbols of training, alignment word and reserve: an assumed choice. The seeds are those for which the last
// ten symbols of the training and the alignment word are free of DC and the products of neighbours, with
// pilots every 32 or 64 symbols, resemble one another least: no shift of x or y, conjugated or not, against
// x or y gives more than 0.288 of the full correlation.
class AssumedSymbols {
 public:
  AssumedSymbols(std::uint32_t seed, float amplitude) : bits_(15, seed), amplitude_(amplitude) {}
  std::complex<float> next() {
    const std::uint8_t in_phase = bits_.next();
    return qpsk(in_phase, bits_.next(), amplitude_);
  }

 private:
  signal::Prbs bits_;
  float amplitude_;
};

constexpr std::uint32_t seed_x = 0x6AC7, seed_y = 0x460C;

std::vector<std::complex<float>> known_symbols(const FrameLayout& layout, const std::vector<Role>& roles,
                                               std::uint16_t pilot_seed, std::uint32_t seed) {
  const auto amplitude =
      static_cast<float>(layout.format == Format::qam16 ? 3.0 / std::sqrt(10.0) : 1.0 / std::numbers::sqrt2);
  const auto length = static_cast<std::size_t>(layout.sub_frame_symbols);
  const auto spacing = static_cast<std::size_t>(layout.pilot_spacing);
  const std::vector<std::uint8_t> pilots = pilot_bits(pilot_seed, 2 * ((length + spacing - 1) / spacing));

  AssumedSymbols assumed(seed, amplitude);
  std::vector<std::complex<float>> known(roles.size());
  for (std::size_t n = 0; n < roles.size(); ++n) {
    const std::size_t place = n % length;
    if (roles[n] == Role::pilot)
      known[n] = qpsk(pilots[2 * (place / spacing)], pilots[2 * (place / spacing) + 1], amplitude);
    else if (roles[n] == Role::training && n >= length)
      known[n] = known[place];
    else if (roles[n] != Role::payload)
      known[n] = assumed.next();
  }
  return known;
}

// Counts down to 0; whether there was one to take.
bool take(int& left) { return left > 0 && left-- > 0; }

void require_layout(const FrameLayout& layout) {
  const bool positive = layout.sub_frames > 0 && layout.pilot_spacing > 0 && layout.training_symbols > 0 &&
                        layout.alignment_symbols > 0 && layout.reserved_symbols >= 0;
  const int known = layout.training_symbols + layout.alignment_symbols + layout.reserved_symbols;
  if (!positive || layout.training_symbols > layout.pilot_spacing ||
      2 * known + layout.pilot_spacing > layout.sub_frame_symbols)
    throw Error("the known symbols of frame '" + std::string(layout.name) + "' do not fit into a sub-frame");
}

}  // namespace

const std::vector<FrameLayout>& frame_layouts() {
  static const std::vector<FrameLayout> layouts = make_layouts();
  return layouts;
}

std::vector<std::uint8_t> pilot_bits(std::uint16_t seed, std::size_t count) {
  std::vector<std::uint8_t> bits(count);
  unsigned state = seed;
  for (std::uint8_t& bit : bits) {
    bit = static_cast<std::uint8_t>(state & 1U);
    const unsigned next = (state ^ state >> 3 ^ state >> 4 ^ state >> 8) & 1U;
    state = state >> 1 | next << 9;
  }
  return bits;
}

int payload_symbols(const FrameLayout& layout) {
  const int pilots = (layout.sub_frame_symbols + layout.pilot_spacing - 1) / layout.pilot_spacing;
  // The first symbol of the training is a pilot.
  const int known = layout.sub_frames * (pilots + layout.training_symbols - 1) + layout.alignment_symbols +
                    layout.reserved_symbols;
  return layout.symbols() - known;
}

Frame make_frame(std::string_view name) {
  std::vector<std::string> names;
  for (const FrameLayout& layout : frame_layouts()) {
    if (layout.name == name) return make_frame(layout);
    names.emplace_back(layout.name);
  }
  ErrorInfo info;
  info.message = "no frame has the name '" + std::string(name) + "'";
  for (const std::string& known : names) info.allowed += (info.allowed.empty() ? "" : ", ") + known;
  info.nearest = nearest_name(name, names);
  throw Error(info);
}

Frame make_frame(const FrameLayout& layout) {
  require_layout(layout);
  Frame frame;
  frame.layout = layout;
  frame.payload_symbols = payload_symbols(layout);
  frame.roles.assign(static_cast<std::size_t>(layout.symbols()), Role::payload);
  for (int sub_frame = 0; sub_frame < layout.sub_frames; ++sub_frame) {
    int training = layout.training_symbols - 1;
    int alignment = sub_frame == 0 ? layout.alignment_symbols : 0;
    int reserved = sub_frame == 0 ? layout.reserved_symbols : 0;
    for (int place = 0; place < layout.sub_frame_symbols; ++place) {
      Role& role = frame.roles[static_cast<std::size_t>(sub_frame * layout.sub_frame_symbols + place)];
      if (place % layout.pilot_spacing == 0)
        role = Role::pilot;
      else if (take(training))
        role = Role::training;
      else if (take(alignment))
        role = Role::alignment;
      else if (take(reserved))
        role = Role::reserved;
    }
  }
  frame.known_x = known_symbols(layout, frame.roles, layout.pilot_seed_x, seed_x);
  frame.known_y = known_symbols(layout, frame.roles, layout.pilot_seed_y, seed_y);
  frame.assumptions = {"training, alignment and reserved symbols are drawn from PRBS15",
                       "the PRBS10 of the pilots starts with the low bit of its seed",
                       "the alignment word and the reserved symbols make room for pilots",
                       "bits of a symbol go to x before y, in-phase before quadrature"};
  if (layout.format == Format::qam8) frame.assumptions.push_back("8QAM is the star of two rings");
  if (layout.layout_assumed) frame.assumptions.push_back("the layout is that of OpenZR+");
  return frame;
}

}  // namespace waverack::coherent
