# waverack line: a path of a GNPy network, its channels and modules; files that are wrong.
. "$(dirname "$0")/lib/expect.sh"

# One span, as facts: coherent 9.1 states the inputs of GNPy's one-span example: 76 channels of 32 GBd on 50 GHz from
# 191.35 THz, 0 dBm, 80 km of 0.2 dB/km between joints of 0.5 dB, 15 dB of gain with a noise figure of 6.62 dB, 40 dB of
# transmitter OSNR.
cat > eqpt.json <<'JSON'
{ "Edfa": [{"type_variety": "fixed", "type_def": "fixed_gain", "gain_flatmax": 15, "gain_min": 15, "p_max": 23, "nf0": 6.62},
           {"type_variety": "detailed", "type_def": "advanced_model", "gain_flatmax": 25, "gain_min": 15, "p_max": 21}],
  "Fiber": [{"type_variety": "SSMF", "dispersion": 1.67e-05, "effective_area": 83e-12, "pmd_coef": 3e-15}],
  "Span": [{"power_mode": false, "padding": 0, "EOL": 0, "con_in": 0, "con_out": 0}],
  "Roadm": [{"target_pch_out_db": -20, "add_drop_osnr": 38}],
  "SI": [{"f_min": 191.3e12, "f_max": 195.1e12, "baud_rate": 32e9, "spacing": 50e9, "power_dbm": 0, "roll_off": 0.15,
          "tx_osnr": 40, "sys_margins": 2}],
  "Transceiver": [{"type_variety": "trx", "mode": [
    {"format": "easy", "baud_rate": 32e9, "OSNR": 12, "tx_osnr": 40},
    {"format": "strict", "baud_rate": 32e9, "OSNR": 30, "tx_osnr": 40,
     "penalties": [{"chromatic_dispersion": 0, "penalty_value": 0}, {"chromatic_dispersion": 4000, "penalty_value": 3}]}]}]
}
JSON
cat > net.json <<'JSON'
{ "elements": [
    {"uid": "A", "type": "Transceiver"},
    {"uid": "span", "type": "Fiber", "type_variety": "SSMF",
     "params": {"length": 80, "length_units": "km", "loss_coef": 0.2, "con_in": 0.5, "con_out": 0.5}},
    {"uid": "amplifier", "type": "Edfa", "type_variety": "fixed", "operational": {"gain_target": 15}},
    {"uid": "B", "type": "Transceiver"}],
  "connections": [{"from_node": "A", "to_node": "span"}, {"from_node": "span", "to_node": "amplifier"},
                  {"from_node": "amplifier", "to_node": "B"}]
}
JSON

