#pragma once
// Blocks of text on a result, for the summary and for what stands behind it. Each ends with a newline.

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "waverack/design/result.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// "✓" for a pass, "✗" for a failure, " " for what is only told.
std::string verdict_sign(Verdict, const Style&);

// The design's title, and the result in a few sentences.
std::string title_lines(const Result&, const Style&);

// Numbers that were found, before and after; nothing where none were.
std::string operating_point_lines(const OperatingPoint&, const Style&);

// What limits the link: the largest `count` penalties with bars.
std::string penalty_lines(const link::LaneResult&, const Style&,
                          std::size_t count = std::numeric_limits<std::size_t>::max());

// What importance sampling found, a line or two for each segment; empty if it did not run.
std::string weighed_lines(const link::LaneResult& lane, const Style& style);

// What the waveform solver counted, a few lines for each segment; empty if it did not run.
std::string counted_lines(const link::LaneResult& lane, const Style& style);
// The products of samples in the equalisers; empty where there are none.
std::string equaliser_lines(const link::LaneResult& lane, const Style& style);
// Watts and pJ/bit under the four boundaries.
std::string boundary_lines(const module::ModuleResult&, const Style&);

// The cluster beside its baseline, or alone.
std::string cluster_lines(const cluster::ClusterResult&, const Style&);

// The checks, those that failed first.
std::string check_lines(std::vector<Check>, const Style&);

// Those that failed; nothing where none did.
std::string failed_check_lines(std::vector<Check>, const Style&);

// What others state beside what was computed, and whether that lies in their range; nothing where the design
// names none.
std::string published_lines(const std::vector<PublishedNumber>&, const Style&);

// A heading and every warning.
std::string warning_lines(const std::vector<Warning>&, const Style&);

std::string heading(std::string_view text, const Style&);
std::vector<std::string> lines_of(std::string_view text);

}  // namespace waverack::io
