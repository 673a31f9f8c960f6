# waverack run: one screen, files, exit codes.
. "$(dirname "$0")/lib/expect.sh"

expect_exit 0 run cpo-3.2t
expect_empty err
expect_width out 100
[ "$(wc -l <out)" -le 40 ] || fail "the summary has $(wc -l <out) lines, more than a screen"
for text in "BER before FEC" "What limits the link" "What the module draws" "with laser" "External laser" "Cluster" \
  "Facility" "Test points" "TDECQ" " checks passed; " "waverack run cpo-3.2t --why"; do
  expect_text out "$text"
done
if grep -q "$(printf '\033')" out; then fail "colour in a pipe"; fi
cp out first

# The same on any number of threads.
expect_exit 0 run cpo-3.2t --threads 1
cmp -s first out || fail "one thread gives another summary"

expect_exit 0 run cpo-3.2t --why
expect_width out 100
for text in "Noise at the decision" "Watts of every part" "Light of one lane" "Assumed and claimed numbers"; do
  expect_text out "$text"
done

# Rings: their heaters draw power, and what the model knows of a bistable one is a warning.
expect_exit 0 run cpo-3.2t-ring --why
expect_width out 100
for text in "micro_ring, heater" "Response of micro_ring" "bistable: absorbed light"; do expect_text out "$text"; done

# Products of samples in the receiver.
expect_exit 0 run cpo-3.2t --set lane.pattern=PRBS13Q --set lane.chain.receiver.volterra_second=3 --set lane.chain.receiver.volterra_third=3
expect_text out "Volterra equaliser  "
expect_text out "6 products of two samples and 10 of three"
expect_width out 100

# Files are written only on request, and a result can be run again.
rm -rf folder
expect_exit 0 run cpo-3.2t -o folder
expect_text err "wrote folder/: result.json"
[ -s folder/result.json ] || fail "no result.json"
[ "$(find folder/series -name '*.csv' | wc -l)" -ge 5 ] || fail "fewer than five series"
expect_exit 0 run folder/result.json -o again
again() { grep -m1 '"ber_pre_fec"' "$1/result.json"; }
[ "$(again folder)" = "$(again again)" ] || fail "a result that is run again has another error ratio"
expect_exit 0 run cpo-3.2t -o folder --quiet
expect_empty err

# A setting counts; a failed check is exit code 1, and the result is complete.
expect_exit 0 run cpo-3.2t --set "lane.chain.fibre.length=100 m" --set "lane.pattern=PRBS13Q"
cmp -s first out && fail "--set changes nothing"
rm -rf folder
expect_exit 1 run cpo-3.2t --set lane.ber_limit=1e-17 -o folder
expect_text out "✗  lane.ber_pre_fec"
expect_text out " checks passed, 1 failed; "
[ -s folder/result.json ] || fail "no result.json after a failed check"

small_design | "$program" run - >out 2>err
[ $? -le 1 ] || fail "a design from standard input"
expect_text out "Small"
expect_text out "waverack run - --why"

finish