# GNPy prints 27.00 dB for channel 38, 27.09 dB on average (facts: coherent 9.1); both tools compute the same closed form,
# so 0.02 dB is rounding.
expect_exit 0 line net.json --equipment eqpt.json
expect_empty err
expect_width out 100
expect_text out "A to B: 80 km in 1 span, 76 channels of 32 GBd on 50 GHz"
expect_text out "1336.00 ps/nm"
expect_text out "Channels, some of 76"
expect_text out "zr-800g"
expect_exit 0 line net.json --equipment eqpt.json --channel 38
expect_text out "27.00 dB in 32 GBd"
expect_text out "Channel 38 at 193.200 THz"
expect_exit 0 line net.json --equipment eqpt.json --json
expect_json "d['format'] == 'waverack-line' and len(d['channels']) == 76"
expect_json "[abs(d['channels'][n - 1]['gsnr_signal_db'] - x) < 0.02 for n, x in ((1, 27.69), (19, 27.10), (38, 27.00), (76, 27.51))] == [True] * 4"
expect_json "[abs(d['channels'][n - 1]['snr_nonlinear_db'] - x) < 0.02 for n, x in ((1, 32.89), (19, 31.21), (38, 30.98), (76, 32.47))] == [True] * 4"
expect_json "abs(d['line']['mean_gsnr_01nm_db'] - 31.17) < 0.02 and abs(d['line']['mean_osnr_01nm_db'] - 33.29) < 0.02"
expect_json "abs(d['line']['mean_gsnr_signal_db'] - 27.09) < 0.02 and abs(d['line']['mean_osnr_signal_db'] - 29.21) < 0.02"
expect_json "d['line']['worst_channel'] == 1 + min(range(76), key=lambda k: d['channels'][k]['gsnr_signal_db'])"
expect_json "[e['uid'] for e in d['elements']] == ['A', 'span', 'amplifier', 'B']"
# Behind the fibre: 0 dBm less 17 dB; 0.85 ps are 3e-15 s/sqrt(m) over 80 km; 0.39 ms at an index of 1.468.
expect_json "abs(d['elements'][1]['power_dbm'] + 17) < 1e-6 and abs(d['elements'][2]['power_dbm'] + 2) < 1e-6"
expect_json "abs(d['elements'][3]['pmd_ps'] - 0.849) < 1e-3 and abs(d['elements'][3]['latency_s'] - 0.3917e-3) < 1e-7"
# GSNR less the required OSNR less SI's 2 dB; the strict mode pays 3 dB·1336/4000 for dispersion besides.
expect_json "abs([m['margin_db'] for m in d['modules'] if m['name'] == 'trx, easy'][0] - (31.08 - 12 - 2)) < 0.02"
expect_json "abs([m['margin_db'] for m in d['modules'] if m['name'] == 'trx, strict'][0] - (31.08 - 30 - 2 - 3 * 1336 / 4000)) < 0.03"
expect_json "{m['name']: m['spacing_ghz'] for m in d['modules']}['zr-800g'] == 150 and {m['name']: m['spacing_ghz'] for m in d['modules']}['zr-400g'] == 75"
expect_json "all(m['closes'] == (m['margin_db'] >= 0) for m in d['modules'])"

# What is asked for by name decides over the exit code.
expect_exit 0 line net.json --equipment eqpt.json --transceiver trx --mode easy --channel 1 --channels
expect_text out "Channel 1 at 191.350 THz"
expect_exit 1 line net.json --equipment eqpt.json --transceiver trx --mode strict
expect_text out "dispersion costs 1.0"
expect_exit 0 line net.json --equipment eqpt.json --module zr-400g
expect_exit 1 line net.json --equipment eqpt.json --module zr-800g --power "-25 dBm"
expect_exit 2 line net.json --equipment eqpt.json --module cpo-3.2t
expect_text err "no coherent module"
expect_exit 2 line net.json --equipment eqpt.json --mode easy
expect_text err "with --transceiver"
expect_exit 2 line net.json --equipment eqpt.json --transceiver trx --mode eazy
expect_text err "did you mean 'easy'"

# Half the power into the fibre: 1/4 of its interference, 6 dB (each decibel costs two).
expect_exit 0 line net.json --equipment eqpt.json --power "-3 dBm" --json
expect_json "abs(d['channels'][37]['snr_nonlinear_db'] - 30.98 - 6) < 0.02"

expect_exit 0 line net.json --equipment eqpt.json -o made
expect_text err "wrote made/: line.json, "
for file in line.json elements.csv channels.csv modules.csv series/line.along.csv series/line.power.csv series/line.channels.csv; do
  [ -s "made/$file" ] || fail "made/$file was not written"
done
expect_text made/line.json '"command": "waverack line net.json --equipment eqpt.json -o again"'
[ "$(wc -l < made/channels.csv)" -eq 77 ] || fail "channels.csv has $(wc -l < made/channels.csv) lines"

