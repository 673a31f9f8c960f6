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
# Half of the leaf's 600 ns is in either link of the way through it.
awk -F, 'NR == 2 { exit !($4 > 300 && $4 < 1000) }' out-files/back-end.links.csv || fail "SimAI's latency: $(sed -n 2p out-files/back-end.links.csv)"
expect_exit 2 cluster small.toml --export simai
expect_text err "needs a folder"
expect_exit 2 cluster small.toml --export simai,htsmi -o out-files
expect_exit 2 cluster small.toml --export calculon -o out-files

# What one format cannot state is told, and the other is written.
expect_exit 0 cluster small.toml --samples 0 --export simai,htsim -o out-both
expect_text out-both/cluster.json "no file of csg-htsim: htsim cannot state this topology: it has two or three tiers, and this has 1"
expect_text out-both/cluster.json "--export simai,htsim"
[ -s out-both/back-end.simai ] || fail "SimAI's file was not written"
[ ! -e out-both/back-end.topo ] || fail "one tier was written for htsim"
# Two planes of 32 ports of 200G: 64 hosts on 4 leaves and 2 spines each. Of those of 24 ports no whole number joins a leaf and a spine.
planes() { sed 's/^switches.*/switches = { based_on = "51.2t", capacity = "'"$1"' Tb\/s" }\nplanes = 2\ntiers = 2/
s/^lengths.*/lengths = [{ tier = 0, bins = [{ from = "1 m", to = "2 m" }] }, { tier = 1, bins = [{ from = "1 m", to = "2 m" }] }]/' small.toml; }
planes 6.4 > planes.toml
expect_exit 0 cluster planes.toml --samples 0 --export htsim -o out-planes
expect_line out-planes/back-end.topo "Nodes 64"
expect_line out-planes/back-end.topo "Downlink_speed_Gbps 200"
expect_text out-planes/cluster.json "htsim has no planes: its file is one of 2 that are alike"
planes 4.8 > planes.toml
expect_exit 0 cluster planes.toml --samples 0 --export htsim -o out-odd
expect_text out-odd/cluster.json "and it takes the same whole number for all"

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
# Two links for every endpoint are not granted where there is one.
for kind in dual_plane dual_tor; do
  expect_exit 2 cluster small.toml --set failures.redundancy=$kind
  expect_text err "failures.redundancy: the endpoints of network 'back-end' have one link each"
done
expect_exit 0 cluster small.toml --samples 0 --set failures.redundancy=dual_tor --set networks.back-end.ports_per_gpu=2

# A topology file must have the GPUs of the cluster; exports have the latency of its switches.
printf 'Nodes 64\nTiers 2\nPodsize 64\nTier 0\nDownlink_speed_Gbps 400\nRadix_Down 8\nRadix_Up 8\nDownlink_Latency_ns 100
Tier 1\nDownlink_speed_Gbps 400\nRadix_Down 8\nDownlink_Latency_ns 100\n' > tree.topo
sed 's/^switches/topology = "file"\nfile = "tree.topo"\nswitches/
s/^lengths.*/lengths = [{ tier = 0, bins = [{ from = "1 m", to = "2 m" }] }, { tier = 1, bins = [{ from = "1 m", to = "2 m" }] }]/' small.toml > tree.toml
expect_exit 0 cluster tree.toml --samples 0 --export htsim -o out-tree
[ "$(grep -c '^Switch_Latency_ns 600$' out-tree/back-end.topo)" -eq 2 ] || fail "htsim lacks the latency of switches"
expect_exit 2 cluster tree.toml --set gpus=1024
expect_text err "networks.back-end.file: the file has 64 ports of GPUs, and the cluster's GPUs have 1024"

# Solved designs, PUE and the price of electricity decide crossovers, and so do keys.
crossing() { sed -n '/Where one takes over/,/^$/p' out | grep "$1"; }
expect_exit 0 cluster small.toml --samples 0
crossing "by cage" > before
expect_exit 0 cluster small.toml --samples 0 --set "crossovers.cage_power=60 W"
if [ "$(crossing 'by cage')" = "$(cat before)" ]; then fail "the cage's power moves no crossing"; fi
crossing "extra price" > before
expect_exit 0 cluster small.toml --samples 0 --set "economics.electricity_price=0.30 USD/(kW h)"
if [ "$(crossing 'extra price')" = "$(cat before)" ]; then fail "the price of electricity moves no crossing"; fi

expect_exit 2 cluster gb300-18
expect_text err "gb300-18k"
finish
