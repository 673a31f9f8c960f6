# waverack cluster: a small file, the cache, mistakes with their place, tables, exports.
. "$(dirname "$0")/lib/expect.sh"

XDG_CACHE_HOME=$PWD/cache
export XDG_CACHE_HOME
rm -rf cache out-files

expect_exit 0 list clusters
expect_text out "gb300-18k"

cat > small.toml <<'END'
title = "Copper in a row"
gpus = 64
node = "hgx-h100"
candidates = ["aec-1.6t"]
[[networks]]
name = "back-end"
switches = "51.2t"
port_rate = "400 Gb/s"
lengths = [{ tier = 0, bins = [{ from = "1 m", to = "2 m" }] }]
END
expect_exit 0 cluster small.toml --samples 64 -o out-files
expect_text err "1 designs solved"
expect_text out "Copper in a row"
expect_text out "64 GPUs draw"
expect_text out "aec-1.6t"
expect_width out 100
for file in report.html cluster.json bom.csv power.csv links.csv; do
  [ -s out-files/$file ] || fail "$file was not written"
done
# 64 links of two ends, and every one of them a cable.
grep -q '^cable,aec-1.6t,.*,64,' out-files/bom.csv || fail "bom.csv has no 64 cables: $(cat out-files/bom.csv)"

# The second time nothing is solved; JSON is alone on stdout, and reads back as a cluster.
expect_exit 0 cluster small.toml --samples 0 --json
expect_text err "0 designs solved, 1 taken from the cache"
expect_text out '"format": "waverack-cluster"'
cp out again.json
expect_exit 0 cluster again.json --samples 0 --quiet
expect_text out "64 GPUs draw"
expect_empty err

# The networks for simulators: loss stays out of SimAI's column.
expect_exit 0 cluster small.toml --samples 0 --export simai -o out-files
[ "$(head -1 out-files/back-end.simai)" = "65 8 0 1 64 NONE" ] || fail "SimAI: $(head -1 out-files/back-end.simai)"
[ "$(sed 1,2d out-files/back-end.simai | awk '$5 != 0' | wc -l)" -eq 0 ] || fail "a loss is in SimAI's column"
[ "$(wc -l < out-files/back-end.links.csv)" -eq 65 ] || fail "not a row for each link"
expect_exit 2 cluster small.toml --export simai
expect_text err "needs a folder"

# Prices of one's own; a misspelt item is told.
printf 'item,price_usd\naec-1.6t,500\nhgx-h10,250000\n' > prices.csv
expect_exit 0 cluster small.toml --samples 0 --prices prices.csv
expect_text out "hgx-h10"
printf 'item,price_usd\naec-1.6t,-5\n' > prices.csv
expect_exit 2 cluster small.toml --samples 0 --prices prices.csv
expect_text err "prices.csv:2"

# Mistakes, with line and nearest name.
sed 's/gpus = 64/gpus = -64/' small.toml > bad.toml
expect_exit 2 cluster bad.toml
expect_text err "bad.toml:2"
sed 's/hgx-h100/hgx-h10/' small.toml > bad.toml
expect_exit 2 cluster bad.toml
expect_text err "hgx-h100"
sed 's/aec-1.6t/aec-1.6/' small.toml > bad.toml
expect_exit 2 cluster bad.toml
expect_text err "aec-1.6t"
sed 's/"2 m"/"50 m"/' small.toml > bad.toml
expect_exit 2 cluster bad.toml
expect_text err "no candidate serves the links nic-leaf"
sed 's/^port_rate/port_rat/' small.toml > bad.toml
expect_exit 2 cluster bad.toml
expect_text err "did you mean 'port_rate'"
sed 's/^gpus = .*/gpus = 100000/; s/^port/tiers = 1\nport/' small.toml > bad.toml
expect_exit 2 cluster bad.toml
expect_text err "tiers"
expect_exit 2 cluster gb300-18
expect_text err "gb300-18k"
