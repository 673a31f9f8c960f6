# Shared by ./run and ./test: what they need on the machine, and how they build. Sourced, with $root set.

packages=(g++ cmake ninja-build git ccache libfmt-dev libeigen3-dev libtomlplusplus-dev nlohmann-json3-dev libhwy-dev
          libcli11-dev libhypre-dev libgtest-dev libgmock-dev)
log="$root/build/setup.log"
mkdir -p "$root/build"

stop() { printf '%s\n' "$@" >&2; exit 1; }
have() { command -v "$1" > /dev/null 2>&1; }

# What a package gives may be there without the package: a compiler, a browser, npm from elsewhere.
present() {
  case $1 in
    g++) have c++ && return ;;
    cmake | git | ccache | clang) have "$1" && return ;;
    ninja-build) have ninja && return ;;
    python3-pandas) python3 -c 'import pandas' 2> /dev/null && return ;;
    chromium)
      local path
      for path in "${CHROMIUM:-}" /usr/bin/{chromium,chromium-browser,google-chrome}; do
        [ -x "$path" ] && return
      done ;;
  esac
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

# quietly <command…>: shows what the command said only if it fails.
quietly() {
  "$@" > "$log" 2>&1 && return
  tail -n 40 "$log" >&2
  stop "" "'$*' failed; all it said is in $log"
}

apt_install() {
  quietly env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
}

# install_missing <package…>: installs those of $packages and of the arguments that are not there.
install_missing() {
  have apt-get || return 0  # another system: build() names the libraries if they are missing
  local package missing=() node=()
  for package in "${packages[@]}" "$@"; do present "$package" || missing+=("$package"); done
  have npm || node=(nodejs npm)
  local all=("${missing[@]}" "${node[@]}")
  [ ${#all[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || stop "Some packages are missing, and only root can install them. Please run as root" "" \
    "    apt-get install --no-install-recommends ${all[*]}" "" "and then this command again."
  echo "Installing ${all[*]}"
  quietly apt-get update
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
  # On its own: where Node came from elsewhere, Debian's npm may not fit beside it, and the message then says so.
  [ ${#node[@]} = 0 ] || apt_install "${node[@]}"
}

# build <preset> <target…>: all targets if none is named.
build() {
  local folder="$root/build/$1" targets=("${@:2}") quiet=()
  [ -f "$folder/build.ninja" ] || echo "Building waverack in build/$1; the first time takes a few minutes"
  if ! cmake -S "$root" --preset "$1" > "$log" 2>&1; then
    tail -n 20 "$log" >&2
    have apt-get || stop "" \
      "waverack needs a C++20 compiler, CMake 3.25, Ninja, Git, Node.js with npm, and the libraries fmt, Eigen 3," \
      "toml++, nlohmann/json, Highway, hypre with MPI, CLI11 and GoogleTest. Please install them with your system's package manager."
    stop "" "CMake could not configure waverack; all it said is in $log"
  fi
  [ -t 1 ] || quiet=(-- --quiet)
  cmake --build "$folder" ${targets[0]+--target "${targets[@]}"} "${quiet[@]}" || stop "" "The build failed."
}
