# waverack yield: tables, files, exit codes, the same numbers on any number of threads, and what is refused.
. "$(dirname "$0")/lib/expect.sh"

# A lane of few numbers that vary, on a short pattern.
cat >small.toml <<'END'
title = "Small"

[lane]
symbol_rate = "53.125 GBd"
modulation = "PAM4"
pattern = "PRBS9Q"

[[lane.light]]
part = "cw_laser"
output_power = "10 dBm"
spread = { output_power = { sigma = "0.5 dB" } }
failures = { rate = "100 FIT", temperature = "25 degC" }

[[lane.chain]]
part = "host_transmitter"

[[lane.chain]]
part = "linear_driver"
gain = "12 dB"

[[lane.chain]]
part = "mach_zehnder"
spread = { v_pi_l = { sigma = "5 %", common = 0.5 } }

[[lane.chain]]
part = "test_point"
name = "TP2"

[[lane.chain]]
part = "connector"
spread = { insertion_loss = { sigma = "3 %" } }

[[lane.chain]]
part = "fibre"

[[lane.chain]]
part = "photodiode"

[[lane.chain]]
part = "tia"
bandwidth = "40 GHz"

[[lane.chain]]
part = "receiver"

[module]
lanes = 4
END

# value KEY: a number of the JSON in `out`.
value() { sed -n "s/^ *\"$1\": \([^,]*\),*$/\1/p" out | head -1; }

expect_exit 0 yield small.toml --modules 500
expect_empty err
expect_text out "spare lanes"
expect_text out "mach_zehnder.v_pi_l"
expect_text out "Failures in the field"
expect_width out 100

expect_exit 0 yield small.toml --modules 500 --json --threads 1
expect_text out '"format": "waverack-yield"'
[ "$(value modules)" = 500 ] || fail "$(value modules) modules instead of 500"
[ "$(value fit | cut -c1-6)" = 400.00 ] || [ "$(value fit)" = 400 ] || fail "$(value fit) FIT instead of four lasers of 100"
cp out one.json
expect_exit 0 yield small.toml --modules 500 --json --threads 3
cmp -s out one.json || fail "three threads give another result"
expect_exit 0 yield small.toml --modules 500 --json --seed 2
cmp -s out one.json && fail "another seed gives the same modules"
expect_exit 0 yield small.toml --modules 500 --json --sampling sobol
expect_text out '"sampling": "sobol"'

# Spare lanes, limits and spreads by --set; a wider spread costs yield.
limit=$(sed -n 's/^ *"as_designed": \([^,]*\),*$/\1/p' one.json | head -1)
limit="module.production.margin_limit=$(awk -v m="$limit" 'BEGIN { print m - 0.5 }') dB"
expect_exit 0 yield small.toml --modules 500 --json --set "$limit"
narrow=$(value yield)
expect_exit 0 yield small.toml --modules 500 --json --set "$limit" --set "lane.chain.mach_zehnder.spread.v_pi_l.sigma=10 %"
wide=$(value yield)
awk -v a="$narrow" -v b="$wide" 'BEGIN { exit !(b < a && a < 1) }' || fail "yield of $wide for a wide spread, $narrow for a narrow one"
expect_exit 0 yield small.toml --modules 500 --spares 1 --set "$limit"
expect_text out "and a spare one are good"
expect_text out "1 *"

# Files, and a result that is read again.
expect_exit 0 yield small.toml --modules 500 --set "$limit" -o made
for file in yield.json yield.csv report.html; do [ -s "made/$file" ] || fail "made/$file is missing"; done
[ "$(head -1 made/yield.csv)" = "margin_limit [dB],yield_0_spares,yield_1_spares,yield_2_spares" ] || fail "head of yield.csv: $(head -1 made/yield.csv)"
expect_exit 0 run small.toml -o ran --quiet
expect_exit 0 yield ran/result.json --modules 500 --json
[ "$(grep -m1 '"lane_yield"' out)" = "$(grep -m1 '"lane_yield"' one.json)" ] || fail "a result does not say all that the design does"

# Every lane solved in full.
expect_exit 0 yield small.toml --modules 5 --full
expect_text out "5 modules solved in full"
# Some judged both ways.
expect_exit 0 yield small.toml --modules 64 --check 5 --set "$limit"
expect_text out "5 modules solved in full"
expect_exit 0 yield small.toml --modules 64 --check 5 --set "$limit" --json
awk -v both="$(value good_both)" -v neither="$(value good_neither)" -v fast="$(value good_fast_alone)" -v full="$(value good_full_alone)" \
  'BEGIN { exit !(both + neither + fast + full == 5) }' || fail "verdicts of five modules do not add up to five"
expect_exit 2 yield small.toml --check 5 --full

# A module that no line can make.
expect_exit 1 yield small.toml --modules 64 --set "module.production.margin_limit=39 dB"
expect_text out "the module as designed misses this"

# Mistakes.
expect_exit 2 yield small.toml --set "lane.chain.mach_zehnder.spread.v_pi.sigma=5 %"
expect_line err "  did you mean 'v_pi_l'?"
expect_exit 2 yield small.toml --set "lane.chain.mach_zehnder.spread.v_pi_l.sigma=5 GHz"
expect_text err "wrong dimension"
expect_exit 2 yield small.toml --sampling even
expect_exit 2 yield small.toml --modules 0
sed '/spread/d' small.toml >fixed.toml
expect_exit 2 yield fixed.toml --set "module.production.laser_trim=0 dB"
expect_text err "no part of the lane states how much its numbers vary"

finish
