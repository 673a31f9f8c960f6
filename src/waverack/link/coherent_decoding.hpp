#pragma once
// The decoder of a coherent lane run over received symbols whose payload is random.
//
// A linear code and a decoder that treats 0 and 1 alike err for any codeword as for another when each
// log-likelihood ratio is turned by the bits that differ (J. Hou et al., IEEE Trans. Inf. Theory 49 (2003)
// 2141). So the received ratios are turned to a codeword of random information, which is encoded here; what
// comes out is compared with it. Not to the zero codeword: ratios that round to zero and ties are decided for
// 0, and would always be right. Interleavers are in between.

#include <complex>
#include <cstdint>
#include <memory>
#include <span>

#include "waverack/coherent/frame.hpp"

namespace waverack::link {

class CoherentDecoding {
 public:
  // The code is that of the frame's layout. `soft_sweeps` and `hard_sweeps` are those of oFEC; of C-FEC the
  // decoder's own count.
  CoherentDecoding(const coherent::Frame& frame, int soft_sweeps, int hard_sweeps);
  ~CoherentDecoding();

  // The payload symbols of one super-frame, in order, and what was sent; shape (payload_symbols).
  // Super-frames follow one another without gap, the first at the start of a filling of oFEC's two
  // interleavers; what does not fill them waits for the next. Scale and noise are measured over the
  // super-frame.
  void push(std::span<const std::complex<float>> x, std::span<const std::complex<float>> y,
            std::span<const std::uint8_t> labels_x, std::span<const std::uint8_t> labels_y);

  std::uint64_t bits() const;    // of information that left the decoder
  std::uint64_t errors() const;  // wrong ones among them

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace waverack::link
