# waverack com: text, JSON, sheets of the reference code, batches, exit codes.
. "$(dirname "$0")/lib/expect.sh"

# A differential line of 5 dB at 26.5625 GHz with skin effect, two uncoupled conductors 1-3 and 2-4 named 1,2,3,4.
make_line() {
  awk -v scale="$1" 'BEGIN {
    print "# Hz S RI R 50"
    a = 5 / 8.685889638 / sqrt(26.5625e9)
    for (f = 0; f <= 50e9; f += 50e6) {
      x = a * sqrt(f); p = -x - 2 * 3.14159265358979 * f * 0.3e-9
      re = scale * exp(-x) * cos(p); im = scale * exp(-x) * sin(p)
      printf "%.0f", f
      for (i = 1; i <= 4; i++) {
        for (j = 1; j <= 4; j++) printf " %s", (i - j == 2 || j - i == 2) ? re " " im : "0 0"
        print ""
      }
    }
  }'
}
make_line 1 >thru.s4p
make_line 0.003 >fext.s4p

expect_exit 0 com thru.s4p --fext fext.s4p --profile 3ck-c2c
expect_empty err
expect_text out "IEEE 802.3 Annex 93A, conventions of COM 4.50"
expect_text out "3ck_SA_120F_C2C_08_17_2022"
expect_text out "ports 1,2,3,4 (found in the through path)"
expect_text out "the frequencies are up to 50 MHz apart, the sheet asks for 10 MHz"

expect_exit 0 com thru.s4p --fext fext.s4p --json
for key in '"format": "waverack-com"' '"profile": "3ck-c2c"' '"com_db":' '"vec_db":' '"veo_v":' '"fom_db":' '"a_s_v":' \
  '"transmitter_taps":' '"erl_db":' '"verdict": "pass"'; do
  expect_text out "$key"
done
cp out first.json

# The report, the same numbers as JSON, and the charts.
expect_exit 0 com thru.s4p --fext fext.s4p -o made
expect_text err "wrote made/: com.json, "
cmp -s out - <<END || fail "-o changes what is printed"
$("$program" com thru.s4p --fext fext.s4p)
END
for file in com.json series/loss.csv series/reflection.csv series/crosstalk.csv series/reflected_pulse.csv series/pulse.short.csv \
  series/noise_density.long.csv series/noise_exceeds.short.csv series/equalisers.long.csv; do
  [ -s made/$file ] || fail "made/$file was not written"
done
expect_text made/com.json '"command": "waverack com thru.s4p --fext fext.s4p --profile 3ck-c2c -o again"'
expect_text made/com.json '"label": "ERL"'
if [ -e made/report.html ]; then expect_text made/report.html '"waverack-com"'; fi
expect_exit 2 com --batch cases.csv -o made
expect_text err "-o writes the report of one channel"
expect_exit 2 com --batch cases.csv --json
expect_exit 2 com thru.s4p --batch cases.csv
expect_text err "--batch takes files and ports from its table"

# Every file is judged, and none stops the others: gain, + and - exchanged, and a band of its own.
expect_exit 0 com thru.s4p --fext fext.s4p
expect_text out "All files are passive and reciprocal, and the through path is causal"
make_line 1.01 | head -8005 >gain.s4p
awk 'NR == 1 || NR <= 1 + 4 * 801' fext.s4p >fewer.s4p
expect_exit 1 com thru.s4p --fext gain.s4p --next fewer.s4p --ports 1,2,4,3 --ports 1,2,3,4 --ports 1,2,3,4
expect_text out "gain.s4p: the network is not passive: its largest singular value is 1.01 at 0 Hz"
expect_text out "thru.s4p: + and - are exchanged between the ends"
tr -s '\n ' '  ' <out | grep -q "fewer.s4p: the data stop at 40 GHz, those of the through path at 50 GHz: they may have been cut off" ||
  fail "the shorter band is not told"
if grep -q "All files are passive" out; then fail "the files are called sound"; fi

# The same on any number of threads, and with ports given for each file.
expect_exit 0 com thru.s4p --fext fext.s4p --threads 3 --ports 1,2,3,4 --ports 1,2,3,4 --json
grep '_db"' out >threads.txt
grep '_db"' first.json | cmp -s - threads.txt || fail "threads or given ports change the result"

