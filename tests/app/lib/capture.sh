# A capture of a scope in closed form.

# capture LOW HIGH HEADER: PRBS13Q (120.5.11.2.a; Gray map 120.5.7.1) at 53.125 GBd, 9000 symbols from symbol 100.4
# on, 6.3 samples for each, 20 ppm fast; half a UI flat, half a UI a straight edge.
capture() {
  awk -v low="$1" -v high="$2" -v header="$3" 'BEGIN {
    for (i = 1; i <= 13; i++) b[i] = 1
    for (i = 14; i <= 13 + 2 * 9200; i++) b[i] = (b[i - 1] + b[i - 2] + b[i - 12] + b[i - 13]) % 2
    for (k = 0; k < 9200; k++) {
      first = b[14 + 2 * k]; second = b[15 + 2 * k]
      s[k] = first ? (second ? 2 : 3) : second
    }
    if (header != "") print header
    interval = 1 / (53.125e9 * 6.3)
    for (i = 0; i < 9000 * 6.3; i++) {
      x = 100.4 + i / 6.3 * (1 + 20e-6); k = int(x); f = x - k
      y = f < 0.5 ? s[k] : s[k] + (s[k + 1] - s[k]) * (2 * f - 1)
      printf "%.7e,%.6g\n", i * interval, low + (high - low) * y / 3
    }
  }'
}
