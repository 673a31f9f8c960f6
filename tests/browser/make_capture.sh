# make_capture.sh PROGRAM FOLDER: the report of a capture, by a profile and with both assumptions on the filter.
. "$(dirname "$0")/../app/lib/capture.sh"
mkdir -p "$2" || exit 1
capture 0.3 1.5 "Time (s),Power (mW)" >"$2/light.csv" || exit 1
exec "$1" tdecq "$2/light.csv" --profile 400gbase-dr4 -o "$2"
