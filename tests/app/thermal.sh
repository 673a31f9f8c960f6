# waverack thermal: the built-in stack, powers from files, mistakes with their place, what is written.
. "$(dirname "$0")/lib/expect.sh"

# value KEY: the first number of that key in the JSON in `out`.
value() { sed -n "s/^ *\"$1\": \([^,]*\),*$/\1/p" out | head -1; }
# between KEY LOW HIGH
between() {
  awk -v found="$(value "$1")" -v low="$2" -v high="$3" \
    'BEGIN { exit !(found != "" && found > low && found < high) }' || fail "$1 is $(value "$1"), not $2 to $3"
}

expect_exit 0 list stacks
expect_text out "two-chiplets"
expect_exit 0 thermal two-chiplets --no-grid-error
expect_empty err
expect_text out "asic corner"
expect_text out "air below"
expect_text out "Energy balance"
expect_width out 100
expect_exit 0 thermal engine-liquid --no-grid-error
! grep -q "Warnings" out || fail "a heading without warnings"

expect_exit 0 thermal two-chiplets --json
expect_text out '"format": "waverack-thermal"'
between energy_balance -1 1e-8
between grid_error_k 0 20
between power_w 399 401

# A stack of one's own, with powers from a table and from a trace.
cat > slab.toml <<'END'
width = "10 mm"
length = "10 mm"
[[layers]]
name = "film"
material = "copper"
thickness = "1 um"
[[layers]]
name = "slab"
material = "glass"
thickness = "1 mm"
[[materials]]
name = "glass"
conductivity = "2 W/(m K)"
[[blocks]]
name = "heater"
layer = "film"
power = "1 W"
[[faces]]
name = "cold"
layer = "slab"
side = "bottom"
coefficient = "1000 W/(m^2 K)"
temperature = "20 degC"
END
# 10 W over 1 cm²: 100 K of film, 50 K of glass.
printf 'block,power\nheater,10\n' > power.csv
expect_exit 0 thermal slab.toml --power power.csv --json --set "grid.cell_x=5 mm"
between mean_c 169.99 170.01
printf 'heater\n5\n15\n' > power.ptrace
expect_exit 0 thermal slab.toml --power power.ptrace --json
between mean_c 169.99 170.01
expect_text out '"name": "power.ptrace"'
expect_exit 2 thermal slab.toml --power missing.csv
printf 'block,power\nheatre,10\n' > power.csv
expect_exit 2 thermal slab.toml --power power.csv
expect_text err "power.csv:2"
expect_text err "did you mean 'heater'?"

# Powers at which nothing can be, and one range for all ways to state them.
expect_exit 2 thermal slab.toml --set "blocks.heater.power=-40 W"
expect_text err "slab.toml"
expect_text err "below absolute zero"
expect_exit 2 thermal two-chiplets --no-grid-error --set "blocks.asic.power=100 kW"
expect_text err "temperatures run away"
expect_text err "the hottest block is asic"
expect_exit 0 thermal slab.toml --no-grid-error --set "blocks.heater.power=40 W"
expect_text out "620 degC is reached"
printf 'heater,1e9 W\n' > power.csv
expect_exit 2 thermal slab.toml --power power.csv
expect_text err "power.csv:1"
expect_text err "out of range"
printf 'heater\n1e9\n' > power.ptrace
expect_exit 2 thermal slab.toml --power power.ptrace
expect_text err "power.ptrace:2"
printf 'block,power\nheater,10\nheater,11\n' > power.csv
expect_exit 2 thermal slab.toml --power power.csv
expect_text err "power.csv:3"
expect_text err "in line 2 already"

# Mistakes have their place in the file.
sed 's/conductivity = "2 W/conductivity = "0 W/' slab.toml > bad.toml
expect_exit 2 thermal bad.toml
expect_text err "bad.toml:13"
expect_text err "out of range"
sed 's/layer = "film"/layer = "film"\nwidth = "11 mm"/' slab.toml > bad.toml
expect_exit 2 thermal bad.toml
expect_text err "bad.toml:14"
expect_text err "inside the layer"
sed '/^\[\[faces/,$d' slab.toml > bad.toml
expect_exit 2 thermal bad.toml
expect_text err "no heat can leave"
expect_exit 2 thermal two-chiplet
expect_text err "did you mean 'two-chiplets'?"

# Files; and the result is a stack that is solved again.
expect_exit 0 thermal two-chiplets --influence -o made
expect_text err "wrote made/"
for file in thermal.json report.html temperatures.vtk series/map.substrate.csv series/transient.blocks.csv; do
  [ -s "made/$file" ] || [ "$file" = report.html ] || fail "made/$file is missing"
