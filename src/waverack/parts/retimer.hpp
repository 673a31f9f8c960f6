#pragma once
// A retimer: decides the symbols and sends them again, so it ends one segment of a lane and starts the next.

#include "waverack/parts/host_transmitter.hpp"
#include "waverack/parts/receiver.hpp"

namespace waverack::parts {

struct Retimer {
  Receiver input;
  HostTransmitter output;
  double latency = 60e-9;  // [s]
};

inline FieldList describe(Tag<Retimer>) {
  using P = Retimer;
  return fields<P>("Retimer or module DSP: a receiver and a transmitter, each with its own power.",
                   field<&P::input>("input", "The deciding receiver."),
                   field<&P::output>("output", "The transmitter of the next segment."),
                   field<&P::latency>("latency", "ns", 0.0, 1e4, "Delay from input to output.")
                       .from(Kind::claim, "DSP retimer about 60 ns (facts: cluster 8.2)"));
}

template <>
struct PartTraits<Retimer> {
  static constexpr std::string_view type = "retimer";
  static constexpr Domain input = Domain::voltage, output = Domain::voltage;
  static constexpr Place place = Place::module;
};

// As for a receiver and a host transmitter.
void resolve(Retimer&, ReadContext&, const Node&, const std::string& path);

double power(const Retimer&, const Conditions&);

}  // namespace waverack::parts
