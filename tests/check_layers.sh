#!/bin/sh
# Checks which files may include which: check_layers.sh <source folder>.
#   layers      a file includes only from its own layer or from layers to its left (docs/dev/build.md);
#               dsp, fec, network, thermal and coherent do not include one another; a unit test sees what its layer sees
#   libraries   toml++ and nlohmann only in io, CLI11 only in app, hypre and MPI only in one file of
#               thermal, Eigen, Highway and fmt in no public header
#   files       only io and app include what opens files or prints
cd "$1" || exit 2

find src app tests/unit \( -name '*.hpp' -o -name '*.cpp' \) | sort | xargs awk '
BEGIN {
  count = split("base signal dsp|fec|network|thermal|coherent parts compliance link module cluster design study io app", groups, " ")
  for (i = 1; i <= count; i++) {
    n = split(groups[i], names, "|")
    for (j = 1; j <= n; j++) rank[names[j]] = i
  }
}
function complain(text) { print FILENAME ":" FNR ": " text; bad++ }
FNR == 1 {
  files++
  split(FILENAME, folder, "/")
  layer = folder[1] == "app" ? "app" : folder[3]
  header = folder[1] == "src" && FILENAME ~ /\.hpp$/
  if (!(layer in rank)) complain("\"" layer "\" is not a layer")
}
/^[ \t]*#[ \t]*include/ {
  target = $0
  sub(/^[^<"]*[<"]/, "", target)
  sub(/[>"].*$/, "", target)
  if (target ~ /^waverack\//) {
    split(target, parts, "/")
    other = parts[2]
    if (!(other in rank)) complain("\"" other "\" is not a layer")
    else if (rank[other] > rank[layer]) complain(layer " includes " target ", but " other " lies to its right")
    else if (rank[other] == rank[layer] && other != layer) complain(layer " includes " target ", but they lie side by side")
  }
  if (target ~ /^(toml\+\+|nlohmann)\// && layer != "io") complain(target " belongs to io")
  if (target ~ /^(HYPRE|_hypre|mpi)/ && FILENAME !~ /thermal\/linear_solver_hypre\.cpp$/)
    complain(target " belongs to thermal/linear_solver_hypre.cpp")
  if (target ~ /^CLI\// && layer != "app") complain(target " belongs to app")
  if (target ~ /^(Eigen|hwy|fmt)\// && header) complain(target " in a public header: include it in the source file")
  if (target ~ /^(fstream|iostream|filesystem|cstdio|stdio\.h)$/ && layer != "io" && layer != "app" && folder[1] == "src")
    complain("<" target ">: only io and app open files or print")
}
END {
  if (!files) { print "no sources found"; exit 1 }
  if (bad) exit 1
  print files " files, every include looks to the left"
}'
