# Every mistake in a design: exit code 2, nothing on standard output, and the exact message.
. "$(dirname "$0")/lib/expect.sh"

# mistake FIRST-LINE [NEAREST]: `check` refuses design.toml with this first line, and suggests this name.
mistake() {
  expect_exit 2 check design.toml
  expect_empty out
  [ "$(head -1 err)" = "error $1" ] || {
    fail "the message is not: error $1"
    cat err
  }
  [ -z "$2" ] || expect_line err "  did you mean '$2'?"
}

expect_exit 2 check missing.toml
expect_empty out
expect_line err "error missing.toml: there is no such file"
expect_exit 2 run cpo-3.2
expect_line err "error waverack: there is no design 'cpo-3.2'"
expect_line err "  did you mean 'cpo-3.2t'?"
mkdir -p folder
expect_exit 2 run folder
expect_line err "error folder: this is a folder, not a design"

small_design >design.toml
expect_exit 0 check design.toml

small_design | sed 's/symbol_rate/symbolrate/' >design.toml
mistake "design.toml:4: lane.symbolrate: unknown key" symbol_rate

small_design | sed 's/GBd/GHz/' >design.toml
mistake "design.toml:4: lane.symbol_rate: '53.125 GHz' has the wrong dimension"

small_design | sed 's/53.125 GBd/53.125/' >design.toml
mistake "design.toml:4: lane.symbol_rate: '53.125' has no unit"

small_design | sed 's/53.125 GBd/2000 GBd/' >design.toml
mistake "design.toml:4: lane.symbol_rate: '2000 GBd' is out of range"
expect_line err "  allowed: 0.1 GBd to 1000 GBd"

small_design | sed 's/PRBS13Q/PRBS12Q/' >design.toml
mistake "design.toml:5: lane.pattern: 'PRBS12Q' is not a choice" PRBS13Q
expect_line err "  allowed: PRBS9Q, PRBS13Q, SSPRQ"

small_design | sed '/symbol_rate/d' >design.toml
mistake "design.toml:3: lane.symbol_rate: missing key: Symbol rate."

small_design | sed 's/package_line/photodiode/' >design.toml
mistake "design.toml:10: lane.chain.photodiode: a photodiode takes optical field, but 'host_transmitter' gives voltage"

small_design | sed 's/"receiver"/"package_line"/' >design.toml
mistake "design.toml:13: lane.chain.package_line: there are two parts of this name in the chain"
expect_line err "  allowed: a \`name\` of its own for each second part of a type"

small_design | sed '/"receiver"/d' | sed '$d' >design.toml
mistake "design.toml:10: lane.chain.package_line: the chain ends with voltage instead of a decision"

small_design | sed 's/"package_line"/"package_lime"/' >design.toml
mistake "design.toml:11: lane.chain.package_lime.part: there is no part 'package_lime'" package_line

small_design | sed 's/"receiver"/"receiver"\ncard = "host-xsr-tz"/' >design.toml
mistake "design.toml:15: lane.chain.receiver.card: there is no card 'host-xsr-tz'" host-xsr-tx

small_design | sed 's/^title = "Small"/title = Small/' >design.toml
expect_exit 2 check design.toml
expect_text err "error design.toml:1: "

{ small_design; printf '\n[[limits]]\nname = "lane.margin"\nat_least = 1.0\n'; } >design.toml
for command in check run; do
  expect_exit 2 $command design.toml
  expect_text err "limits.lane.margin: the result has no quantity 'lane.margin'"
  expect_text err "error design.toml:"
  expect_line err "  did you mean 'lane.margin_db'?"
done

small_design >design.toml
expect_exit 2 run design.toml --set "lane.chain.tia.power=1 W"
expect_line err "error --set: lane.chain.tia.power: there is no 'tia'"
expect_line err "  allowed: host_transmitter, package_line, receiver"
expect_exit 2 run design.toml --set "lane.symbol_rat=1 GBd"
expect_line err "error --set lane.symbol_rat=1 GBd: lane.symbol_rat: unknown key"
expect_line err "  did you mean 'symbol_rate'?"
expect_exit 2 run design.toml --set lane.symbol_rate
expect_line err "error --set lane.symbol_rate: a setting is PATH=VALUE"

{ small_design; printf 'dfe_taps = 1\nvolterra_third = 3\n'; } >design.toml
mistake "design.toml:13: lane.chain.receiver.volterra_third: a receiver equalises with products of samples or feeds decisions back, not both"
expect_line err "  allowed: dfe_taps = 0, or no products"
{ small_design; printf 'dfe_taps = 1\nmlse_memory = 1\n'; } >design.toml
mistake "design.toml:13: lane.chain.receiver.mlse_memory: a receiver detects sequences or feeds decisions back, not both"
{ small_design; printf 'volterra_second = 9\n'; } >design.toml
mistake "design.toml:13: lane.chain.receiver.volterra_second: products of 9 samples about the cursor need more taps than there are"

: >design.toml
mistake "design.toml:1: title: missing key: Name of the design."

finish
