# waverack sweep: rows, files, exit codes, and the same numbers as single runs.
. "$(dirname "$0")/lib/expect.sh"

fast="--set lane.pattern=PRBS9Q"

# field FILE ROW COLUMN: one field of a CSV without quoted commas before it.
field() { sed -n "$(($2 + 1))p" "$1" | cut -d, -f"$3"; }
# json_number KEY: its first value in the JSON on `out`.
json_number() { grep -m1 "\"$1\":" out | sed 's/.*: //; s/,$//'; }

expect_exit 0 sweep cpo-3.2t $fast --vary "lane.chain.fibre.length=0.5 km:2 km:3" --vary lane.chain.tia.card=tia-28nm,tia-finfet-112g
expect_empty err
cp out grid.csv
[ "$(wc -l <grid.csv)" -eq 7 ] || fail "$(wc -l <grid.csv) lines instead of a head and six rows"
expect_text grid.csv "lane.chain.fibre.length [km],lane.chain.tia.card,lane.ber_pre_fec,lane.margin_db,"
[ "$(cut -d, -f1,2 grid.csv | tail -6 | tr '\n' ' ')" = \
  "0.5,tia-28nm 0.5,tia-finfet-112g 1.25,tia-28nm 1.25,tia-finfet-112g 2,tia-28nm 2,tia-finfet-112g " ] ||
  fail "the rows are not in the order of the grid"

# A point is a run with these settings, to the last digit.
"$program" run cpo-3.2t $fast --set "lane.chain.fibre.length=1.25 km" --set lane.chain.tia.card=tia-finfet-112g --json >out 2>err
for pair in ber_pre_fec:3 margin_db:4 snr_margin_db:5 floor_ber:6 latency_s:7; do
  [ "$(field grid.csv 4 "${pair#*:}")" = "$(json_number "${pair%:*}")" ] ||
    fail "${pair%:*} is $(field grid.csv 4 "${pair#*:}") in the sweep and $(json_number "${pair%:*}") in the run"
done

# The same on any number of threads.
for threads in 1 3; do
  expect_exit 0 sweep cpo-3.2t $fast --threads $threads --vary "lane.chain.fibre.length=0.5 km:2 km:3" --vary lane.chain.tia.card=tia-28nm,tia-finfet-112g
  cmp -s out grid.csv || fail "$threads threads give other rows"
done

# A design that is wrong at some points: their message in their rows, exit code 1.
expect_exit 1 sweep cpo-3.2t $fast --vary "lane.chain.fibre.length=100 km:300 km:3" --quantity lane.ber_pre_fec
[ "$(wc -l <out)" -eq 4 ] || fail "a row is missing"
expect_line out "lane.chain.fibre.length [km],lane.ber_pre_fec,status,message"
expect_line out "300,,error,lane.chain.fibre.length: '300 km' is out of range (allowed: 0 m to 200000 m)"
sed -n 2p out | grep -qE '^100,0\.[0-9]+,fail,"lane.ber_pre_fec is 0\.[0-9]+, above 0.00024"$' || fail "the row of a failed check: $(sed -n 2p out)"

# A sweep that is wrong is refused before it is solved.
refused() {
  expect_exit 2 sweep cpo-3.2t --vary "$1"
  expect_empty out
  expect_line err "error --vary $2"
}
refused "lane.chain.fibre.lenght=1 km:2 km:3" "lane.chain.fibre.lenght=1 km: lane.chain.fibre.lenght: unknown key"
expect_line err "  did you mean 'length'?"
refused "lane.chain.fiber.length=1 km:2 km:3" "lane.chain.fiber.length=1 km: lane.chain.fiber.length: there is no 'fiber'"
refused "lane.chain.fibre.length=1 W:2 W:3" "lane.chain.fibre.length=1 W: lane.chain.fibre.length: '1 W' has the wrong dimension"
refused "lane.chain.fibre.length=1:2:3" "lane.chain.fibre.length=1: lane.chain.fibre.length: 1 has no unit"
refused "lane.pattern=SSPRQ,PRBS12Q" "lane.pattern=PRBS12Q: lane.pattern: 'PRBS12Q' is not a choice"
refused "lane.chain.fibre.length=1 km:2 km" "lane.chain.fibre.length=1 km:2 km: a range has two ends and a number of values"
expect_exit 2 sweep cpo-3.2t --vary "lane.chain.fibre.length=1 km,2 km" --quantity lane.margin -o refused
expect_line err "  did you mean 'lane.margin_db'?"
[ ! -e refused ] || fail "a refused sweep wrote files"
expect_exit 2 sweep cpo-3.2t
expect_text err "--vary is required"
expect_exit 2 sweep cpo-3.2t --json --vary "lane.chain.fibre.lenght=1 km:2 km:3"
expect_text out '"nearest": "length"'

# Files: the rows, the same as JSON, and a report; standard output has the outcome.
rm -rf folder
expect_exit 0 sweep cpo-3.2t $fast --vary "lane.chain.fibre.length=0.5 km:30 km:4:log" -o folder
expect_text err "wrote folder/: sweep.csv, sweep.json"
expect_width out 100
expect_text out "4 points: 3 pass, 1 fail. The checks pass up to 7.663 km and fail from 30 km."
[ "$(wc -l <folder/sweep.csv)" -eq 5 ] || fail "sweep.csv has $(wc -l <folder/sweep.csv) lines"
expect_text folder/sweep.json '"format": "waverack-sweep"'
expect_exit 0 sweep cpo-3.2t $fast --vary "lane.chain.fibre.length=0.5 km:30 km:4:log" --json
cmp -s out folder/sweep.json || fail "--json and sweep.json differ"
small_design | "$program" sweep - --vary "lane.chain.receiver.ffe_post=2,4" --quantity lane.margin_db >out 2>err || fail "a design from standard input"
[ "$(wc -l <out)" -eq 3 ] || fail "a design from standard input has not two rows"

# Ctrl-C keeps the rows that are finished, and a second run has the same ones.
if command -v timeout >/dev/null; then
  for seconds in 1 4 16 64; do  # until a row is finished, however busy the machine is
    rm -rf cut
    timeout --foreground --preserve-status -s INT $seconds "$program" sweep cpo-3.2t --vary "lane.chain.fibre.length=0.5 km:40 km:5000" -o cut >out 2>err
    code=$?
    [ ! -e cut/sweep.csv ] || break
  done
  [ $code -eq 130 ] || fail "exit code $code after Ctrl-C"
  expect_text out "Interrupted after "
  expect_text cut/sweep.json '"complete": false'
  rows=$(($(wc -l <cut/sweep.csv) - 1))
  [ "$rows" -gt 0 ] && [ "$rows" -lt 5000 ] || fail "$rows rows after Ctrl-C"
  [ "$rows" -eq "$(grep -c '"status"' cut/sweep.json)" ] || fail "sweep.csv and sweep.json have different rows"
fi

# A reader that is gone ends the sweep, and that is no error.
{ timeout 60 "$program" sweep cpo-3.2t --vary "lane.chain.fibre.length=0.5 km:40 km:2000" 2>err; echo $? >code; } | head -1 >out
[ "$(cat code)" -eq 0 ] || fail "exit code $(cat code) after a closed pipe"

finish
