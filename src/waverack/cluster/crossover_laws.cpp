#include "waverack/cluster/crossover_laws.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "waverack/base/decibel.hpp"

namespace waverack::cluster {
namespace {

using In = CrossoverInputs;

constexpr double reference_rate = 1.6e12;      // of a module, at which its energy is stated
constexpr double reference_lane_rate = 200e9;  // at which losses of hosts are stated
constexpr double copper_lane_rate = 100e9;     // at which reaches of copper are stated
constexpr double seconds_of_year = 8766.0 * 3600.0;

// Two bits a symbol, and 6.25 % for KP4 and transcoding.
double symbol_rate(double lane_rate) { return 0.5 * 1.0625 * lane_rate; }

double host_energy_per_bit(const In& in, double loss_db, double lane_rate) {
  return 1.0625 * host_energy(in.host, loss_db, symbol_rate(lane_rate)).value;
}

double cage_use(const In& in, double rate) { return module_watts(in, rate) / in.cage_power.value; }
double loss_use(const In& in, double rate) {
  return host_loss_db(in, in.host_loss, rate / in.lanes_per_cage) / serdes_limit_db(in);
}
double first_of(const In& in, double rate) { return std::max(cage_use(in, rate), loss_use(in, rate)); }
double one(const In&, double) { return 1.0; }

// Energy that a module of 1.6 Tb/s saves at the meter in its years of use, in money.
double worth_of_saving(const In& in, double) {
  const double saved =
      in.dsp_energy.value + host_energy_per_bit(in, to_db(in.host_loss.value), in.asked_lane_rate) -
      in.cpo_energy.value - host_energy_per_bit(in, to_db(in.cpo_host_loss.value), in.asked_lane_rate);
  return saved * reference_rate * in.pue.value * in.years.value * seconds_of_year *
         in.electricity_price.value;
}

constexpr double tera = 1e12;

const std::array<CrossoverLaw, 12> laws{{
    {"cpo-rate", "CPO", "pluggables", "rate of a module", "bit/s",
     "the larger use of cage power and of SerDes", "all of it", true, true, 0.1 * tera, 100.0 * tera,
     &first_of, &one},
    {"cpo-rate-cage", "CPO", "pluggables", "rate of a module, by cage", "bit/s", "watts of a retimed module",
     "watts of a cage", true, true, 0.1 * tera, 100.0 * tera, &module_watts,
     [](const In& in, double) { return in.cage_power.value; }},
    {"cpo-rate-loss", "CPO", "pluggables", "rate of a module, by loss", "bit/s", "loss to the cage in dB",
     "loss that a SerDes equalises in dB", true, true, 0.1 * tera, 100.0 * tera,
     [](const In& in, double x) { return host_loss_db(in, in.host_loss, x / in.lanes_per_cage); },
     [](const In& in, double) { return serdes_limit_db(in); }},
    {"cpo-capacity", "CPO", "pluggables", "capacity of a 2U switch", "bit/s",
     "the larger use of cage power and of SerDes", "all of it", true, true, 6.4 * tera, 6400.0 * tera,
     [](const In& in, double x) { return first_of(in, x / in.cages); }, &one},
    {"cpo-cage-power", "CPO", "pluggables", "watts of a cage", "W",
     "watts of a retimed module of the asked rate", "watts of a cage", false, false, 1.0, 1000.0,
     [](const In& in, double) { return module_watts(in, in.asked_rate); },
     [](const In&, double x) { return x; }},
    {"cpo-lpo-host-loss", "CPO", "linear modules", "loss to the cage", "dB",
     "joules per bit of a linear module and its host", "joules per bit of an engine and its host", true, true,
     1.0, 60.0,
     [](const In& in, double x) {
       return in.lpo_energy.value + host_energy_per_bit(in, 2.0 * x, in.asked_lane_rate);
     },
     [](const In& in, double) {
       return in.cpo_energy.value +
              host_energy_per_bit(in, to_db(in.cpo_host_loss.value), in.asked_lane_rate);
     }},
    {"cpo-price", "CPO", "pluggables", "extra price of 1.6 Tb/s", "USD", "worth of the energy that it saves",
     "what it costs more", false, false, 1.0, 10000.0, &worth_of_saving,
     [](const In&, double x) { return x; }},
    {"lpo-host-loss", "linear modules", "DSP modules", "loss to the cage", "dB", "loss of both hosts in dB",
     "loss that a SerDes equalises in dB", false, true, 1.0, 60.0,
     [](const In&, double x) { return 2.0 * x; }, [](const In& in, double) { return serdes_limit_db(in); }},
    {"lpo-lane-rate", "linear modules", "DSP modules", "rate of a lane", "bit/s", "loss of both hosts in dB",
     "loss that a SerDes equalises in dB", false, true, 10e9, 10e12,
     [](const In& in, double x) { return 2.0 * host_loss_db(in, in.linear_host_loss, x); },
     [](const In& in, double) { return serdes_limit_db(in); }},
    {"aec-reach", "AEC", "optics", "length of a link", "m", "length of a link",
     "reach of active copper at the asked lane rate", false, true, 0.1, 100.0,
     [](const In&, double x) { return x; },
     [](const In& in, double) { return copper_reach(in, in.aec_reach, in.asked_lane_rate); }},
    {"aec-lane-rate", "AEC", "optics", "rate of a lane", "bit/s", "length that a rack needs",
     "reach of active copper", false, true, 10e9, 10e12,
     [](const In& in, double) { return in.rack_reach.value; },
     [](const In& in, double x) { return copper_reach(in, in.aec_reach, x); }},
    {"dac-lane-rate", "AEC", "passive copper", "rate of a lane", "bit/s", "length that a rack needs",
     "reach of passive copper", true, true, 10e9, 10e12,
     [](const In& in, double) { return in.rack_reach.value; },
     [](const In& in, double x) { return copper_reach(in, in.dac_reach, x); }},
}};

}  // namespace

double module_watts(const CrossoverInputs& in, double rate) {
  const double doublings = std::log2(rate / reference_rate);
  return in.dsp_energy.value * std::pow(in.dsp_per_doubling.value, doublings) * rate;
}

double host_loss_db(const CrossoverInputs& in, const Ranged& loss, double lane_rate) {
  return to_db(loss.value) * std::pow(lane_rate / reference_lane_rate, in.loss_exponent.value);
}

double serdes_limit_db(const CrossoverInputs& in) { return to_db(in.serdes_reach.value); }

double copper_reach(const CrossoverInputs& in, const Ranged& reach, double lane_rate) {
  return reach.value * std::pow(copper_lane_rate / lane_rate, in.loss_exponent.value);
}

std::span<const CrossoverLaw> crossover_laws() { return laws; }

}  // namespace waverack::cluster
