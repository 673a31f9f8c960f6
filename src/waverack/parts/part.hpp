#pragma once
// The list of all parts, and uniform access to whichever one an instance holds.
//
// To add a part: a header with the struct, describe() and PartTraits; a source; a card; a test; and one
// line in PartVariant below.

#include <complex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "waverack/parts/ac_coupling.hpp"
#include "waverack/parts/circulator.hpp"
#include "waverack/parts/coherent_driver.hpp"
#include "waverack/parts/coherent_front_end.hpp"
#include "waverack/parts/coherent_receiver.hpp"
#include "waverack/parts/coherent_transmitter.hpp"
#include "waverack/parts/connector.hpp"
#include "waverack/parts/custom.hpp"
#include "waverack/parts/cw_laser.hpp"
#include "waverack/parts/diode_laser.hpp"
#include "waverack/parts/electro_absorption.hpp"
#include "waverack/parts/failure_rate.hpp"
#include "waverack/parts/fibre.hpp"
#include "waverack/parts/fibre_flex.hpp"
#include "waverack/parts/fibre_span.hpp"
#include "waverack/parts/host_interface.hpp"
#include "waverack/parts/host_transmitter.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/iq_modulator.hpp"
#include "waverack/parts/isolator.hpp"
#include "waverack/parts/laser_path.hpp"
#include "waverack/parts/linear_driver.hpp"
#include "waverack/parts/lithium_niobate.hpp"
#include "waverack/parts/mach_zehnder.hpp"
#include "waverack/parts/measured_response.hpp"
#include "waverack/parts/micro_ring.hpp"
#include "waverack/parts/optical_amplifier.hpp"
#include "waverack/parts/optical_filter.hpp"
#include "waverack/parts/package_line.hpp"
#include "waverack/parts/photodiode.hpp"
#include "waverack/parts/pm_fibre.hpp"
#include "waverack/parts/polarisation.hpp"
#include "waverack/parts/polarisation_element.hpp"
#include "waverack/parts/polarisation_splitter.hpp"
#include "waverack/parts/receiver.hpp"
#include "waverack/parts/retimer.hpp"
#include "waverack/parts/spread.hpp"
#include "waverack/parts/test_point.hpp"
#include "waverack/parts/tia.hpp"
#include "waverack/parts/touchstone.hpp"
#include "waverack/parts/tunable_laser.hpp"
#include "waverack/parts/twinax.hpp"
#include "waverack/parts/wdm_filter.hpp"

