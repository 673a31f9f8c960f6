#pragma once
// A coherent lane: its chain checked and taken apart into transmitter, line and receiver.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "waverack/coherent/frame.hpp"
#include "waverack/coherent/line.hpp"
#include "waverack/link/lane.hpp"

namespace waverack::link {

// Whether the chain has parts of coherent lanes.
bool is_coherent(const Lane&);

// The constellation of a modulation of two polarisations; Error for PAM.
coherent::Format format_of(Modulation);
// Bits of one symbol of the lane: of both polarisations where it has two.
double bits_per_symbol(Modulation);

// What the frame of its coherent_transmitter leaves for bits before the FEC [bit/s]; 0 without one or with a
// frame that is not known.
double information_rate(const Lane&);
// What it leaves for bits of the client [bit/s] (coherent/frame_rates.hpp); 0 likewise.
double client_rate(const Lane&);

// A part between DACs and light, or between light and ADCs, in its place.
struct CoherentElement {
  const parts::Instance* instance = nullptr;
  parts::Conditions conditions;
  std::uint32_t source = 0;  // first of its sources of random numbers; each element has 16
};

// Means over the raised cosine of the pulses of what pre-emphasis P and the branches H from DAC to light do:
// |H|², |P|² and |H·P|².
struct BandMeans {
  double response = 1.0, emphasis = 1.0, both = 1.0;
};

// Pre-emphasis of the transmitter, and what is left of the pulses at the light: it times all low-passes.
struct PulseShape {
  signal::Response emphasis, whole;
};

// A voltage to a voltage, without memory.
using VoltageLaw = std::function<double(double)>;

struct CoherentPlan {
  coherent::Frame frame;
  coherent::Format format = coherent::Format::qam16;
  parts::Conditions conditions;              // what all parts have in common
  std::vector<CoherentElement> transmitter;  // coherent_transmitter … iq_modulator
  coherent::Line line;                    // behind the modulator; its channel is launched with channel.power
  std::vector<CoherentElement> receiver;  // coherent_front_end … coherent_receiver
  signal::Response transmit_response;     // of the branches behind the DACs, small signals
  BandMeans means;                        // of what stands between DACs and light
  double laser_offset = 0.0, laser_noise_corner = 0.0;  // of the tunable lasers at both ends [Hz]
  double latency = 0.0;                                 // of the parts and the fibre [s]
  std::vector<Warning> warnings;

  double modulator_rms = 0.0;    // of each branch at the modulator, as if its drivers were linear [V]
  double received_power = 0.0;   // of the channel at the receiver, closed form [W]
  double channel_spacing = 0.0;  // of line.channel and line.neighbours [Hz]; 0 for one channel
  const parts::CoherentTransmitter& sends() const;
  const parts::IqModulator& modulates() const;
  const parts::CoherentFrontEnd& detects() const;
  const parts::CoherentReceiver& receives() const;
};

// Of a plan whose transmitter is complete.
PulseShape pulse_shape(const CoherentPlan&);
// What the drivers among the first elements of a transmitter make of the voltage that linear ones would give.
VoltageLaw driving_law(std::span<const CoherentElement>);

// Checks the chain: host interface or nothing, coherent_transmitter, drivers, one iq_modulator, a line of
// spans, amplifiers and filters, a coherent_front_end and a coherent_receiver; tunable_laser as light.
// The modulation and the FEC are those of the frame (a lane may have no FEC), and the receiver's settings
// such as its signal processing can have. Throws Error with the line of the part that does not fit. The plan
// points into `lane`.
CoherentPlan make_coherent_plan(const Lane& lane);
CoherentPlan make_coherent_plan(Lane&&) = delete;

}  // namespace waverack::link
