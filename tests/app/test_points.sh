# The table of test points: what is seen in the link and by the standard, limits, margins, and what is assumed.
. "$(dirname "$0")/lib/expect.sh"

fast="--set lane.pattern=PRBS13Q"

rm -rf folder
"$program" run lro-1.6t $fast -o folder >out 2>err
[ $? -le 1 ] || fail "lro-1.6t: $(cat err)"
expect_width out 100
sed -n '/^Test points/,/^$/p' out >table
for text in "in the link" standard limit margin; do expect_text table "$text"; done
# row PLACE MEASURE: electrical eyes on either side, light between them, and the host.
row() { grep -qE "$1" table || fail "no row $1 in $(cat table)"; }
row "TP1a +eye -?[0-9.]+ mV +VEC +[0-9.]+ dB +≤ +12.00 dB +-?[0-9.]+ dB +assumed$"
row "TP2 +OMA [0-9.]+ dBm +TECQ +[0-9.]+ dB +≤ +[0-9.]+ dB"
row " TDECQ +[0-9.]+ dB +≤ +[0-9.]+ dB"
row "TP3 +OMA [0-9.]+ dBm +sensitivity +-[0-9.]+ dBm +≤ +-[0-9.]+ dBm"
row "TP4 +eye -?[0-9.]+ mV +EECQ +[0-9.]+ dB +≤ +12.00 dB +-?[0-9.]+ dB +assumed$"
row "host +BER +[0-9.e-]+ +≤ +2.4e-4"
# The margin is what is left to the limit, to the last digit.
grep -E "VEC|EECQ" table | sed 's/.*\(VEC\|EECQ\)//; s/[^0-9. -]/ /g' |
  awk '{ d = $2 - $1 - $3; if (d > 0.011 || d < -0.011) bad = 1 } END { exit bad || NR < 2 }' || fail "a margin is not limit less value"
# Only the standard's number meets the limit; the result has both.
for key in eye_heights vec_db veo_v eecq_db vma_v reference_ctle_db stressed_sensitivity_dbm; do expect_text folder/result.json "\"$key\""; done

# What does not fit.
expect_exit 2 run lro-1.6t $fast --set lane.electrical=none-such
expect_text err "no electrical profile 'none-such'"
"$program" run lro-1.6t $fast --set lane.electrical=100g-c2m --why >out 2>err
tr -s "\n " " " <out >flat
expect_text flat "is for 53.125 GBd"
small_design | sed 's/^pattern.*/&\nelectrical = "100g-c2m"/' | "$program" run - --why >out 2>err
tr -s "\n " " " <out >flat
expect_text flat "no test point of the chain is at the output of the host"

finish
