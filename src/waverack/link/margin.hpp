#pragma once
// How far a segment is from its limit.

#include <cstdint>
#include <span>

#include "waverack/link/segment.hpp"

namespace waverack::link {

// Where the search for a margin ends [dB].
constexpr double least_margin_db = -20.0, greatest_margin_db = 40.0;

// Extra optical attenuation [dB], equaliser adapted again each time, at which the BER of the segment is
// `ber_limit`; negative if it is above the limit already. NaN if no attenuation from −20 to 40 dB does it.
// The search begins at `guess` and ends within 0.005 dB. Cost: some six solves of the segment; one or two for
// a guess within 0.1 dB.
double attenuation_margin_db(const Segment&, const parts::Conditions&, std::span<const std::uint8_t> symbols,
                             const SegmentOptions&, double ber_limit, double guess = 0.0);

// Whether that margin reaches `at_db`, by one solve: the result lies on the same side of `at_db` as the
// margin of attenuation_margin_db() does, but for that search's 0.005 dB, and near it where it is near
// `at_db`. NaN where there is no BER.
double margin_judged_at_db(const Segment&, const parts::Conditions&, std::span<const std::uint8_t> symbols,
                           const SegmentOptions&, double ber_limit, double at_db);

// BER at infinite received power: without the noise that does not grow with the light (receiver, converter,
// crosstalk behind the photodiode) or grows slower (shot).
double floor_ber(const Segment&, const parts::Conditions&, std::span<const std::uint8_t> symbols,
                 SegmentOptions);

}  // namespace waverack::link