# Wrong files: the file, the line and the element are named.
wrong() { # FILE TEXT…: exit code 2, and all texts in the message
  expect_exit 2 line "$1" --equipment eqpt.json
  shift
  for text in "$@"; do expect_text err "$text"; done
}
sed 's/"uid": "span", //' net.json > bad.json
wrong bad.json "bad.json" "element 2 of 4"
sed 's/"uid": "span"/"uid": "A"/' net.json > bad.json
wrong bad.json "bad.json:3: elements.A" "two elements"
sed 's/"SSMF"/"SMMF"/' net.json > bad.json
wrong bad.json "bad.json:3: elements.span.type_variety" "did you mean 'SSMF'"
sed 's/"type_variety": "fixed"/"type_variety": "detailed"/' net.json > bad.json
wrong bad.json "Edfa.detailed.type_def" "advanced_model"
sed 's/"type_variety": "fixed", //' net.json > bad.json
wrong bad.json "bad.json:5: elements.amplifier.type_variety" "has designed"
sed 's/"to_node": "span"/"to_node": "spam"/' net.json > bad.json
wrong bad.json "connections[0].to_node" "did you mean 'span'"
sed 's/"to_node": "B"/"to_node": "A"/' net.json > bad.json
wrong bad.json "no path leads from 'A' to 'B'"
sed 's/"length": 80/"length": -80/' net.json > bad.json
wrong bad.json "elements.span.params.length" "not above 0"
sed 's/"length": 80/"length": "80"/' net.json > bad.json
wrong bad.json "elements.span.params.length" "a text, not a number"
sed 's/"type": "Edfa"/"type": "Raman"/' net.json > bad.json
wrong bad.json "elements.amplifier.type" "'Raman' are not read"
head -c 300 net.json > bad.json
wrong bad.json "bad.json:5" "not valid JSON"
printf '[]' > bad.json
wrong bad.json "bad.json"
wrong missing.json "missing.json"
expect_exit 2 line net.json --equipment eqpt.json --to C
expect_text err "no transceiver 'C'"
expect_exit 2 line net.json --equipment eqpt.json --from span --to B
expect_text err "'span' is no transceiver"
expect_exit 2 line net.json --equipment eqpt.json --channel 77
expect_text err "1 to 76"
expect_exit 2 line net.json --equipment eqpt.json --spacing "1 kHz"
expect_text err "more than 2000 channels"
expect_exit 2 line net.json
expect_text err "--equipment"
sed 's/"spacing": 50e9/"spacing": null/' eqpt.json > eq.json
expect_exit 2 line net.json --equipment eq.json
expect_text err "eq.json:"
expect_text err ": SI.spacing"
expect_exit 0 line --help
expect_width out 110

# GNPy's own files, where they are.
gnpy=$WAVERACK_SOURCE_DIR/../shared/data/gnpy
if [ -d "$gnpy" ]; then
  expect_exit 0 line "$gnpy/one_span/edfa_example_network.json" --equipment "$gnpy/one_span/eqpt_config.json" --channel 38
  expect_text out "27.00 dB in 32 GBd"
  expect_exit 0 line "$gnpy/one_span/edfa_example_network.json" --equipment "$gnpy/one_span/eqpt_config.json" --json
  expect_json "abs(d['line']['mean_gsnr_signal_db'] - 27.09) < 0.02 and abs(d['line']['mean_gsnr_01nm_db'] - 31.17) < 0.02"
  roadms="$gnpy/openroadm_v4/Sweden_OpenROADMv4_example_network.json --equipment $gnpy/openroadm_v4/eqpt_config_openroadm_ver4.json"
  # shellcheck disable=SC2086
  expect_exit 0 line $roadms --from trx_Stockholm --to trx_Gothenburg
  expect_width out 100
  for text in "18.82 dB" "500 km in 6 spans, 96 channels" "8350.42 ps/nm" "7.99 ps" "3.74 dB"; do expect_text out "$text"; done
  # shellcheck disable=SC2086
  expect_exit 2 line $roadms
  expect_text err "15 transceivers: say which"
fi

finish
