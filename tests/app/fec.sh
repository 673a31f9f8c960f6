# waverack fec: bursts, the inner code, counted codewords, latency, the report.
. "$(dirname "$0")/lib/expect.sh"

# value KEY: a number of the JSON in `out`.
value() { sed -n "s/^ *\"$1\": \([^,]*\),*$/\1/p" out | head -1; }
# within KEY EXPECTED SHARE
within() {
  awk -v found="$(value "$1")" -v expected="$2" -v share="$3" \
    'BEGIN { exit !(found != "" && found > expected * (1 - share) && found < expected * (1 + share)) }' ||
    fail "$1 is $(value "$1"), not $2"
}

# Facts: standards 8.1 and cluster 8.1.
expect_exit 0 fec --ber 2.4e-4 --json
expect_text out '"format": "waverack-fec"'
within codeword_error_ratio 8.152e-13 0.001
within frame_loss_64 9.2e-13 0.003
expect_exit 0 fec --ber 2.4e-4 --interleave 2 --json
within frame_loss_64 1.74e-12 0.003
expect_exit 0 fec --ber 2.4e-4 --code KR4 --json
within codeword_error_ratio 5.15e-5 0.002

# Facts: fec-and-kernels 5.2.
expect_exit 0 fec --ber 1e-4 --interleave 4 --burst 0.5 --json
within codeword_error_ratio 4.7e-22 0.02
expect_exit 0 fec --ber 1e-4 --burst 0.75 --json
within codeword_error_ratio 2.4e-9 0.02

# Facts: cluster 8.2: 25.6 ns to fill and 37 ns to decode at 800 Gb/s.
expect_exit 0 fec --ber 1e-4 --interleave 4 --burst 0.5 --rate "800 Gb/s" --json
within latency_s 62.6e-9 0.001
expect_exit 0 fec --ber 1e-4 --interleave 4 --burst 0.5 --rate "800 Gb/s"
expect_empty err
expect_text out "KP4, RS(544,514), 4 codewords interleaved, bursts of 0.5"
expect_text out "25.6 ns to fill, 37.0 ns to decode"
expect_width out 100

# Facts: standards 8.3: 2.8e-3 wrong symbols at 4.85e-3, good to 5 % there and 3 % here.
expect_exit 0 fec --ber 4.85e-3 --code KP4+inner --blocks 60000 --threads 0 --json
within symbol_error_ratio_between 2.80e-3 0.09
within ber_between 3.15e-4 0.09
expect_exit 2 fec --ber 4.85e-3 --code KP4+inner --burst 0.5
expect_text err "not modelled in front of the inner code"

# A histogram of independent errors: 10^6 codewords at 5e-4, rounded from the binomial.
expect_exit 0 fec --ber 5e-4 --counted 65830,179551,244412,221394,150130,81294,36615,14109,4749,1418,380,93,21,4,1 --json
within ber 5e-4 0.01
[ -n "$(value plausibility)" ] || fail "no plausibility"
expect_exit 0 fec --ber 5e-4 --counted 65830,179551,244412,221394,150130,81294,36615,14109,4749,1418,380,93,21,4,1
expect_text out "Markov extrapolation, 95 % interval"

expect_exit 0 fec --ber 2.4e-4 --burst 0.75 --precoded -o made
expect_text err "wrote made/: fec.json, "
for file in fec.json series/waterfall.csv series/wrong_symbols.csv; do
  [ -s made/$file ] || fail "made/$file was not written"
done
expect_text made/fec.json '"command": "waverack fec --ber 0.00024 --code KP4 --burst 0.75 --precoded --target 1.7e-12 -o again"'

# Files: three wrong bytes in a row are four symbols at most; 16 symbols apart from each other are too many.
head -c 5000 /dev/zero | tr '\0' 'w' > message.bin
for with in KP4 KR4 inner; do
  expect_exit 0 fec encode message.bin coded.bin --code $with
  expect_exit 0 fec decode coded.bin decoded.bin --code $with
  cmp -n 5000 message.bin decoded.bin || fail "$with does not give back what it took"
done
expect_exit 0 fec encode message.bin coded.bin
expect_text out "KP4 RS(544,514): 8 codewords, 5000 bytes to 5440 bytes"
printf '\377\377\377' | dd of=coded.bin bs=1 seek=100 conv=notrunc 2> /dev/null
expect_exit 0 fec decode coded.bin decoded.bin
expect_text out "7 clean, 1 corrected"
cmp -n 5000 message.bin decoded.bin || fail "three wrong bytes were not corrected"
for at in $(seq 0 20 300); do printf '\377' | dd of=coded.bin bs=1 seek=$((700 + at)) conv=notrunc 2> /dev/null; done
expect_exit 1 fec decode coded.bin decoded.bin
expect_text out "1 failed"
expect_exit 2 fec encode message.bin
expect_exit 2 fec encode message.bin coded.bin --code KP5
expect_text err "files are not coded with 'KP5'"
expect_exit 2 fec decode message.bin decoded.bin
expect_text err "no whole number of codewords"
expect_exit 2 fec decode missing.bin decoded.bin

expect_exit 0 fec --help
expect_width out 110
expect_exit 2 fec
expect_exit 2 fec --ber 0.9
expect_text err "out of range"
expect_exit 2 fec --ber 1e-4 --code KP5
expect_text err "there is no code 'KP5'"

finish