# A sheet of the reference code over the profile; what it does not say is told.
cat >sheet.csv <<END
Parameter,Setting,Units
SNR_TX,31,dB
Frobnicate,7,
END
expect_exit 0 com thru.s4p --config sheet.csv --json
expect_text out "row 3: Frobnicate = 7"
[ "$(grep -m1 '"com_db"' out)" != "$(grep -m1 '"com_db"' first.json)" ] || fail "the sheet changed nothing"

# Numbers of the sheet can be changed in the call, over profile and sheet; the report's call has them.
expect_exit 0 com thru.s4p --fext fext.s4p --set signal.detector_error_ratio=1e-3 --set "credits.sequence_detection=true" --json
[ "$(grep -m1 '"com_db"' out)" != "$(grep -m1 '"com_db"' first.json)" ] || fail "--set changed nothing"
expect_text out '"detector_error_ratio": 0.001'
expect_exit 0 com thru.s4p --set credits.sequence_detection=true
expect_text out "of it credit of MLSE"
expect_exit 2 com thru.s4p --set credits.sequence_detect=true
expect_text err "did you mean 'sequence_detection'?"
expect_exit 0 com thru.s4p --set "signal.victim_amplitude=0.4 V" -o changed
expect_text changed/com.json '--set \"signal.victim_amplitude=0.4 V\"'

# The receiver of 178A and its switches: floating taps and a converter.
expect_exit 0 com thru.s4p --profile 200g-dj-2025 --set "signal.symbol_rate=53.125 GBd" --set receiver_ffe.post_taps=2 \
  --set receiver_ffe.floating.groups=1 --set receiver_ffe.floating.taps_per_group=2 --set receiver_ffe.floating.span=20 \
  --set receiver_ffe.floating.largest_tap=0.2 --set credits.converter_bits=6 --set credits.converter_peak=3 \
  --set "transmitter.pre_taps=[]" --set "transmitter.post_taps=[]" --json
expect_text out "with the receiver of Annex 178A"
expect_text out '"source": "quantisation"'

# A pair of ports that is no through path is told, and no sign is taken from it: here conductor 3 leaves the pair, and
# what arrives is half of conductor 1.
awk 'NF == 9 { row = 1; $4 = 0.02 } NF == 8 { row++; if (row == 2) $1 = 0.02 } { print }' thru.s4p >coupled.s4p
expect_exit 1 com coupled.s4p --ports 1,3,2,4
tr -s '\n ' '  ' <out | grep -q "at low frequency: no through path; the lines of the file make it \[1, 2, 3, 4\]" || fail "wrong ports are not told"
if grep -q "are exchanged between" out; then fail "a sign is taken from nothing"; fi
expect_exit 2 com thru.s4p --ports 1,3,2,4
expect_text err "thru.s4p: the channel transmits nothing"

# A limit that is missed: exit code 1 with the full result.
printf 'based_on = "3ck-c2c"\n[limits]\ncom_db = 40.0\n' >strict.toml
expect_exit 1 com thru.s4p --profile strict.toml
expect_text out "≥  40.00 dB"

# A batch goes on past bad files.
printf 'name,through,fext\ngood,thru.s4p,fext.s4p\nmissing,nowhere.s4p,\nempty,,\nagain,thru.s4p,\n' >cases.csv
expect_exit 1 com --batch cases.csv
[ "$(wc -l <out)" -eq 7 ] || fail "$(wc -l <out) lines instead of a head, four results and two errors"
expect_text out "missing,,,,,,,,,,,,,,error,"
expect_text out "empty,,,,,,,,,,,,,,error,a row needs one through path"
expect_text out 'good,short,3ck-c2c,COM sheet 3ck_SA_120F_C2C_08_17_2022,"IEEE 802.3 Annex 93A, conventions of COM 4.50"'
[ "$(grep -c ',pass,' out)" -eq 4 ] || fail "a good channel is missing"

expect_exit 2 com
expect_text err "no file of the through path"
expect_exit 2 com thru.s4p --profile 3ck-c2d
expect_text err "3ck-c2c"
expect_exit 2 com thru.s4p --ports 1,2,3
expect_exit 2 com nowhere.s4p
expect_exit 2 com thru.s4p --ports 1,3
expect_text err "thru.s4p: the path has a reference of 50"
awk 'NR == 1 || NR <= 1 + 4 * 401' thru.s4p >half.s4p
expect_exit 2 com half.s4p
expect_text err "half.s4p: the data end at 20 GHz, below half the symbol rate"

finish
