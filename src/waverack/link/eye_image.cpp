#include "waverack/link/eye_image.hpp"

#include <algorithm>

namespace waverack::link {

EyeImage eye_image(const signal::EyeDiagram& eye, std::string title, std::string amplitude_unit) {
  EyeImage image;
  image.title = std::move(title);
  image.amplitude_unit = std::move(amplitude_unit);
  image.time_start_ui = eye.time_start_ui;
  image.time_step_ui = eye.time_step_ui;
  image.amplitude_start = eye.amplitude_start;
  image.amplitude_step = eye.amplitude_step;
  image.columns = eye.columns;
  image.rows = eye.rows;
  image.density = eye.density;
  const float largest = *std::max_element(image.density.begin(), image.density.end());
  for (float& value : image.density) value /= largest;
  return image;
}

}  // namespace waverack::link
