#pragma once
// Eyes of a segment with all its noise, drawn by sending symbols: the waveform solver's own picture.

#include <cstdint>
#include <vector>

#include "waverack/link/block_program.hpp"
#include "waverack/link/eye_image.hpp"
#include "waverack/link/waveform_solver.hpp"

namespace waverack::link {

// The eye at the sampler, before the converter, and the one at the decision: behind the forward taps, less
// the feedback of right decisions, held from half a symbol before to half a symbol behind each decision; that
// of a sequence detector is what it sees. Both are centred on the sampling instant. 262 144 symbols of
// options.pattern and options.seed in blocks of their own, for the last filter runs at the full rate here and
// not in the blocks that are counted. Not in them: jitter, which the solver knows at decisions alone, the
// converter, and taps that follow. Cost: about 200 ns for each symbol and eye besides the chain.
std::vector<EyeImage> sampler_eyes(const Segment& segment, const parts::Conditions& conditions,
                                   const SolvedSegment& solved, const BlockShape& shape,
                                   const CountOptions& options);

}  // namespace waverack::link
