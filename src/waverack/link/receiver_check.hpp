#pragma once
// What keys of a receiver ask for together.

#include <string>

#include "waverack/base/error.hpp"
#include "waverack/dsp/volterra.hpp"
#include "waverack/parts/receiver.hpp"

namespace waverack::link {

// The taps and products of a receiver's equaliser.
dsp::VolterraShape volterra_shape(const parts::Receiver&);
inline bool has_products(const parts::Receiver& receiver) {
  return receiver.volterra_second > 0 || receiver.volterra_third > 0;
}

// Throws Error, with `mark` and a key below `path`, where two of decision feedback, sequence detection and
// products of samples are asked for, or products of more samples than there are taps, or too many of them.
void check_receiver(const parts::Receiver&, const Mark& mark, const std::string& path);

}  // namespace waverack::link
