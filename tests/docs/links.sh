# sh links.sh ROOT: every relative link of README.md and docs/, and every path of the repository that they quote in
# `code`, exists; so does every page of docs/ that a comment in the sources names.
set -eu
cd "$1"
export LC_ALL=C
missing=$(mktemp)
trap 'rm -f "$missing"' EXIT

# The page without its fenced blocks.
prose() { awk '/^ *```/ { fenced = !fenced; next } !fenced' "$1"; }

# Names of headings as GitHub makes them.
anchors() { prose "$1" | sed -n 's/^#\{1,6\} *//p' | tr 'A-Z' 'a-z' | sed 's/[^a-z0-9 _-]//g; s/ /-/g'; }

exists() { for found in $1; do [ -e "$found" ] && return 0; done; return 1; }  # $1 may hold a `*`

pages=$(find README.md docs -name '*.md' 2>/dev/null | sort)
for page in $pages; do
  folder=$(dirname "$page")
  prose "$page" | sed 's/`[^`]*`//g' | grep -o '](<\{0,1\}[^)<>]*' | sed 's/^](<\{0,1\}//' | while read -r link; do
    case $link in http://* | https://* | mailto:*) continue ;; esac
    file=${link%%#*}
    target=$page
    [ -z "$file" ] || target=$folder/$file
    if ! exists "$target"; then
      echo "$page: the link $link leads nowhere" >> "$missing"
    elif [ "$file" != "$link" ] && ! anchors "$target" | grep -qx -- "${link#*#}"; then
      echo "$page: $target has no heading for #${link#*#}" >> "$missing"
    fi
  done
  prose "$page" | grep -o '`[^` ]*/[^` ]*`' | tr -d '`' | grep -x '[A-Za-z0-9_./*-]*' | while read -r path; do
    first=${path%%/*}
    case $first in
      waverack) exists "src/$path" || echo "$page: there is no src/$path" >> "$missing" ;;
      app | bench | cmake | designs | docs | fuzz | profiles | report | src | tests | tools)
        exists "$path" || echo "$page: there is no $path" >> "$missing" ;;
      .) exists "$path" || echo "$page: there is no $path" >> "$missing" ;;
      *)
        # A layer of the library, named without src/waverack/.
        case $path in
          *.hpp | *.cpp) [ ! -d "src/waverack/$first" ] || exists "src/waverack/$path" ||
            echo "$page: there is no src/waverack/$path" >> "$missing" ;;
        esac ;;
    esac
  done
done
for path in $(grep -rhoE 'docs/[a-z0-9/-]+\.md' app bench fuzz src tests tools 2>/dev/null | sort -u); do
  [ -e "$path" ] || echo "a comment names $path, which does not exist" >> "$missing"
done

# No pages would mean that nothing was looked at.
[ -n "$pages" ] || echo "there are no pages" >> "$missing"
[ ! -s "$missing" ] || { cat "$missing"; exit 1; }
