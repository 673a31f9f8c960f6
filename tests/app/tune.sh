# --tune and --tune-for: numbers that are found, by run and by sweep; a result that is run again; what is refused.
. "$(dirname "$0")/lib/expect.sh"

gain=lane.chain.linear_driver.gain
fast="--set lane.pattern=PRBS9Q"

# json_number FILE KEY: its first value.
json_number() { grep -m1 "\"$2\":" "$1" | sed 's/.*: //; s/,$//'; }

rm -rf found again
"$program" run lpo-1.6t-osfp $fast --tune $gain -o found >out 2>err
[ $? -le 1 ] || fail "a lane whose driver gain is found: $(cat err)"
expect_text out "Operating point"
grep -qE "^  $gain +19 dB  →  [12][0-9.]+ dB$" out || fail "the summary does not say what was found"
[ "$(json_number found/result.json ber_after)" = "$(json_number found/result.json ber_pre_fec)" ] || fail "the result is not that of the point that was found"
awk -v after="$(json_number found/result.json ber_after)" -v before="$(json_number found/result.json ber_before)" \
  'BEGIN { exit !(after <= before) }' || fail "the error ratio is higher than before"
expect_text found/result.json "found for the lowest error ratio"

# The result states what was found, and does not look for it again.
"$program" run found/result.json -o again >out 2>err
[ "$(json_number found/result.json ber_pre_fec)" = "$(json_number again/result.json ber_pre_fec)" ] || fail "the result gives other numbers when run again"
if grep -q '"operating_point"' again/result.json; then fail "it was found anew"; fi

# The same from the file, and a sweep that finds it at every point.
rm -f tuned.toml
expect_exit 0 new tuned --from lpo-1.6t-osfp
printf '\n[[tune]]\npath = "%s"\nlow = "10 dB"\nhigh = "25 dB"\n' $gain >>tuned.toml
expect_exit 0 check tuned.toml
expect_exit 0 sweep tuned.toml $fast --vary "lane.chain.mach_zehnder.rc_bandwidth=40 GHz,90 GHz" --quantity lane.ber_pre_fec
[ "$(head -1 out)" = "lane.chain.mach_zehnder.rc_bandwidth [GHz],$gain [dB],lane.ber_pre_fec,status,message" ] || fail "the head is $(head -1 out)"
cp out tuned.csv
expect_exit 0 sweep lpo-1.6t-osfp $fast --vary "lane.chain.mach_zehnder.rc_bandwidth=40 GHz,90 GHz" --quantity lane.ber_pre_fec
for row in 2 3; do
  awk -v tuned="$(sed -n ${row}p tuned.csv | cut -d, -f3)" -v fixed="$(sed -n ${row}p out | cut -d, -f2)" \
    'BEGIN { exit !(tuned > 0 && tuned <= fixed) }' || fail "row $row is worse than without looking for the gain"
done

# For the least TECQ: what was found is told, is that of the result, and is not looked for again.
rm -rf found again
"$program" run dr8-1.6t-dsp $fast --set "$gain=6 dB" --tune "$gain=0 dB:14 dB" --tune-for tecq -o found >out 2>err
[ $? -le 1 ] || fail "a lane whose driver gain is found for TECQ: $(cat err)"
grep -qE "^  TECQ at TP2 +[0-9.]+ dB  →  [0-9.]+ dB$" out || fail "the summary does not say which TECQ was found"
after=$(json_number found/result.json after_db)
[ "$after" = "$(json_number found/result.json tecq_db)" ] || fail "TECQ of the result is not that of the point that was found"
awk -v after="$after" -v before="$(json_number found/result.json before_db)" 'BEGIN { exit !(after < before) }' ||
  fail "TECQ is not lower than before"
expect_text found/result.json "found for the least TECQ at TP2"
"$program" run found/result.json -o again >out 2>err
[ "$after" = "$(json_number again/result.json tecq_db)" ] || fail "the result gives another TECQ when run again"
if grep -q '"operating_point"\|"tune_for": "tecq"' again/result.json; then fail "it was found anew"; fi

refused() {
  expect_exit 2 run lpo-1.6t-osfp --tune "$1"
  expect_empty out
  expect_line err "$2"
}
refused lane.chain.linear_driver.gian "error --tune lane.chain.linear_driver.gian: tune: lane.chain.linear_driver.gian: there is no 'gian'"
expect_line err "  did you mean 'gain'?"
refused "$gain=3 dB" "error --tune $gain=3 dB: bounds are given as PATH=LOW:HIGH"
refused "$gain=13 dB:18 dB" "error --tune $gain=13 dB:18 dB: tune: $gain: the design's own value, 19, lies outside of the bounds"
expect_exit 2 run cpo-3.2t-dwdm --tune $gain --tune-for tecq
expect_line err "error --tune-for tecq: tune_for: TECQ is that of a standard's reference receiver: the lane must name its PMD"
expect_exit 2 run cpo-3.2t --tune-for tecq
expect_line err "error --tune-for tecq: there is nothing to find"
expect_exit 2 run lpo-1.6t-osfp --tune $gain --tune-for teqc
expect_line err "  did you mean 'tecq'?"
expect_exit 2 sweep lpo-1.6t-osfp --tune $gain --vary "$gain=6 dB:18 dB:3"
expect_line err "error --vary $gain: this number is found at every point"

finish
