#pragma once
// Nonlinear interference as every model of this layer gives it: noise over the channel's own power.
//
// Gains and losses act on channel and noise alike, so that the ratio is made in the spans and kept to the
// line's end. It is the reciprocal of the SNR in the band of the symbol rate, and it grows with the square of
// the launch power.

#include <vector>

namespace waverack::coherent {

struct NonlinearNoise {
  std::vector<double> self;        // by the channel itself, of each span
  std::vector<double> neighbours;  // by all its neighbours, of each span
  // What belongs to no span alone: interference of spans with one another (coherence), and the parts that
  // depend on the format, below 0 for QAM.
  double coherence = 0.0;
  double self_format = 0.0;
  double neighbours_format = 0.0;
  double error = 0.0;  // estimate of the error of `ratio`, 0 for closed forms

  double ratio() const {
    double sum = coherence + self_format + neighbours_format;
    for (double part : self) sum += part;
    for (double part : neighbours) sum += part;
    return sum;
  }
};

}  // namespace waverack::coherent
