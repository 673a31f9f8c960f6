# waverack calibrate: loops of designs, what they tell, the report, what is refused.
. "$(dirname "$0")/lib/expect.sh"

fast="--set lane.pattern=PRBS9Q"

# number KEY FILE: its first value.
number() { sed -n "s/^ *\"$1\": \([^,]*\),*$/\1/p" "$2" | head -1; }
# holds CONDITION NAME=VALUE…: awk decides.
holds() {
  condition=$1
  shift
  arguments=""
  for given in "$@"; do arguments="$arguments -v $given"; done
  # shellcheck disable=SC2086
  awk $arguments "BEGIN { exit !($condition) }" || fail "not so: $condition with $*"
}

# A modulator: published is a residual below 2 degrees (facts: photonics 11).
expect_exit 0 calibrate dr8-1.6t-tfln --loop quadrature $fast --json
expect_text out '"format": "waverack-calibration"'
holds "r > 0 && r < 2" "r=$(number residual out)"
holds "p > 0 && p < 0.05" "p=$(number penalty_db out)"
holds "t > 0 && t < 1" "t=$(number time_to_converge_s out)"
expect_text out '"path": "module.calibration.quadrature.dither"'
cp out first
expect_exit 0 calibrate dr8-1.6t-tfln --loop quadrature $fast --json
cmp -s out first || fail "the same seed gives other numbers"
expect_exit 0 calibrate dr8-1.6t-tfln --loop quadrature $fast --json --seed 2
if cmp -s out first; then fail "another seed gives the same numbers"; fi

# Rings: a report with what is computed for each of the loops.
expect_exit 0 calibrate cpo-3.2t-dwdm --loop ring --loop ring_errors --loop assignment $fast -o made
expect_text err "wrote made/: calibration.json, "
expect_width out 100
expect_text out "All 3 loops converge"
expect_text out "Fastest cooling that is followed"
expect_text out "does not follow warming by 800 K/s"
expect_text out "heater's range ends"
expect_text made/calibration.json '"missed": "does not follow warming by 800 K/s"'
expect_text out "Heater of a ring, barrel shift"
for file in calibration.json series/ring.detuning.csv series/ring_errors.law.csv series/assignment.power.csv; do
  [ -s made/$file ] || fail "made/$file was not written"
done
expect_text made/calibration.json '"command": "waverack calibrate cpo-3.2t-dwdm --loop ring --loop ring_errors --loop assignment --set lane.pattern=PRBS9Q --seed 1 -o again"'
# Half of 5.7 nm at 73 pm/mW.
holds "u > 39.04e-3 && u < 39.05e-3" "u=$(grep -A2 '"key": "uniform"' made/calibration.json | sed -n 's/^ *"value": \([^,]*\),*$/\1/p')"

# A ramp that is too fast is told, and the numbers are those of the settings.
expect_exit 0 calibrate cpo-3.2t-ring --loop ring $fast --set "module.calibration.ring.ramp=50000 K/s"
expect_text out "not followed"
expect_text out "while it warms by 5e+04 K/s"
# A lock that is taught nothing of the light does not lock: half of it is missing.
expect_exit 1 calibrate cpo-3.2t-ring --loop ring $fast --set module.calibration.ring.level_error=-0.5
expect_text out "the ring does not lock"

# Taps of the receiver.
expect_exit 0 calibrate cpo-3.2t --loop training $fast
expect_text out "Equaliser of receiver"

# A run does not use the numbers of loops, and does not tell of them.
"$program" run cpo-3.2t $fast --json >out 2>err
[ $? -le 1 ] || fail "a run: $(cat err)"
if grep -q '"path": "module.calibration' out; then fail "a run tells of numbers of the loops"; fi

expect_exit 0 calibrate --help
expect_width out 110
expect_exit 2 calibrate cpo-3.2t --loop ring
expect_text err "needs a micro-ring"
expect_exit 2 calibrate cpo-3.2t --loop rings
expect_text err "there is no loop 'rings'"
expect_exit 2 calibrate cpo-3.2t --set module.calibration.ring.gane=1
expect_text err "did you mean 'gain'?"

finish
