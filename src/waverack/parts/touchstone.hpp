#pragma once
// An electrical channel from a Touchstone file: board, connector, cable, package.

#include <memory>

#include "waverack/network/channel_response.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// What a Touchstone part keeps of its file. Shared by all copies of the part and never changed.
struct TouchstoneData {
  network::Channel channel;
  std::vector<std::string> remarks;  // of the reader and of the checks of the network
  std::string path;                  // of the part, and where its file is named, for messages
  Mark mark;
};

// S21 of a two-port, or the differential Sdd21 of a four-port, between matched ends
// (network/channel_response.hpp). Voltages are relative to those at the load without the channel, so a
// loss-free channel has H = 1. Not modelled: reflections between the channel and its neighbours, mode
// conversion, crosstalk from other ports.
struct Touchstone {
  std::string file;
  std::vector<int> ports;                      // filled in where they were inferred
  std::shared_ptr<const TouchstoneData> data;  // filled in by resolve
};

inline FieldList describe(Tag<Touchstone>) {
  using P = Touchstone;
  return fields<P>(
      "Electrical channel from a Touchstone file: S21 of a two-port or Sdd21 of a four-port.",
      field<&P::file>("file", "Touchstone file, relative to the design; its ending .sNp states the ports.")
          .must_be_given(),
      field<&P::ports>("ports", "", 1, 999,
                       "[in, out] or [in+, in-, out+, out-], counted from 1; empty: inferred where one "
                       "pairing transmits 10 dB more than the others at low frequency.")
          .from(Kind::choice, "inferred from the data"),
      internal<&P::data>());
}

template <>
struct PartTraits<Touchstone> {
  static constexpr std::string_view type = "touchstone";
  static constexpr Domain input = Domain::voltage, output = Domain::voltage;
  static constexpr Place place = Place::host;
};

// Loads the file and finds the channel in it. Throws Error for a file that cannot be used, and for ports that
// are not there or cannot be inferred.
void resolve(Touchstone&, ReadContext&, const Node&, const std::string& path);

// Throws Error if the data stop below half the symbol rate, the Nyquist frequency: what decides about the eye
// would be extrapolated. A part that was not resolved is a mistake of the program (std::logic_error).
Response response(const Touchstone&, const Conditions&);

// Time to the front of the pulse, which `response` leaves out [s].
double latency(const Touchstone&, const Conditions&);

// What the reader, the checks (passive, reciprocal) and the extrapolation noticed; and that the data stop
// below the symbol rate, where the spectrum of a held symbol has its first null.
std::vector<std::string> remarks(const Touchstone&, const Conditions&);

}  // namespace waverack::parts