done
expect_file_starts() { head -c ${#2} "$1" | grep -qF "$2" || fail "$1 does not start with $2"; }
expect_file_starts made/temperatures.vtk "# vtk DataFile"
expect_file_starts made/series/map.eic.csv "x [mm],y [mm],temperature [degC]"
expect_exit 0 thermal two-chiplets --json --no-grid-error
first=$(value mean_c)
expect_exit 0 thermal made/thermal.json --json --no-grid-error
[ "$first" = "$(value mean_c)" ] || fail "solved again: $(value mean_c), not $first"

# Ctrl-C in the middle of the steps keeps those that were made. (Not in the foreground, timeout sends the signal twice.)
sed 's/^conductivity = .*/&\nheat_capacity = "2e6 J\/(m^3 K)"/' slab.toml > long.toml
printf '[transient]\nstep = "1 us"\n[[transient.slots]]\nduration = "1000 s"\n' >> long.toml
if command -v timeout >/dev/null; then
  rm -rf cut
  timeout --foreground --preserve-status -s INT 5 "$program" thermal long.toml --no-grid-error -o cut >out 2>err
  code=$?
  [ $code -eq 130 ] || fail "exit code $code after Ctrl-C: $(cat err)"
  expect_text out "(interrupted)"
  expect_text out "of 1000 s"
  grep -q '"complete": false' cut/thermal.json || fail "thermal.json does not tell that it is not complete"
  [ "$(wc -l < cut/series/transient.blocks.csv)" -gt 2 ] || fail "no steps were kept"
fi

# A transient states the error of its step, and the longer the step the more.
sed 's/^conductivity = .*/&\nheat_capacity = "2e6 J\/(m^3 K)"/' slab.toml > steps.toml
printf '[transient]\nstep = "0.1 s"\ninitial_temperature = "20 degC"\n[[transient.slots]]\nduration = "4 s"\n' >> steps.toml
expect_exit 0 thermal steps.toml --no-grid-error
expect_text out "error of the step about"
expect_exit 0 thermal steps.toml --no-grid-error --json
short=$(value step_error_k)
expect_exit 0 thermal steps.toml --no-grid-error --json --set "transient.step=0.4 s"
awk -v short="$short" -v long="$(value step_error_k)" 'BEGIN { exit !(short > 0 && long > 2 * short) }' ||
  fail "errors of the step: $short K, then $(value step_error_k) K"

# Files that --set names are those of the current folder; else they lie beside the stack.
mkdir -p aside
cp slab.toml aside/slab.toml
printf 'left 0.005 0.01 0 0\nright 0.005 0.01 0.005 0\n' > here.flp
printf 'whole 0.01 0.01 0 0\n' > aside/there.flp
expect_exit 0 thermal aside/slab.toml --json --set layers.slab.floorplan=here.flp
expect_text out '"right"'
expect_exit 0 thermal aside/slab.toml --json --set layers.slab.floorplan=there.flp
expect_text out '"whole"'
expect_exit 0 thermal engine-liquid --no-grid-error --json --set "layers.pic bulk.floorplan=here.flp"
expect_text out '"right"'
expect_exit 2 thermal aside/slab.toml --set layers.slab.floorplan=nowhere.flp
expect_text err "nowhere.flp"

# A stack of one's own may be based on a built-in one.
printf 'based_on = "cpo-engine-liquid"\ntitle = "Ours"\n' >ours.toml
expect_exit 0 thermal ours.toml --no-grid-error
expect_text out "Ours"
expect_text out "modulators"
printf 'based_on = "cpo-engine-liqid"\n' >ours.toml
expect_exit 2 thermal ours.toml
expect_text err "did you mean 'cpo-engine-liquid'?"

# A design takes a stack that --set names from where its caller is, be the design built in or in another folder.
printf 'based_on = "cpo-engine-liquid"\nwidht = "10 mm"\n' >ours.toml
expect_exit 2 run cpo-3.2t --set module.package.stack=ours.toml
expect_text err "ours.toml:2"
mkdir elsewhere
(cd elsewhere && "$program" new mine --from cpo-3.2t >/dev/null) || fail "no design of one's own"
expect_exit 2 run elsewhere/mine.toml --set module.package.stack=ours.toml
expect_text err "ours.toml:2"
printf 'based_on = "cpo-engine-liquid"\ntitle = "Ours"\n' >ours.toml
# On the short pattern the light misses a limit, which is no matter here.
found() {
  "$program" run "$@" --set lane.pattern=PRBS9Q >out 2>err
  [ $? -lt 2 ] || fail "no run with the stack: $(cat err)"
  expect_text out "Package"
}
found cpo-3.2t --set module.package.stack=ours.toml
expect_exit 2 run cpo-3.2t --set module.package.stack=their.toml
expect_text err "there is no stack profile 'their.toml'"
# Files of the design itself lie beside it.
sed 's/^stack = "cpo-engine-liquid"/stack = "ours.toml"/' elsewhere/mine.toml >elsewhere/beside.toml
mv ours.toml elsewhere/
found elsewhere/beside.toml
