# sh pandas_page.sh PAGE FOLDER PROGRAM: runs the Python blocks of the page in the folder of a real result.
set -eu
page=$1 folder=$2 program=$3
# The first python3 need not be the one for which the system has pandas.
for python in python3 /usr/bin/python3 ""; do
  [ -n "$python" ] || { echo "skipped: python3 with pandas is missing"; exit 77; }
  "$python" -c 'import pandas' 2>/dev/null && break
done

script=$(mktemp)
trap 'rm -f "$script"' EXIT
awk '/^```python$/ { on = 1; next } /^```$/ { on = 0 } on' "$page" > "$script"
# What the page promises of its tables; the expected sums come from other keys of the same file.
cat >> "$script" <<'END'
assert list(points.index) == list(lane["test_points"]) and len(points) > 0
assert penalties.is_monotonic_decreasing and len(penalties) > 0
watts = result["module"]["power_w"]
assert abs(power.sum() - watts["with_cooling"]) < 1e-6 * watts["with_cooling"]
assert abs(power["module"] - watts["module"]) < 1e-6 * watts["module"]
assert bathtub["BER before FEC"].min() < bathtub["BER before FEC"].iloc[0]
assert set(series) == {s["id"] for s in result["series"]}
axes = next(s for s in result["series"] if s["id"] == "eye.TP2")
assert eye.shape == (axes["y"]["count"], axes["x"]["count"])
assert eye.max().max() == 1
assert margins.is_monotonic_decreasing and margins.is_unique
END
cd "$folder"
PATH=$(dirname "$program"):$PATH "$python" "$script"
