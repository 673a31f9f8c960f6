# check, compare, explain, list, new: what they print.
. "$(dirname "$0")/lib/expect.sh"

expect_exit 0 check cpo-3.2t
expect_width out 120
for text in "host_transmitter → receiver" "symbols → voltage" "optical field" "nonlinear" "TP2" "noise sources"; do
  expect_text out "$text"
done

expect_exit 0 compare cpo-3.2t dsp-800g-dr8
expect_width out 100
for text in cpo-3.2t dsp-800g-dr8 "BER before FEC" "… with cooling" "Facility"; do expect_text out "$text"; done
# More designs than columns fit: a line for each.
expect_exit 0 compare cpo-3.2t dsp-800g-dr8 lpo-1.6t-osfp lro-1.6t aec-1.6t fr4-800g cpo-3.2t-dwdm
expect_width out 100
for text in reach TDECQ "+ cooling" "2.50 m" "500 m" "2.00 km" "no light" PUE; do expect_text out "$text"; done
expect_exit 2 compare cpo-3.2t
expect_empty out

expect_exit 0 explain lane.chain.mach_zehnder.v_pi_l
for text in "V cm" "behind it" "mzm-siph-imec" "measured"; do expect_text out "$text"; done
expect_exit 0 explain cluster.switch_power
expect_text out "W"
expect_exit 0 explain module
expect_text out "mac_rate_per_lane"
expect_exit 0 explain hall.facility_water
for text in degC "10 degC to 60 degC" "32 degC" "Of a cluster's file."; do expect_text out "$text"; done
expect_exit 0 explain networks.back-end.planes
expect_text out "Parallel planes"
expect_exit 2 explain lane.chain.mach_zender.v_pi_l
expect_line err "  did you mean 'mach_zehnder'?"

expect_exit 0 list parts
expect_text out "current → voltage"
expect_exit 0 list designs
expect_text out "cpo-3.2t"
expect_exit 0 list cards
expect_text out "mzm-siph-imec"
expect_exit 2 list cats

rm -f mine.toml
expect_exit 0 new mine --from cpo-3.2t
expect_line out "mine.toml"
expect_line mine.toml 'title = "mine"'
expect_exit 2 new mine --from cpo-3.2t
expect_line err "error mine.toml: the file exists; it is left as it is"
expect_exit 2 new other --from cpo-3.2
expect_line err "  did you mean 'cpo-3.2t'?"
[ ! -e other.toml ] || fail "a file was written for a design that does not exist"
expect_exit 0 check mine.toml
expect_line out "mine"

finish
