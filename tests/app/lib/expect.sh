# Helpers of the program's tests. A script gets the program's path as $1 and sources this file first.
program=$1
failures=0

fail() {
  echo "FAILED: $1"
  failures=$((failures + 1))
}

# expect_exit CODE ARGUMENTS…: runs the program; its output lies in `out`, its messages in `err`.
expect_exit() {
  wanted=$1
  shift
  "$program" "$@" >out 2>err
  code=$?
  if [ "$code" -ne "$wanted" ]; then
    fail "exit code $code instead of $wanted: $*"
    cat err
  fi
}

# expect_line FILE LINE: the whole line is in the file.
expect_line() {
  grep -qxF -e "$2" "$1" || {
    fail "$1 lacks the line: $2"
    cat "$1"
  }
}

# expect_text FILE TEXT: the text is in the file.
expect_text() {
  grep -qF -e "$2" "$1" || {
    fail "$1 lacks: $2"
    cat "$1"
  }
}

expect_empty() {
  [ ! -s "$1" ] || {
    fail "$1 is not empty"
    cat "$1"
  }
}

# Lines of a file that are wider than so many characters.
expect_width() {
  if LC_ALL=C.UTF-8 grep -E "^.{$(($2 + 1)),}" "$1"; then fail "$1 has lines of more than $2 columns"; fi
}

# expect_json EXPRESSION: true of `d`, the JSON in `out`; not asked where there is no python3.
expect_json() {
  command -v python3 >/dev/null || return 0
  python3 -c "import json, sys; d = json.load(open('out')); sys.exit(0 if ($1) else 1)" || fail "not so: $1"
}

# The smallest design that can be solved: an electrical lane.
small_design() {
  cat <<'EOF'
title = "Small"

[lane]
symbol_rate = "53.125 GBd"
pattern = "PRBS13Q"

[[lane.chain]]
part = "host_transmitter"

[[lane.chain]]
part = "package_line"

[[lane.chain]]
part = "receiver"
EOF
}

finish() {
  [ "$failures" -eq 0 ] || exit 1
  echo "good"
}
