#pragma once
// The frame of a coherent line: which symbol of a super-frame is payload, and what the others are.
//
// One description serves 400ZR, OpenZR+ and 800ZR; both polarisations have the same layout and known symbols
// of their own. A super-frame is `sub_frames` sub-frames. In each, a pilot stands at every multiple of
// `pilot_spacing`; the other symbols are, in order, the rest of the training, in the first sub-frame the
// alignment word and the reserved symbols, and payload. (docs/theory/coherent-signal.md, section 2)
//
// Layouts: OIF-400ZR-03.0.1; those of the oFEC formats follow from arithmetic (eq. 4 to 6): the payload of a
// super-frame is a whole number of oFEC interleavers and the rates come out to 1e-9. No public text gives the
// symbols of training, alignment word and reserve, so these are *assumed*; `assumptions` says what is.

#include <complex>
#include <cstdint>
#include <string_view>
#include <vector>

#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

enum class Role : std::uint8_t { payload, pilot, training, alignment, reserved };

// The code of the payload: staircase and Hamming of 400ZR, or open FEC.
enum class LineCode : std::uint8_t { cfec, ofec };

struct FrameLayout {
  std::string_view name;  // "800ZR"
  Format format = Format::qam16;
  double symbol_rate = 0.0;  // nominal [Bd]
  int sub_frames = 0;        // of a super-frame
  int sub_frame_symbols = 0;
  int pilot_spacing = 0;       // a pilot begins every so many symbols of a sub-frame
  int training_symbols = 11;   // at the start of every sub-frame; the first of them is a pilot
  int alignment_symbols = 22;  // behind the training of the first sub-frame
  int reserved_symbols = 0;    // behind the alignment word
  LineCode code = LineCode::ofec;
  // Seeds of the pilots' PRBS10 in x and y, restarted in every sub-frame.
  std::uint16_t pilot_seed_x = 0x19E, pilot_seed_y = 0x0D0;
  bool layout_assumed = false;   // neither read in a text of the standard nor fixed by arithmetic
  std::string_view source = {};  // of the numbers above

  int symbols() const { return sub_frames * sub_frame_symbols; }  // of a super-frame, per polarisation
};

// Payload symbols of a super-frame, per polarisation: what pilots, training, alignment word and reserve leave
// (eq. 4), without building the frame.
int payload_symbols(const FrameLayout& layout);

struct Frame {
  FrameLayout layout;
  std::vector<Role> roles;  // shape (symbols of a super-frame); the first of the training is a pilot
  // Known symbols of each polarisation, of unit mean power of the payload's constellation; 0 where the role
  // is payload. They are QPSK: with 16QAM its corners, of power 1.8, else of power 1. Reserved symbols are
  // known to the transmitter alone.
  std::vector<std::complex<float>> known_x, known_y;
  int payload_symbols = 0;  // of a super-frame, per polarisation
  // Training and alignment words are not those of the standard: only a receiver that assumes the same can
  // find them. Lengths, places and statistics are the standard's.
  bool alignment_assumed = true;
  std::vector<std::string_view> assumptions;  // one sentence each, for people
};

// The frames of the standards: 400ZR; OpenZR+ 400G, OpenZR+ 400G 8QAM, OpenZR+ 300G, OpenZR+ 200G, OpenZR+
// 100G; OpenROADM 400G; 800ZR. make_frame takes such a name, else throws Error with the nearest name.
const std::vector<FrameLayout>& frame_layouts();
Frame make_frame(std::string_view name);
// The same of any layout; throws Error where known symbols do not fit into their sub-frame.
Frame make_frame(const FrameLayout& layout);

// Bits of the pilots: the first is bit 0 of the seed, b[n+10] = b[n+8]^b[n+4]^b[n+3]^b[n], the sequence of
// x^10 + x^8 + x^4 + x^3 + 1. Two bits make a pilot, in-phase first, 0 is negative. (Polynomial and seeds:
// OIF-400ZR-03.0.1, by a second hand. Which end of the seed comes first is *assumed*; this one makes the
// pilots of 400ZR free of DC but for one symbol in 116, as the standard wants them.)
std::vector<std::uint8_t> pilot_bits(std::uint16_t seed, std::size_t count);

}  // namespace waverack::coherent
