# waverack topology: what files of other tools hold, conversion, losses beside, mistakes with their place.
. "$(dirname "$0")/lib/expect.sh"

cat > tree.topo <<'END'
# 4 hosts
Nodes 4
Tiers 2
Podsize 4
Tier 0
Downlink_speed_Gbps 100
Radix_Down 2
Radix_Up 2
Downlink_Latency_ns 500
Tier 1
Downlink_speed_Gbps 100
Radix_Down 2
Downlink_Latency_ns 600
END
expect_exit 0 topology tree.topo
expect_empty err
expect_width out 100
for text in "csg-htsim" "4 GPUs; 8 links" nic-leaf leaf-spine "600 ns"; do expect_text out "$text"; done
expect_exit 0 topology tree.topo --json
expect_text out '"format": "waverack-topology"'
expect_text out '"count": 4'

# To SimAI and back: the same tree.
expect_exit 0 topology tree.topo --as simai
expect_line out "8 1 0 4 8 NONE"
expect_line out "0 4 100Gbps 500ns 0"
expect_text err "warning: htsim knows no servers"
expect_exit 0 topology tree.topo --as simai -o made/tree
expect_text err "wrote made/tree"
expect_exit 0 topology made/tree --as htsim
cp out again.topo
expect_exit 0 topology tree.topo --as htsim
cmp -s out again.topo || fail "the tree that came back is another"

# Losses go beside, or into the column.
cat > lossy <<'END'
4 2 1 1 4 H100
2 3
0 2 900Gbps 25ns 0
1 2 900Gbps 25ns 0
0 3 400Gbps 500ns 1e-12
1 3 400Gbps 500ns 0
END
expect_exit 0 topology lossy -o kept
expect_line kept "0 3 400Gbps 500ns 0"
expect_line kept.links.csv "0,3,400,500,1e-12,,,"
expect_exit 0 topology lossy --as simai --write-loss --quiet
expect_line out "0 3 400Gbps 500ns 0.000000000001"
expect_empty err
expect_exit 0 topology lossy --as simai --write-loss
expect_text err "#119, #184"
expect_exit 2 topology lossy --write-loss
expect_text err "nothing is written"

# What cannot be said, and what is wrong.
expect_exit 2 topology lossy --as htsim
expect_text err "htsim cannot state this topology"
expect_exit 2 topology lossy --as astra-sim
expect_text err "are read, not written"
expect_exit 2 topology lossy --from htsm
expect_line err "  did you mean 'htsim'?"
sed 's/^1 3 400Gbps/1 3 400/' lossy > wrong
expect_exit 2 topology wrong
expect_text err "wrong:6: "
expect_text err "lacks its unit"
head -4 lossy > half
expect_exit 2 topology half
expect_text err "the file ends here, with 2 of the 4 links"
sed 's/Radix_Up/Radix_Upp/' tree.topo > typo.topo
expect_exit 2 topology typo.topo
expect_text err "tier 0 lacks Radix_Up"
expect_exit 2 topology missing.topo
expect_text err "missing.topo"

# A system of Calculon: its mistakes with their line.
cat > system.json <<'END'
{
  "networks": [
    { "bandwidth": 450, "efficiency": 0.65, "size": 8, "latency": 1e-5, "must_be_filled": true,
      "processor_usage": 0.15 },
    { "bandwidth": 50, "efficiency": 0.9, "size": 64, "latency": 2e-5, "must_be_filled": false,
      "processor_usage": 0.02 }
  ]
}
END
expect_exit 0 topology system.json
expect_text out "network-2"
sed 's/0.15/1.5/' system.json > wrong.json
expect_exit 2 topology wrong.json
expect_text err "wrong.json:4: networks[0].processor_usage: 1.5"
sed 's/"size": 64,//' system.json > wrong.json
expect_exit 2 topology wrong.json
expect_text err "wrong.json:5: networks[1].size: the key is missing"
head -5 system.json > wrong.json
expect_exit 2 topology wrong.json
expect_text err "wrong.json:6"

printf 'topology: [ Switch ]\nnpus_count: [ 8 ]\nbandwidth: [ 400.0 ]\nlatency: [ 936.25 ]\n' > switch.yml
expect_exit 0 topology switch.yml
expect_text out "ASTRA-sim"
expect_text out "936 ns"
expect_exit 2 topology switch.yml --as simai
expect_text err "states no links one by one"

finish
