# sh claims_pages.sh ROOT MADE: the pages on claims of docs/guide/ say what the pages in MADE say, which the program wrote;
# numbers may differ by one in their last digit.
set -eu
root=$1 made=$2
command -v python3 >/dev/null || { echo "skipped: python3 is missing"; exit 77; }
python3 - "$root" "$made" <<'END'
import pathlib
import sys

root, made = map(pathlib.Path, sys.argv[1:])
sys.path.insert(0, str(root / "tools"))
import refresh_docs

# What counts as the same, and what does not.
assert refresh_docs.same("4.79 pJ/bit, 1.2e-9", "4.80 pJ/bit, 1.3e-9")
assert not refresh_docs.same("4.79 pJ/bit", "4.81 pJ/bit")
assert not refresh_docs.same("conditional 4.79", "refuted 4.79")

stale = [name for name in ("claims.html", "claims.zh.html")
         if not refresh_docs.same((root / "docs/guide" / name).read_text(encoding="utf-8"),
                                  (made / name).read_text(encoding="utf-8"))]
for name in stale:
    print(f"docs/guide/{name} is stale: tools/refresh_docs.py build/release/app/waverack docs/guide/{name}")
sys.exit(1 if stale else 0)
END
