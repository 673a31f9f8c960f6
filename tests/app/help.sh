# Help that begins with examples, and hints for command lines that are almost right.
. "$(dirname "$0")/lib/expect.sh"

expect_exit 0
head -1 out | grep -q "^waverack run cpo-3.2t" || fail "help does not begin with an example"
expect_exit 0 --help
expect_width out 100
for command in run check sweep compare calibrate claims explain list schema new; do
  expect_text out "  $command "
  expect_exit 0 $command --help
  expect_width out 110
  head -1 out | grep -q "^waverack $command" || fail "help of $command does not begin with an example"
  expect_exit 0 -h
done
expect_exit 0 --version
grep -qE '^waverack [0-9]+\.[0-9]+\.[0-9]+ \(' out || fail "--version says: $(cat out)"

expect_exit 2 rnu cpo-3.2t
expect_empty out
expect_line err "error waverack: there is no command 'rnu'"
expect_line err "  did you mean 'run'?"
expect_exit 2 my.toml
expect_line err "  allowed: waverack run my.toml, waverack check my.toml"
expect_exit 2 host.s4p
expect_text err "'host.s4p' is a channel"
expect_exit 2 tree.topo
expect_text err "'tree.topo' is a topology"
expect_exit 2 capture.csv
expect_text err "'capture.csv' is a table of numbers"
expect_exit 2 run cpo-3.2t --thread 2
expect_line err "error waverack: there is no option '--thread'"
expect_line err "  did you mean '--threads'?"
expect_exit 2 run cpo-3.2t dsp-800g-dr8
expect_line err "error waverack: one argument too many: 'dsp-800g-dr8'"
expect_exit 2 run
expect_text err "DESIGN is required"
expect_exit 2 run cpo-3.2t --threads many

finish
