#pragma once
// Network and equipment files of GNPy (github.com/Telecominfraproject/oopt-gnpy, BSD-3-Clause), one path of
// them as a line: users plan with these files (docs/formats/gnpy.md).

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "waverack/coherent/line.hpp"
#include "waverack/io/gnpy_files.hpp"

namespace waverack::io {

// What of the equipment's "SI" is replaced: light of other modules on the same line. The amplifiers stay
// those that the files describe.
struct GnpyLoad {
  std::optional<double> symbol_rate{};  // [Bd]
  std::optional<double> spacing{};      // [Hz]
  std::optional<double> roll_off{};
  std::optional<double> power_dbm{};         // of a channel: at the transmitter, and as the spans' reference
  std::optional<double> transmitter_osnr{};  // ratio in 12.5 GHz
};

// An element of the path, both transceivers among them.
struct GnpyHop {
  std::string uid, type, variety;  // "Span1", "Fiber", "SSMF"
  std::size_t end = 0;             // elements of the line up to here, this one's with them
};

// A path between two transceivers, loaded with all channels that "SI" has room for.
struct GnpyPath {
  std::vector<GnpyHop> route;
  std::vector<coherent::Channel> channels;  // as they leave the first transceiver, rising in frequency
  double spacing = 0.0;                     // of the channels [Hz]
  coherent::Line line;                      // of the middle channel, with the others as neighbours
  std::vector<double> effective_areas;  // of each fibre on the route, at 193.5 THz [m²]; 0: gamma was given
  double transmitter_osnr = 0.0;        // ratio in 12.5 GHz
  double system_margin_db = 0.0;        // "sys_margins" of SI
};

// What is read, by the rules of GNPy's documentation ("JSON input files", "Physical model used in GNPy"):
//   Fiber        length, loss_coef, att_in, con_in, con_out (else Span's, with EOL on con_out), pmd_coef;
//                dispersion and effective area of the library; spans below Span's padding are padded at their
//                input. γ = 2π f n₂/(c A(f)), n₂ = 2.6e-20 m²/W, A(f) of a step-index fibre of radius 4.2 µm
//   Edfa         fixed_gain, variable_gain, dual_stage, openroadm (polynomial of the input power),
//                openroadm_preamp, openroadm_booster (without noise); power mode: the channel's power behind
//                it is SI's plus delta_p, or where that is not given by Span's delta_power_range_db; gain
//                mode: gain_target. ASE is F·h·f·B at the input, so the LineAmplifier gets F + 1/G
//   Roadm        target_pch_out_db, target_psd_out_mWperGHz or target_out_mWperSlotWidth, by degree where
//                given: all light of a channel, noise with it, comes down to it; add_drop_osnr: half of its
//                noise where the path begins, half where it ends; pmd, pdl
//   Fused        its loss
// Other elements, types of amplifiers, Raman, lumped losses and losses that depend on frequency throw Error,
// as do amplifiers without type_variety: the design of a network is GNPy's own. The shortest path by fibre
// length is taken; for `from` and `to` see gnpy_route(). Throws Error for more than 2000 channels, and where
// a channel has less than −100 or more than 40 dBm.
GnpyPath gnpy_path(const GnpyFiles&, const std::string& from = {}, const std::string& to = {},
                   const GnpyLoad& = {});

// The line as channel `index` of `channels` sees it: it is the channel, the others are neighbours, and γ is
// that at its frequency.
coherent::Line line_of(const GnpyPath&, std::size_t index);

}  // namespace waverack::io
