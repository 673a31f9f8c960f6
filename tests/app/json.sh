# --json: standard output is JSON and nothing else, errors too.
. "$(dirname "$0")/lib/expect.sh"
command -v python3 >/dev/null || {
  echo "skipped: needs python3"
  exit 77
}

expect_exit 0 run cpo-3.2t --json
expect_empty err
expect_json "d['format'] == 'waverack-result' and d['version'] == 1"
expect_json "0 < d['lanes'][0]['ber_pre_fec'] < 2.4e-4"
expect_json "{c['id'] for c in d['claims']} >= {'C1', 'C2a', 'C13'}"
expect_json "[c for c in d['claims'] if c['id'] == 'C2a'][0]['verdict'] != 'pending'"

# A changed design is not the one that was launched.
expect_exit 0 run cpo-3.2t --json --set "lane.chain.fibre.length=400 m"
expect_json "d['claims'] == []"
expect_json "['400 m' in str(p['length']) for p in d['design']['lane']['chain'] if p['part'] == 'fibre'] == [True]"

expect_exit 0 compare cpo-3.2t lpo-1.6t-osfp --json
expect_json "[x['name'] for x in d['designs']] == ['cpo-3.2t', 'lpo-1.6t-osfp']"
expect_json "all(x['energy_pj_per_bit']['with_laser'] > 0 for x in d['designs'])"

expect_exit 0 claims C2a C9 --json
expect_json "[c['id'] for c in d['claims']] == ['C2a', 'C9']"

error_keys="list(d) == ['file', 'line', 'path', 'message', 'allowed', 'nearest']"
small_design | sed 's/symbol_rate/symbolrate/' >design.toml
expect_exit 2 run design.toml --json
expect_empty err
expect_json "$error_keys"
expect_json "(d['file'], d['line'], d['path']) == ('design.toml', 4, 'lane.symbolrate')"
expect_json "(d['message'], d['nearest']) == ('unknown key', 'symbol_rate')"
expect_exit 2 run --json
expect_empty err
expect_json "$error_keys and d['file'] is None and d['line'] is None"
expect_exit 2 rnu --json
expect_json "d['nearest'] == 'run'"

expect_exit 0 schema design
expect_json "d['properties']['lane']['properties']['modulation']['enum'] == ['PAM2', 'PAM4', 'PAM6', 'PAM8', 'DP-QPSK', 'DP-8QAM', 'DP-16QAM']"
expect_exit 0 schema cluster
expect_json "d['properties']['hall']['properties']['climate']['enum'] == ['cold', 'temperate', 'hot_humid']"
expect_json "set(d['required']) == {'title', 'gpus', 'node', 'networks'}"
expect_exit 0 schema result
expect_json "'lanes' in d['required']"

finish
