#pragma once
// Rates of a framed line: from symbols to bits of the client. (docs/theory/coherent-signal.md, eq. 4 to 7)

#include <cstdint>

#include "waverack/coherent/frame.hpp"

namespace waverack::coherent {

// How bits of the client become coded bits of the payload: in `super_frames` super-frames, both polarisations
// together. client + added = information·; all counts are whole numbers.
struct ClientMapping {
  int super_frames = 1;
  std::int64_t coded_bits = 0;        // of the payload
  std::int64_t information_bits = 0;  // that enter the code
  std::int64_t client_bits = 0;       // of them, those of the client's frames (GMP)
  std::int64_t added_bits = 0;        // the rest: check sum, padding
};

// 400ZR: 10 976 Hamming words of (128,119) hold 1 306 144 bits = 5 staircase blocks of 512·510 and 544 of
// padding; a block holds 512·478 bits, 244 664 of them the client's. Information bits are those that enter
// the outer code. oFEC formats: 111 of 128 bits; 2 super-frames of 16QAM with pilots every 32 symbols, or one
// of 800ZR, hold 29·41 120 bits of the client and 992 of padding; with other constellations in proportion to
// their bits, over as many super-frames as make whole frames of the client.
// (OIF-400ZR-03.0.1; ITU-T G.709.3.) Throws Error for a layout whose payload the code does not fill.
ClientMapping client_mapping(const Frame& frame);

struct FrameRates {
  double payload_fraction = 0.0;  // payload symbols of all symbols
  double line = 0.0;              // all bits that symbols could carry [b/s]
  double coded = 0.0;             // payload [b/s]
  double information = 0.0;       // before the code [b/s]
  double net = 0.0;               // of the client [b/s]
  double code_rate = 0.0;         // information/coded
  double super_frame_time = 0.0;  // [s]
};
FrameRates frame_rates(const Frame& frame);

}  // namespace waverack::coherent
