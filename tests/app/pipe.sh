# A reader that closes the pipe is no error; a device that is full is one.
. "$(dirname "$0")/lib/expect.sh"

{ "$program" schema design 2>err; echo $? >code; } | head -1 >out
expect_line out "{"
expect_empty err
[ "$(cat code)" -eq 0 ] || fail "exit code $(cat code) after a closed pipe"

# A reader that is gone before the first byte.
{ sleep 0.2; "$program" list cards 2>err; echo $? >code; } | true
sleep 0.5
expect_empty err
[ "$(cat code)" -eq 0 ] || fail "exit code $(cat code) with a closed pipe"

if [ -e /dev/full ]; then
  "$program" list cards >/dev/full 2>err
  [ $? -eq 3 ] || fail "exit code $? with a full device"
  expect_text err "cannot write to standard output"
fi

finish
