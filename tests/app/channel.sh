# waverack channel and waverack erl: a made-up pair of lines, its numbers, its files, and bad input.
. "$(dirname "$0")/lib/expect.sh"

# Two uncoupled lines, 1 to 3 and 2 to 4, with 1 + 0.2·f dB (f in GHz) and 1 ns; −20 dB reflected 0.4 ns away; up to 40 GHz.
lines() { # STEP_IN_GHZ LAST_IN_GHZ
  awk -v step="$1" -v last="$2" 'BEGIN {
    print "! made up\n# GHz S DB R 50"
    for (f = 0; f <= last + step / 2; f += step) {
      through = sprintf("%.6f %.6f", -1 - 0.2 * f, -360 * f % 360); back = sprintf("-20 %.6f", -360 * 0.4 * f % 360); none = "-320 0"
      printf "%.3f %s %s %s %s\n", f, back, none, through, none
      printf "%s %s %s %s\n", none, back, none, through
      printf "%s %s %s %s\n", through, none, back, none
      printf "%s %s %s %s\n", none, through, none, back
    }
  }'
}
lines 0.02 40 >pair.s4p
lines 0.02 10 >short.s4p

# number KEY: its first value in the JSON on `out`.
number() { grep -m1 "\"$1\":" out | sed 's/.*: //; s/,$//'; }
# near KEY VALUE TOLERANCE
near() {
  awk -v a="$(number "$1")" -v b="$2" -v t="$3" 'BEGIN { exit !(a != "" && a - b <= t && b - a <= t) }' ||
    fail "$1 is $(number "$1"), not $2"
}

# 20 GBd: Nyquist at 10 GHz.
expect_exit 0 channel pair.s4p --symbol-rate "20 GBd"
expect_empty err
expect_text out "Ports 1, 2 to 3, 4 (+, − to +, −): found"
expect_text out "The file is passive, reciprocal and causal to the digits printed."
expect_width out 100
grep -qE "^  Insertion loss +3\.00 dB" out || fail "the loss is not printed"
expect_exit 0 channel pair.s4p --symbol-rate "20 GBd" --json
near insertion_loss_db 3 1e-6
near fitted_loss_db 3 1e-4
near ild_rms_db 0 1e-3
near return_loss_port_1_db 20 1e-6
near return_loss_port_2_db 20 1e-6
near latency_s 1e-9 0.1e-9
# The filters let a symbol's echo spill over into its neighbours.
near erl_db 20 2
expect_text out '"format": "waverack-channel"'

# The same channel as its own aggressor: −3 dB are no crosstalk, but a number.
expect_exit 0 channel pair.s4p --symbol-rate "20 GBd" --fext pair.s4p pair.s4p --next pair.s4p --ports 1,2,3,4 -o made
expect_text out "2 far-end"
expect_text out "All files are passive and reciprocal, and the through path is causal, to the digits printed."
expect_text out "as given"
for file in channel.json series/loss.csv series/pulse.csv series/impedance.csv series/crosstalk.csv series/reflected_pulse.csv; do
  [ -s made/$file ] || fail "made/$file was not written"
done
[ "$(head -1 made/series/loss.csv)" = "frequency [Hz],S21 [dB],fit of S21 [dB],S11 [dB],S22 [dB]" ] || fail "$(head -1 made/series/loss.csv)"
expect_text made/channel.json '"command": "waverack channel pair.s4p --fext pair.s4p pair.s4p --next pair.s4p --ports 1,2,3,4 --symbol-rate'
if [ -e made/report.html ]; then expect_text made/report.html '"waverack-channel"'; fi

expect_text made/channel.json '"largest_singular_value":'
expect_text made/channel.json '"swapped": false'
# Conductors that cross on the way are told, by both commands.
for command in channel erl; do
  expect_exit 0 $command pair.s4p --symbol-rate "20 GBd" --ports 1,2,4,3
  expect_text out "+ and - are exchanged between the ends: the pair of ports [1, 2, 4, 3] inverts the signal"
done

# One line alone.
expect_exit 0 channel pair.s4p --symbol-rate "20 GBd" --ports 1,3 --json
near insertion_loss_db 3 1e-6
expect_text out '"why_ports": "as given"'
if grep -q mode_conversion out; then fail "a single line has no modes"; fi

expect_exit 0 erl pair.s4p --symbol-rate "20 GBd"
expect_text out "20 GBd, 4 levels"
expect_exit 0 erl pair.s4p --symbol-rate "20 GBd" --json --set erl.second_port_only=true --set erl.equalised=0
[ "$(number erl_db)" = "$(number erl_port_2_db)" ] || fail "the second port alone is not what counts"
expect_text out '"format": "waverack-erl"'

# Settings and limits of a parameter sheet.
expect_exit 0 erl pair.s4p --profile 3ck-kr
expect_text out "IEEE 802.3 93A.5, conventions of COM 4.50. Settings: profile 3ck-kr: COM sheet"
expect_text out "3500 symbols, 21 of them equalised"
expect_text out "≥  9.70 dB"
expect_exit 0 erl pair.s4p --profile 3ck-kr --json --set erl.length=100
expect_text out '"settings_from": "profile 3ck-kr: COM sheet 100GBASE-KR1, August 2022"'
expect_text out '"length": 100'
expect_text out '"verdict": "pass"'
printf 'based_on = "3ck-kr"\n[limits]\nerl_db = 40.0\n' >strict.toml
expect_exit 1 erl pair.s4p --profile strict.toml
expect_text out "≥  40.00 dB"
expect_exit 0 erl pair.s4p --profile 3ck-c2m-tp1a
expect_text out "port 2 sees the transmitter's package"
expect_exit 0 channel pair.s4p --profile 3ck-kr --symbol-rate "20 GBd"
expect_text out "Settings: profile 3ck-kr: COM sheet 100GBASE-KR1, August 2022."

# Behind the fixture of port 1 nothing is left of the echo at 0.4 ns.
expect_exit 0 erl pair.s4p --symbol-rate "20 GBd" --json --set "erl.fixture_delay=[0.6 ns, 0 s]"
awk -v a="$(number erl_port_1_db)" -v b="$(number erl_port_2_db)" 'BEGIN { exit !(a > b + 10) }' ||
  fail "the fixture's delay is not taken off: $(number erl_port_1_db) and $(number erl_port_2_db) dB"

# Mistakes say what they are.
refused() {
  expect_exit 2 "$@"
  expect_empty out
}
refused channel missing.s4p
refused channel pair.s4p --symbol-rate "20 GHz"
refused channel pair.s4p --symbol-rate "20 GBd" --ports 1,2
expect_text err "nothing is transmitted"
refused channel pair.s4p --ports 1,2,x
expect_text err "ports are whole numbers from 1"
refused channel pair.s4p --ports 1,2,3,5
expect_text err "there is no port 5"
refused channel short.s4p --symbol-rate "30 GBd"
expect_text err "the data end below the Nyquist frequency of 15 GHz"
refused erl short.s4p --symbol-rate "30 GBd"
expect_text err "the data end below half of the symbol rate"
refused erl pair.s4p --set erl.lenght=100
expect_text err "did you mean 'length'?"
refused channel

finish
