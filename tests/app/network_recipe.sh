# waverack channel: Touchstone files made of Touchstone files.
. "$(dirname "$0")/lib/expect.sh"

# Two uncoupled matched lines, 1 to 2 and 3 to 4, with LOSS dB and DELAY ns; 100 MHz to 20 GHz.
lines() { # LOSS DELAY
  awk -v loss="$1" -v delay="$2" 'BEGIN {
    print "# GHz S DB R 50"
    for (i = 1; i <= 200; ++i) {
      f = 0.1 * i; through = sprintf("%s %.9f", -loss, -360 * f * delay); none = "-320 0"
      printf "%.1f %s %s %s %s\n", f, none, through, none, none
      printf "%s %s %s %s\n", through, none, none, none
      printf "%s %s %s %s\n", none, none, none, through
      printf "%s %s %s %s\n", none, none, through, none
    }
  }'
}
lines 1 0.1 >a.s4p
lines 2 0.25 >b.s4p
# value FILE FREQUENCY_HZ: the second number of the line that starts with the frequency, and the third: S12.
s12() { awk -v f="$2" '$1 == f { printf "%.9f %.9f", $4, $5 }' "$1"; }
near() { # TEXT REAL IMAGINARY
  echo "$1" | awk -v a="$2" -v b="$3" '{ exit !(($1 - a)^2 + ($2 - b)^2 < 1e-12) }' || fail "$1 is not $2 $3"
}

# −3 dB and 0.35 ns: 126 degrees at 1 GHz; 10^(−3/20) = 0.707946.
expect_exit 0 channel --cascade a.s4p b.s4p -o ab.s4p
expect_text out "ab.s4p: 4 ports, 200 points from 100 MHz to 20 GHz"
near "$(s12 ab.s4p 1000000000)" -0.416120091 -0.572740171

# What is left without a: −2 dB and 90 degrees.
expect_exit 0 channel ab.s4p --remove-left a.s4p -o rest.s4p
near "$(s12 rest.s4p 1000000000)" 0 -0.794328235
expect_exit 0 channel ab.s4p --remove-right b.s4p -o rest.s4p
near "$(s12 rest.s4p 1000000000)" 0.721037155 -0.523864158

expect_exit 0 channel a.s4p --mixed-mode --renumber 1,3,2,4 --extend-dc --resample 50MHz:10GHz -o modes.ts
expect_text out "modes.ts: 4 ports, 201 points from 0 Hz to 10 GHz"
expect_text err "continued to 0 Hz"
expect_text modes.ts "[Mixed-Mode Order] D1,2 D3,4 C1,2 C3,4"
expect_exit 0 channel modes.ts --renumber 1,3,2,4 -o back.s4p --json
expect_text out '"points": 201'
expect_exit 0 channel modes.ts --symbol-rate "10 GBd"
grep -qE "^  Insertion loss +1\.00 dB" out || fail "the loss of the modes is not that of the lines"

refused() {
  expect_exit 2 "$@"
  expect_empty out
}
refused channel --cascade a.s4p b.s4p
expect_text err "no name for the file"
refused channel --cascade a.s4p b.s4p -o ab.s2p
expect_text err "the ending does not fit 4 ports"
refused channel a.s4p --resample 10 -o x.s4p
expect_text err "has no unit"
refused channel a.s4p --resample 10MHz:30GHz -o x.s4p
expect_text err "the data stop at 20 GHz, below 30 GHz"
refused channel -o out
expect_text err "no file is named"

finish
