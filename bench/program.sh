#!/bin/sh
# program.sh <waverack> <design>: wall time of whole runs of the program, least and median, beside the targets.
program=$1 design=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# measure <what> <target in ms> <runs> <arguments…>
measure() {
  what=$1 target=$2 runs=$3
  shift 3
  run=0
  while [ $run -lt "$runs" ]; do
    start=$(date +%s%N)
    "$program" "$@" > "$folder/stdout" 2> "$folder/stderr"
    status=$?
    end=$(date +%s%N)
    # 1 says that a check of the design failed: a run like any other.
    if [ $status -gt 1 ]; then
      cat "$folder/stderr" >&2
      echo "$program $* ended with $status" >&2
      exit 1
    fi
    echo $((end - start))
    run=$((run + 1))
  done | sort -n | awk -v what="$what" -v target="$target" '
    { ms[NR] = $1 / 1e6 }
    END { if (NR) printf "%-34s least %7.1f ms   median %7.1f ms   target: at most %d ms\n", what, ms[1], ms[int((NR + 1) / 2)], target }'
}

measure "waverack --version" 20 21 --version
measure "waverack run, no files" 1000 7 run "$design"
measure "waverack run -o, with the report" 2000 7 run "$design" -o "$folder/out"

# A sweep on all cores and on one: points for each second.
points=32
for threads in 0 1; do
  start=$(date +%s%N)
  "$program" sweep "$design" --threads $threads --vary "lane.chain.receiver.ffe_post=1:$points:$points" \
    > "$folder/stdout" 2> "$folder/stderr" || { cat "$folder/stderr" >&2; exit 1; }
  end=$(date +%s%N)
  awk -v threads=$threads -v points=$points -v ns=$((end - start)) 'BEGIN {
    printf "waverack sweep, %s  %.1f points/s\n", threads ? "one thread    " : "all cores     ", points / ns * 1e9 }'
done
