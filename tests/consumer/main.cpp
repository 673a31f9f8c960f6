// A program that uses the installed library, with a part of its own in the lane.
#include <cstdio>

#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"

int main() {
  waverack::parts::CustomModels models;
  models["tilt"].response = [](double f, auto p) { return 1.0 / std::complex<double>(1.0, f / p[0]); };
  const auto input = waverack::io::load_design("own.toml", {}, models);
  const waverack::Result result = waverack::solve(input.loaded);
  std::printf("BER %.1e, penalty of the tilt %.1f dB\n", result.lane.ber_pre_fec,
              result.lane.penalties.front().penalty_db);
}
