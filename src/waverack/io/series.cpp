#include "waverack/io/series.hpp"

#include "waverack/io/csv.hpp"

namespace waverack::io {
namespace {

// Charts need no more.
std::string number(double value) { return csv_number(value, 7); }

std::string curve_csv(const link::Curve& curve) {
  std::string text;
  for (const link::Column& column : curve.columns) {
    if (!text.empty()) text += ',';
    text += csv_title(column.name, column.unit);
  }
  text += '\n';
  const std::size_t rows = curve.columns.empty() ? 0 : curve.columns.front().values.size();
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t c = 0; c < curve.columns.size(); ++c) {
      if (c > 0) text += ',';
      if (row < curve.columns[c].values.size()) text += number(curve.columns[c].values[row]);
    }
    text += '\n';
  }
  return text;
}

// One line for each cell, at the middle of the cell.
std::string eye_csv(const ListedEye& listed) {
  const link::EyeImage& eye = *listed.image;
  std::string text =
      csv_title("time", "UI") + ',' + csv_title(listed.amplitude, eye.amplitude_unit) + ",density\n";
  std::vector<std::string> times;
  for (int column = 0; column < eye.columns; ++column)
    times.push_back(number(eye.time_start_ui + eye.time_step_ui * (column + 0.5)) + ',');
  std::size_t cell = 0;
  for (int row = 0; row < eye.rows; ++row) {
    const std::string amplitude = number(eye.amplitude_start + eye.amplitude_step * (row + 0.5)) + ',';
    for (int column = 0; column < eye.columns; ++column, ++cell) {
      const float density = eye.density[cell];
      text += times[static_cast<std::size_t>(column)];
      text += amplitude;
      if (density > 0.0f)
        text += number(density);
      else
        text += '0';
      text += '\n';
    }
  }
  return text;
}

void write_eye(JsonWriter& json, const ListedEye& listed, std::string_view lane) {
  const link::EyeImage& eye = *listed.image;
  json.member("id", listed.id);
  json.member("kind", "eye");
  json.member("title", eye.title);
  if (!lane.empty()) json.member("lane", lane);
  if (!listed.test_point.empty()) json.member("test_point", listed.test_point);
  json.member("csv", series_file_name(listed.id));
  const auto axis = [&](std::string_view key, std::string_view name, std::string_view unit, double start,
                        double step, int count) {
    json.object(key, [&] {
      json.member("name", name);
      json.member("unit", unit);
      json.member("start", start);
      json.member("step", step);
      json.member("count", count);
    });
  };
  axis("x", "time", "UI", eye.time_start_ui, eye.time_step_ui, eye.columns);
  axis("y", listed.amplitude, eye.amplitude_unit, eye.amplitude_start, eye.amplitude_step, eye.rows);
  json.key("density");
  json.ratios(eye.density);
}

void write_curve(JsonWriter& json, const link::Curve& curve) {
  json.member("id", curve.id);
  json.member("kind", "line");
  json.member("title", curve.title);
  json.member("x_scale", curve.x_logarithmic ? "log" : "linear");
  json.member("y_scale", curve.y_logarithmic ? "log" : "linear");
  json.member("csv", series_file_name(curve.id));
  json.list("columns", curve.columns, [&](const link::Column& column) {
    json.member("name", column.name);
    json.member("unit", column.unit.empty() ? std::string_view("1") : std::string_view(column.unit));
    json.member("values", column.values);
  });
}

}  // namespace

std::string series_file_name(std::string_view id) {
  std::string name = "series/";
  for (const char c : id) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
    name += plain ? c : '-';
  }
  return name + ".csv";
}

std::vector<SeriesFile> series_files(std::span<const ListedEye> eyes, std::span<const link::Curve> curves) {
  std::vector<SeriesFile> files;
  for (const ListedEye& eye : eyes) files.push_back({series_file_name(eye.id), eye_csv(eye)});
  for (const link::Curve& curve : curves) files.push_back({series_file_name(curve.id), curve_csv(curve)});
  return files;
}

void write_series(JsonWriter& json, std::span<const ListedEye> eyes, std::span<const link::Curve> curves,
                  std::string_view lane) {
  json.key("series");
  json.begin_array();
  for (const ListedEye& eye : eyes) {
    json.begin_object();
    write_eye(json, eye, lane);
    json.end_object();
  }
  for (const link::Curve& curve : curves) {
    json.begin_object();
    write_curve(json, curve);
    json.end_object();
  }
  json.end_array();
}

}  // namespace waverack::io
