#pragma once
// What every part of a chain is made of. A part is a plain described struct plus free functions that are
// found by overloading:
//
//   linear part      Response response(const P&, const Conditions&)
//   nonlinear part   void apply(const P&, const Conditions&, std::span<const In> in, std::span<Out> out) or,
//                    without memory of its own, RealLaw or FieldLaw law(const P&, const Conditions&,
//                    std::span<const In> in), which gives apply (memoryless.hpp);
//                    and void slope(const P&, const Conditions&, std::span<const In> in, std::span<float>
//                    slope), optionally with linear memory on either side: Response input_response(...),
//                    Response output_response(...)
//   dynamic part     a nonlinear part whose output does not follow its input at once also has Response
//                    dynamics(const P&, const Conditions&): the small-signal response of output to input
//                    about the operating point, light counted as power, 1 at f = 0, without input_response
//                    and output_response. Its `apply` gets one whole period of a periodic waveform, sampled
//                    at conditions.sample_rate, and gives the periodic solution; where sample_rate is 0 it
//                    gives the output for slow inputs. Its `slope` is that of slow inputs
//   electrical part  double high_pass_corner(const P&): −3 dB corner [Hz] of a first-order high-pass at its
//   input;
//                    0: it takes out the mean and nothing else. A linear part with one takes the mean out,
//                    and its `response` leaves the high-pass out (theory: semi-analytic, section 3)
//   optical part     Response intensity_response(const P&, const Conditions&): memory of the light's power
//                    between polarisations, which do not beat; it acts on the photocurrent
//   coherent part    DualAction action(const P&, const Conditions&, const DualContext&): what it does to four
//                    branch voltages or to light in two polarisations (dual_action.hpp), and
//                    Response branch_response(const P&, const Conditions&), that of its branches to small
//                    signals; or, in the line between two modules, std::vector<coherent::NamedElement>
//                    line_elements(const P&, const Conditions&, double input_power, const std::string& name)
//   any part         double power(p, c) [W per lane], std::vector<NoiseSource> noise(p, c),
//                    double reflectance(p) (power ratio), double latency(p, c) [s],
//                    double optical_loss(p) (power ratio ≥ 1), std::vector<std::string> remarks(p, c),
//                    void resolve(P&, ReadContext&, const Node&, const std::string& path): checks and
//                    loads what its fields name, after they are read;
//                    std::vector<std::string_view> unused(p): keys that do not count beside others of the
//                    part, such as the bandwidth beside a response_file
//
// A linear part has `response` and no `apply`; a nonlinear part has `apply` and no `response`. part.hpp
// checks this for every part of the list. A part never looks around: what it needs to know about its
// surroundings is in Conditions.

#include <complex>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/reader.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::parts {

using signal::Response;

// What runs between two parts. `symbols` are PAM decisions, `light` is unmodulated (CW).
// The last two are those of coherent lanes: the four voltages of in-phase and quadrature branches of two
// polarisations, and light in both polarisations.
enum class Domain { none, symbols, voltage, current, light, field, branches, dual_field };
std::string_view domain_name(Domain domain);
std::string_view domain_unit(Domain domain);  // "V", "A", "W"

// Whose power meter a part is on: the host's SerDes, the module or engine, the laser source.
enum class Place { host, module, laser };
std::string_view place_name(Place place);

// Continuous light as it enters the modulator.
struct Light {
  double power = 0.0;       // [W]
  double rin = 0.0;         // one-sided relative intensity noise, relative to CW power [1/Hz]
  double linewidth = 0.0;   // Lorentzian full width [Hz]
  double wavelength = 0.0;  // [m]
  // One-sided relative intensity noise against frequency [1/Hz]; empty: white, `rin`
  std::function<double(double)> rin_density;
};

// The surroundings of a part, set by the module and the plan.
struct Conditions {
  double temperature = 298.15;    // [K]
  double symbol_rate = 0.0;       // [Bd]
  int levels = 4;                 // of the modulation
  double information_rate = 0.0;  // of a coherent lane, behind its FEC [bit/s]
  double sample_rate = 0.0;       // of the waveforms that `apply` gets [Hz]; 0: they change slowly
  Light light;                    // at the modulator's input
  Light local_oscillator;         // at the hybrid of a coherent receiver
};

// A source of noise. Densities are one-sided: the variance in a band B of white noise is density·B.
struct NoiseSource {
  enum class Law {
    additive,  // density(f) [unit²/Hz], unit of the domain at the injection point
    shot,      // scale·i(t): `scale` [A/Hz·…], 2q for a photodiode; i the noiseless current [A]
    relative   // scale·x(t)²: `scale` [1/Hz], x the noiseless signal (RIN on the light's power); where
               // there is a `density`, density(f)·x(t)² [1/Hz]
  };
  std::string id;     // "tia", unique within a part
  std::string label;  // for people
  Law law = Law::additive;
  bool at_input = false;                  // injected before the part (input-referred) or after it
  std::function<double(double)> density;  // of frequency [Hz ≥ 0]; Law::additive, Law::relative
  double scale = 0.0;                     // Law::shot and Law::relative
  bool held = false;  // one value for each symbol, held for one UI; `density` is its mean spectrum
};

// Timing jitter of a transmitter or of a sampler, in seconds.
struct Jitter {
  double random_rms = 0.0;       // Gaussian, rms
  double dual_dirac_peak = 0.0;  // half the distance of the two Dirac pulses (A_DD of COM)
};

// A nonlinear law without memory: output at one input sample. Optical fields count as power [W] at the input
// and as complex envelopes [sqrt(W)] at the output. What a part adjusts to its input (gain control, offset)
// is settled for the samples `in` that the law was asked for.
using RealLaw = std::function<double(double)>;
using FieldLaw = std::function<std::complex<double>(double)>;

template <class P>
struct PartTraits;  // static constexpr: type, input, output, place — specialised beside each part

}  // namespace waverack::parts
