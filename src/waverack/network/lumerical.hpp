#pragma once
// S-parameter files of Lumerical tools: optical networks with several ports and modes.

#include "waverack/network/network.hpp"

namespace waverack::network {

// One entry of the scattering matrix over frequency: the wave in mode `to_mode` of port `to` for a wave of 1
// in mode `from_mode` of port `from`. Ports count from 1, as LumericalFile::ports lists them.
struct LumericalBlock {
  int to = 0, to_mode = 0, from = 0, from_mode = 0;
  std::string mode_name;                // of `to_mode`: "TE", "mode 1"
  std::vector<double> frequencies;      // [Hz] > 0, rising
  std::vector<std::complex<double>> s;  // time convention exp(+j2πft)
};

struct LumericalFile {
  std::string name;
  std::vector<std::string> ports;  // of the port lines, else by the number in their names, else as met
  std::vector<LumericalBlock> blocks;
  std::vector<std::string> remarks;  // what the reader noticed and did not refuse

  // nullptr where the file has no such entry.
  const LumericalBlock* find(int to, int to_mode, int from, int from_mode) const;
};

// Reads a file of either dialect (facts: photonics 13.2):
//
//   ["port 1","LEFT"]                                          may be missing
//   ("port 1","mode 1",1,"port 2",1,"transmission")            or ('port 1','TE',1,'port 2',1,'transmission')
//   (101, 3)                                                   rows and columns
//   1.8737e+14  0.0087  1.9968                                 Hz, |S|, phase in rad
//
// The first port is the output, the second the input. A seventh entry of the header is a group delay τ_g [s]
// that the phase column leaves out: 2π·τ_g·(f − f_c) is added, f_c the middle of the band (Ansys Optics,
// "S-parameter file formats", option 3). The files are written for exp(−j2πft): their phase rises along the
// way of light, so it is turned round here. Rows may rise or fall in frequency; others are sorted, with a
// remark.
//
// Throws Error with file and line for anything else: another kind of data than "transmission", a block
// without header or shape, more or fewer rows than the shape says, a frequency or an entry that comes twice,
// what is not a finite number, |S| below 0 or above 1e9. Cost: linear.
LumericalFile parse_lumerical(std::string_view text, const std::string& name);

// The scattering matrix of one mode, between the same mode at all ports; what the file lacks is 0 and gives a
// remark. Throws Error if there is no block of that mode, or its blocks have different frequencies.
Network network_of(const LumericalFile&, int mode);

}  // namespace waverack::network
