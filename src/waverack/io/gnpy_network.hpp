#pragma once
// Network and equipment files of GNPy (github.com/Telecominfraproject/oopt-gnpy, BSD-3-Clause), one path of
// them as a line: users plan with these files.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/coherent/line.hpp"
#include "waverack/coherent/transceiver_budget.hpp"

namespace waverack::io {

// A path between two transceivers, loaded with all channels of the equipment's "SI".
struct GnpyPath {
  std::vector<std::string> route;           // uids, transceivers first and last
  std::vector<coherent::Channel> channels;  // as they leave the first transceiver, rising in frequency
  coherent::Line line;                      // of the middle channel, with the others as neighbours
  std::vector<double> effective_areas;  // of each fibre on the route, at 193.5 THz [m²]; 0: gamma was given
  double transmitter_osnr = 0.0;        // ratio in 12.5 GHz
};

// What is read, by the rules of GNPy's documentation ("JSON input files", "Physical model used in GNPy"):
//   Fiber        length, loss_coef, att_in, con_in, con_out (else Span's, with EOL on con_out), pmd_coef;
//   dispersion
//                and effective area of the library; spans below Span's padding are padded at their input.
//                γ = 2π f n₂/(c A(f)), n₂ = 2.6e-20 m²/W, A(f) of a step-index fibre of radius 4.2 µm
//   Edfa         fixed_gain, variable_gain (two stages), openroadm (polynomial of the input power),
//                openroadm_preamp, openroadm_booster (without noise); power mode: the channel's power behind
//                it is SI's plus delta_p, or where that is not given by Span's delta_power_range_db; gain
//                mode: gain_target. ASE is F·h·f·B at the input, so the LineAmplifier gets F + 1/G
//   Roadm        target_pch_out_db, by degree where given: all light of a channel, noise with it, comes down
//   to it;
//                add_drop_osnr: half of its noise where the path begins, half where it ends; pmd, pdl
//   Fused        its loss
// Other elements, types of amplifiers, Raman, lumped losses and losses that depend on frequency throw Error,
// as do unknown uids, and pairs without a path. The shortest path by fibre length is taken. Amplifiers
// without type_variety throw: the design of a network is GNPy's own.
GnpyPath parse_gnpy_path(std::string_view equipment, std::string_view network, const std::string& from,
                         const std::string& to);
GnpyPath load_gnpy_path(const std::string& equipment_file, const std::string& network_file,
                        const std::string& from, const std::string& to);

// The line as channel `index` of `channels` sees it: it is the channel, the others are neighbours, and γ is
// that at its frequency.
coherent::Line line_of(const GnpyPath&, std::size_t index);

// The penalties and the required OSNR (ratio in 12.5 GHz, as `specified_osnr`) of a mode of the equipment's
// Transceiver `type`; required_snr is that of the required OSNR. Throws Error for unknown names.
coherent::TransceiverBudget parse_gnpy_mode(std::string_view equipment, const std::string& type,
                                            const std::string& format);

}  // namespace waverack::io
