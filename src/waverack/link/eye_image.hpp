#pragma once
// Eyes as the result carries them.

#include <string>
#include <vector>

#include "waverack/signal/eye.hpp"

namespace waverack::link {

// An eye as a density: rows of amplitude, columns of time.
struct EyeImage {
  std::string title;
  std::string amplitude_unit;
  double time_start_ui = 0.0, time_step_ui = 0.0;
  double amplitude_start = 0.0, amplitude_step = 0.0;
  int columns = 0, rows = 0;
  std::vector<float> density;  // rows × columns, row by row from the lowest amplitude; largest value 1
};

EyeImage eye_image(const signal::EyeDiagram& eye, std::string title, std::string amplitude_unit);

}  // namespace waverack::link
