#pragma once
// A network of two sites as GNPy writes it: transceivers, ROADMs, amplifiers, two spans.

#include <string>

namespace waverack::io::test {

inline std::string with(std::string text, const std::string& from, const std::string& to) {
  if (const std::size_t at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

inline const std::string equipment = R"({
  "Edfa": [{"type_variety": "flat", "type_def": "fixed_gain", "gain_flatmax": 30, "gain_min": 0, "p_max": 40, "nf0": 5,
            "pmd": 2e-12, "pdl": 0.6},
           {"type_variety": "two", "type_def": "variable_gain", "gain_flatmax": 16, "gain_min": 8, "p_max": 23,
            "nf_min": 6.5, "nf_max": 11}],
  "Fiber": [{"type_variety": "SSMF", "dispersion": 1.67e-05, "effective_area": 83e-12, "pmd_coef": 1.265e-15}],
  "Span": [{"power_mode": false, "padding": 0, "EOL": 0, "con_in": 0, "con_out": 0,
            "delta_power_range_db": [0, 0, 0]}],
  "Roadm": [{"target_pch_out_db": -20, "add_drop_osnr": 33, "pmd": 3e-12, "pdl": 0.8}],
  "SI": [{"f_min": 193.0e12, "f_max": 193.2e12, "baud_rate": 32e9, "spacing": 100e9, "power_dbm": -10,
          "tx_osnr": 100, "sys_margins": 1}],
  "Transceiver": [{"type_variety": "trx", "mode": [{"format": "m", "baud_rate": 40e9, "OSNR": 20, "min_spacing": 150e9,
     "penalties": [{"pdl": 4, "penalty_value": 2}, {"pdl": 1, "penalty_value": 0.5}]}]}]
})";

// 100 km of 0.2 dB/km twice, 20 dB of gain behind each.
inline const std::string network = R"({
  "elements": [
    {"uid": "A", "type": "Transceiver"},
    {"uid": "span 1", "type": "Fiber", "type_variety": "SSMF", "params": {"length": 100, "loss_coef": 0.2}},
    {"uid": "amplifier 1", "type": "Edfa", "type_variety": "flat", "operational": {"gain_target": 20}},
    {"uid": "span 2", "type": "Fiber", "type_variety": "SSMF",
     "params": {"length": 100000, "length_units": "m", "loss_coef": 0.2}},
    {"uid": "amplifier 2", "type": "Edfa", "type_variety": "flat", "operational": {"gain_target": 20}},
    {"uid": "B", "type": "Transceiver"},
    {"uid": "detour", "type": "Fiber", "type_variety": "SSMF", "params": {"length": 300, "loss_coef": 0.2}}],
  "connections": [
    {"from_node": "A", "to_node": "span 1"}, {"from_node": "span 1", "to_node": "amplifier 1"},
    {"from_node": "amplifier 1", "to_node": "span 2"}, {"from_node": "span 2", "to_node": "amplifier 2"},
    {"from_node": "amplifier 2", "to_node": "B"},
    {"from_node": "A", "to_node": "detour"}, {"from_node": "detour", "to_node": "B"}]
})";

}  // namespace waverack::io::test
