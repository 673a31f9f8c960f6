# waverack run --solver waveform: counts beside the other solver's ratio, interruption, refusals.
. "$(dirname "$0")/lib/expect.sh"

# json_number KEY: its first value in the JSON on `out`.
json_number() { grep -m1 "\"$1\":" out | sed 's/.*: //; s/,$//'; }
# within LOW VALUE HIGH
within() { awk -v a="$1" -v b="$2" -v c="$3" 'BEGIN { exit !(a <= b && b <= c) }'; }

noisy="--set lane.pattern=PRBS13Q --set lane.chain.connector_b.insertion_loss=7.8dB"
expect_exit 0 run cpo-3.2t $noisy --solver waveform --symbols 2e6 --threads 1
expect_width out 100
for text in "What was counted" "95 % interval of the BER" "the semi-analytic" "bursts, the longest"; do expect_text out "$text"; done
cp out one
expect_exit 0 run cpo-3.2t $noisy --solver waveform --symbols 2e6 --threads 2
cmp -s one out || fail "two threads count otherwise"
expect_exit 0 run cpo-3.2t $noisy --solver waveform --symbols 2e6 --seed 2
if cmp -s one out; then fail "another seed counts the same"; fi

# The JSON says what was counted, and the ratio of the lane is the counted one.
expect_exit 0 run cpo-3.2t $noisy --solver waveform --symbols 2e6 --source PRBS31Q --json
within "$(json_number ber_low)" "$(json_number ber_pre_fec)" "$(json_number ber_high)" || fail "the ratio is outside of its interval"
within 0.5 "$(awk -v a="$(json_number expected_ber)" -v b="$(json_number ber_pre_fec)" 'BEGIN { print a / b }')" 2 ||
  fail "the solvers are apart: $(json_number expected_ber) and $(json_number ber_pre_fec)"
expect_text out '"interleaving": 4'
# The decision values behind the count, and eyes with noise.
expect_text out '"expected_density": ['
expect_text out '"id": "counted_eye.sampler"'

# Taps that follow the decisions: both solvers know what they cost.
expect_exit 0 run cpo-3.2t $noisy --set lane.chain.receiver.adaptation_step=0.3 --solver waveform --symbols 2e6 --json
within 0.5 "$(awk -v a="$(json_number expected_ber)" -v b="$(json_number ber_pre_fec)" 'BEGIN { print a / b }')" 2 ||
  fail "the solvers are apart: $(json_number expected_ber) and $(json_number ber_pre_fec)"
expect_text out '"label": "Tap adaptation"'
expect_exit 2 run cpo-3.2t --set lane.chain.receiver.adaptation_step=0.3 --set lane.chain.receiver.mlse_memory=1
expect_text err "not those of a sequence detector"

# Reliabilities of bits: at this error ratio nearly two bits of each symbol, and as many wrong signs as wrong bits.
expect_exit 0 run cpo-3.2t $noisy --solver waveform --symbols 2e6 --soft
expect_text out "(GMI)"
expect_width out 100
expect_exit 0 run cpo-3.2t $noisy --solver waveform --symbols 2e6 --soft --json
within 1.95 "$(json_number gmi)" 2 || fail "GMI $(json_number gmi)"
within 0.5 "$(json_number scale)" 1.5 || fail "scale $(json_number scale)"
expect_text out '"stated_ratio"'
expect_exit 2 run cpo-3.2t --soft
expect_text err "with --solver waveform"

# Errors too rare to be counted.
expect_exit 0 run cpo-3.2t --set lane.pattern=PRBS13Q --solver importance --symbols 2e3
expect_text out "What importance sampling found"
expect_width out 100
expect_exit 0 run cpo-3.2t --set lane.pattern=PRBS13Q --solver importance --symbols 1e4 --precision 0.5 --json
within 0.5 "$(awk -v a="$(json_number expected_ber)" -v b="$(json_number ber_pre_fec)" 'BEGIN { print a / b }')" 2 ||
  fail "importance sampling is off: $(json_number expected_ber) and $(json_number ber_pre_fec)"
expect_exit 2 run cpo-3.2t --solver importance --source PRBS31Q
expect_text err "with --solver waveform"

# It stops when it knows enough.
expect_exit 0 run cpo-3.2t $noisy --solver waveform --symbols 1e9 --precision 0.2 --json
expect_text out '"precise": true'

# No error counted: the upper end of the interval, and a warning.
expect_exit 0 run cpo-3.2t --set lane.pattern=PRBS13Q --solver waveform --symbols 1e6 --json
expect_text out "no error was counted in"

# Ctrl-C keeps the result so far. (Not in the foreground, timeout sends the signal twice.)
if command -v timeout >/dev/null; then
  timeout --foreground --preserve-status -s INT 10 "$program" run cpo-3.2t-dwdm --set lane.pattern=PRBS13Q --solver waveform --symbols 1e12 >out 2>err
  code=$?
  [ $code -eq 130 ] || fail "exit code $code after Ctrl-C"
  expect_text out "(interrupted)"
fi

expect_exit 2 run cpo-3.2t --solver wave
expect_exit 2 run cpo-3.2t --solver waveform --symbols 0
expect_exit 2 run cpo-3.2t --symbols 1e6
expect_text err "with --solver waveform"

finish
