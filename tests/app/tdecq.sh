# tdecq: a captured waveform whose levels are known, and everything that can be wrong with one.
. "$(dirname "$0")/lib/expect.sh"
. "$(dirname "$0")/lib/capture.sh"

# number KEY: of the first object that has it, in `out`.
number() { sed -n "s/^ *\"$1\": \([-0-9.e+]*\),\{0,1\}$/\1/p" out | head -1; }
# near KEY VALUE TOLERANCE
near() {
  awk -v a="$(number "$1")" -v b="$2" -v t="$3" 'BEGIN { exit !(a != "" && a - b <= t && b - a <= t) }' ||
    fail "$1 is $(number "$1") and not $2 ± $3"
}

capture 0.2 1.0 "Time (s),Power (mW)" >light.csv
capture -400 400 "" >volts.csv
capture 1.0 0.2 "Time (s),Power (mW)" >inverted.csv

# Both assumptions where the filter is not known.
expect_exit 0 tdecq light.csv --symbol-rate 53.125GBd
expect_width out 100
for text in "TECQ of light.csv" "filter applied by the scope" "filter applied here" "PRBS13Q (8191 symbols)" "ppm from nominal" \
  "Nothing says whether the scope applied the reference filter" "Without a dark level (--dark)" "not corrected" \
  "1 whole period was used"; do
  expect_text out "$text"
done

# Levels in closed form: OMA 0.8 mW, extinction ratio 5, or 0.9/0.1 above a dark level of 0.1 mW.
expect_exit 0 tdecq light.csv --symbol-rate 53.125GBd --reference-filter applied --json
expect_empty err
near oma_outer_dbm -0.969 0.02
near extinction_ratio_db 6.990 0.02
near clock_error_ppm 20 0.5
near rlm 1 0.005
near samples_per_ui 6.29987 0.0001
expect_text out '"format": "waverack-tdecq"'
expect_text out '"reference_filter": "applied"'
expect_text out '"command": "waverack tdecq light.csv --symbol-rate 53.125GBd --reference-filter applied -o again"'
expect_text out '"tecq_db"'
first=$(number tecq_db)
awk -v a="$first" 'BEGIN { exit !(a > 0 && a < 1.5) }' || fail "TECQ of an open eye is $first dB"
expect_exit 0 tdecq light.csv --symbol-rate 53.125GBd --reference-filter applied --dark 0.1 --json
near extinction_ratio_db 9.542 0.02
near oma_outer_dbm -0.969 0.02
# A filter more costs more.
expect_exit 0 tdecq light.csv --symbol-rate 53.125GBd --reference-filter needed --json
awk -v a="$first" -v b="$(number tecq_db)" 'BEGIN { exit !(b > a + 0.2) }' || fail "the reference filter costs nothing"
expect_exit 0 tdecq inverted.csv --symbol-rate 53.125GBd --reference-filter applied --json
expect_text out '"inverted": true'
# PRBS13Q turned over has no run of 7 threes, so levels are those at the sampling time, which its edges reach by 5 %.
expect_text out "lacks a run of 7 threes or of 6 zeros"
near extinction_ratio_db 6.990 0.2

# What it is called, and what hides noise.
expect_exit 0 tdecq light.csv --symbol-rate 53.125GBd --reference-filter applied --after-fibre --averaged
for text in "TDECQ of light.csv" "TDECQ is a lower bound"; do expect_text out "$text"; done
expect_exit 0 tdecq volts.csv --symbol-rate 53.125GBd --unit mV --reference-filter applied --json
near vma_v 0.8 0.004
expect_text out '"eecq_db"'
if grep -q extinction out; then fail "volts have no extinction ratio"; fi
# 0.8 V into 50 ohm at 0.8 A/W is 20 mW.
expect_exit 0 tdecq volts.csv --symbol-rate 53.125GBd --unit mV --responsivity 0.8 --reference-filter applied --json
near oma_outer_dbm 13.01 0.02
# Values alone, from standard input.
cut -d, -f2 volts.csv >values.csv
"$program" tdecq - --symbol-rate 53.125GBd --unit mV --reference-filter applied --sample-interval 2.98786ps --json <values.csv >out 2>err ||
  fail "values alone are not read from standard input"