namespace waverack::parts {

// In the order in which they stand along a lane; those of coherent lanes last.
using PartVariant =
    std::variant<HostTransmitter, PackageLine, Touchstone, Twinax, AcCoupling, Retimer, LinearDriver, CwLaser,
                 DiodeLaser, Isolator, PmFibre, LaserPath, MachZehnder, LithiumNiobate, ElectroAbsorption,
                 MicroRing, Connector, Circulator, FibreFlex, WdmFilter, Fibre, Polarisation,
                 PolarisationSplitter, Photodiode, Tia, Receiver, TestPoint, MeasuredResponse, Custom,
                 HostInterface, TunableLaser, CoherentTransmitter, CoherentDriver, IqModulator, FibreSpan,
                 OpticalAmplifier, OpticalFilter, PolarisationElement, CoherentFrontEnd, CoherentReceiver>;

// One of them. What copies, moves and destroys it is compiled once, in any_part.cpp; every source that holds
// instances would else compile it for all types again.
struct AnyPart : PartVariant {
  using PartVariant::PartVariant;
  AnyPart();
  AnyPart(const AnyPart&);
  AnyPart(AnyPart&&) noexcept;
  AnyPart& operator=(const AnyPart&);
  AnyPart& operator=(AnyPart&&) noexcept;
  ~AnyPart();
};

// What is known of a type of part without an instance.
struct PartInfo {
  std::string_view type;
  Domain input;
  Domain output;
  Place place;
  bool has_response, has_apply, has_input_response, has_output_response, has_dynamics, has_intensity_response,
      has_high_pass;
  bool has_noise, has_power, has_reflectance, has_latency, has_optical_loss, has_remarks, has_resolve,
      has_unused;
  bool has_action, has_line_elements, has_branch_response;  // of coherent lanes
  const FieldList* fields;
};
const std::vector<PartInfo>& part_list();  // in the order of PartVariant
const PartInfo& info(const AnyPart&);
// What a part takes and gives: the domains of its type, or what a measured_response says.
Domain input_domain(const AnyPart&);
Domain output_domain(const AnyPart&);

// A part in its place in a chain.
struct Instance {
  std::string name;  // unique within its chain; defaults to the type
  std::string card;  // "" where none is used
  Place place = Place::module;
  AnyPart part;
  Mark mark;
  std::optional<double> temperature =
      std::nullopt;                 // of its surroundings [K]; of the lane where none is given
  std::vector<Spread> spread = {};  // of its numbers, from piece to piece
  FailureRate failures = {};        // in the field
};

// The conditions of the lane at the place of one part.
Conditions conditions_of(const Instance&, Conditions lane);

// Where the fields of the part begin, for what describe() lists of them.
const void* address_of(const AnyPart&);

template <class P>
const P* as(const Instance& instance) {
  return std::get_if<P>(&instance.part);
}

// Uniform access; an empty Response, no noise, zero power where the part has none.
Response response_of(const AnyPart&, const Conditions&);
Response input_response_of(const AnyPart&, const Conditions&);
Response output_response_of(const AnyPart&, const Conditions&);
Response dynamics_of(const AnyPart&, const Conditions&);            // interface.hpp
Response intensity_response_of(const AnyPart&, const Conditions&);  // interface.hpp
double high_pass_corner_of(const AnyPart&);                         // interface.hpp; 0 where there is none
std::vector<NoiseSource> noise_of(const AnyPart&, const Conditions&);
double power_of(const AnyPart&, const Conditions&);    // [W per lane]
double reflectance_of(const AnyPart&);                 // power ratio, 0 where there is none
double latency_of(const AnyPart&, const Conditions&);  // bulk delay that `response` leaves out [s]
// Power ratio, 1 where there is none; at the wavelength of conditions.light where it depends on that.
double optical_loss_of(const AnyPart&, const Conditions& = {});
// What a user should know of this part under these conditions: a model outside its range, data that stop too
// early.
std::vector<std::string> remarks_of(const AnyPart&, const Conditions&);
// Keys of this part that do not count beside others that it has; none where the part has no such function.
std::vector<std::string_view> unused_of(const AnyPart&);

// Parts of coherent lanes (dual_action.hpp). Throws std::logic_error if the part has no such function.
DualAction action_of(const AnyPart&, const Conditions&, const DualContext&);
// Response of the branches, in small signals; empty where the part has none.
Response branch_response_of(const AnyPart&, const Conditions&);
// What the part is in the line between two modules; `input_power` of the channel at its input [W].
std::vector<coherent::NamedElement> line_elements_of(const AnyPart&, const Conditions&, double input_power,
                                                     const std::string& name);

// Nonlinear parts. `in` and `out` have the part's domains: float samples for voltages and currents,
// complex float [sqrt(W)] for the optical field. A part with dynamics needs one whole period at
// conditions.sample_rate. Throws std::logic_error if the part has no such function.
bool is_nonlinear(const AnyPart&);
void apply_of(const AnyPart&, const Conditions&, std::span<const float> in, std::span<float> out);
void apply_of(const AnyPart&, const Conditions&, std::span<const float> in,
              std::span<std::complex<float>> out);
void apply_of(const AnyPart&, const Conditions&, std::span<const std::complex<float>> in,
              std::span<float> out);
// The law of a part without memory of its own, settled for `in`: one of the two, or neither.
struct Law {
  RealLaw real;
  FieldLaw field;
};
Law law_of(const AnyPart&, const Conditions&, std::span<const float> in);
Law law_of(const AnyPart&, const Conditions&, std::span<const std::complex<float>> in);
// d(out)/d(in) at each sample, with the optical field counted as power: dP/dV [W/V], dI/dP [A/W].
void slope_of(const AnyPart&, const Conditions&, std::span<const float> in, std::span<float> slope);
void slope_of(const AnyPart&, const Conditions&, std::span<const std::complex<float>> in,
              std::span<float> slope);

}  // namespace waverack::parts

namespace waverack {
// Lists of part tables: `part`, `name`, `card`, `place`, `spread` (spread.hpp) and `failures`
// (failure_rate.hpp) beside the part's own keys; cards lie below, and a duplicate name, an unknown part or a
// card of another type is an error.
template <>
const FieldType& field_type<std::vector<parts::Instance>>();
}  // namespace waverack