near vma_v 0.8 0.004

expect_exit 0 tdecq light.csv --symbol-rate 53.125GBd --reference-filter applied -o written
for file in result.json series/eye.captured.csv series/eye.equalised.csv series/histogram.left.csv series/histogram.right.csv series/taps.csv; do
  [ -s "written/$file" ] || fail "written/$file is missing"
done
[ "$(wc -l <written/series/taps.csv)" -eq 6 ] || fail "taps.csv has not a line for each of five taps"

# Limits: OMA -0.97 dBm is below the floor of -0.8 dBm, 0.79 dBm is not. The symbol rate is the profile's.
expect_exit 1 tdecq light.csv --profile 400gbase-dr4 --reference-filter applied --dark 0
expect_text out "✗  tdecq.oma_outer_dbm"
expect_text out "✓  tdecq.tecq_db"
capture 0.3 1.5 "Time (s),Power (mW)" >bright.csv
expect_exit 0 tdecq bright.csv --profile 400gbase-dr4 --dark 0 --json
for text in '"name": "applied.tecq_db"' '"name": "needed.tecq_db"' '"name": "needed.tecq_minus_ceq_db"' '"profile": "400gbase-dr4"'; do
  expect_text out "$text"
done
# Without a dark level the extinction ratio is told and not judged.
expect_exit 0 tdecq bright.csv --profile 400gbase-dr4 --reference-filter applied --json
expect_text out "not judged, as no dark level is known"
expect_exit 0 tdecq volts.csv --profile 400gbase-dr4 --unit mV --reference-filter applied
expect_text out "The limits of the profile are of light; none was judged."

# mistake FIRST-LINE ARGUMENTS…
mistake() {
  message=$1
  shift
  expect_exit 2 tdecq "$@"
  expect_empty out
  case "$(head -1 err)" in
  "error $message"*) ;;
  *)
    fail "the message is not: error $message"
    cat err
    ;;
  esac
}
mistake "missing.csv: there is no such file" missing.csv --symbol-rate 53.125GBd
mistake "waverack: the symbol rate is not known" light.csv
mistake "waverack: there is no pmd profile '400gbase-dr'" light.csv --profile 400gbase-dr
mistake "volts.csv: the file does not say the unit of its values" volts.csv --symbol-rate 53.125GBd
mistake "light.csv: the record does not hold" light.csv --symbol-rate 51GBd
mistake "light.csv: the record does not hold SSPRQ" light.csv --symbol-rate 53.125GBd --pattern SSPRQ
mistake "waverack: there is no pattern 'PRBS13'" light.csv --symbol-rate 53.125GBd --pattern PRBS13
expect_line err "  did you mean 'PRBS13Q'?"
mistake "waverack: --reference-filter 'yes' is no choice" light.csv --symbol-rate 53.125GBd --reference-filter yes
mistake "values.csv: the file says no sample interval" values.csv --symbol-rate 53.125GBd --unit mV
mistake "volts.csv: a voltage has no dark level" volts.csv --symbol-rate 53.125GBd --unit mV --dark 1
mistake "light.csv: the values are light already" light.csv --symbol-rate 53.125GBd --responsivity 1
sed '100d' light.csv >gap.csv
mistake "gap.csv:100: the times are not even: a step of 5.976 ps" gap.csv --symbol-rate 53.125GBd
sed '50s/,.*/,oops/' light.csv >word.csv
mistake "word.csv:50: 'oops' is not a number" word.csv --symbol-rate 53.125GBd
sed 's/$/,1/' volts.csv >three.csv
mistake "three.csv:1: 3 numbers on a line" three.csv --symbol-rate 53.125GBd
head -500 light.csv >short.csv
mistake "short.csv: the record holds 79 symbols" short.csv --symbol-rate 53.125GBd
expect_exit 2 tdecq light.csv --symbol-rate 51GBd --json
expect_text out '"file": "light.csv"'
expect_exit 2 light.csv
expect_text err "waverack tdecq light.csv"

finish
