#include "waverack/coherent/split_step_reference.hpp"

#include <cmath>

#include "waverack/signal/fft.hpp"

namespace waverack::coherent {
namespace {

void disperse(DualRecord& record, double sample_rate, const FibreSpan& span, double carrier, double distance,
              const std::vector<PlacedJones>& placed, double from) {
  signal::fft(record.x, false);
  signal::fft(record.y, false);
  const std::size_t size = record.x.size();
  const double scale = 1.0 / static_cast<double>(size), to = from + distance;
  for (std::size_t k = 0; k < size; ++k) {
    const double bin = static_cast<double>(k) - (2 * k < size ? 0.0 : static_cast<double>(size));
    const double f = bin * sample_rate / static_cast<double>(size);
    const std::complex<double> h = scale * dispersion(span, carrier, distance, f);
    std::complex<double> x = h * record.x[k], y = h * record.y[k];
    for (const PlacedJones& element : placed)
      if (element.place >= from && (element.place < to || to >= span.length)) {
        const Jones j = element.response(f);
        const std::complex<double> turned = j.xx * x + j.xy * y;
        y = j.yx * x + j.yy * y;
        x = turned;
      }
    record.x[k] = x;
    record.y[k] = y;
  }
  signal::fft(record.x, true);
  signal::fft(record.y, true);
}

void multiply(DualRecord& record, double factor) {
  for (auto& a : record.x) a *= factor;
  for (auto& a : record.y) a *= factor;
}

}  // namespace

void split_step_reference(DualRecord& record, double sample_rate, const FibreSpan& span, const StepPlan& plan,
                          double carrier, const std::vector<PlacedJones>& placed) {
  multiply(record, 1.0 / std::sqrt(span.input_loss));
  double from = 0.0;
  for (std::size_t i = 0; i < plan.places.size(); ++i) {
    disperse(record, sample_rate, span, carrier, plan.places[i] - from, placed, from);
    from = plan.places[i];
    for (std::size_t n = 0; n < record.x.size(); ++n) {
      const double power = std::norm(record.x[n]) + std::norm(record.y[n]);
      const auto turn = std::polar(1.0, -8.0 / 9.0 * span.gamma * plan.lengths[i] * power);
      record.x[n] *= turn;
      record.y[n] *= turn;
    }
  }
  disperse(record, sample_rate, span, carrier, span.length - from, placed, from);
  multiply(record, std::exp(-0.5 * span.attenuation * span.length) / std::sqrt(span.output_loss));
}

double energy(const DualRecord& record) {
  double sum = 0.0;
  for (const auto& a : record.x) sum += std::norm(a);
  for (const auto& a : record.y) sum += std::norm(a);
  return sum;
}

double relative_error(const DualRecord& a, const DualRecord& b) {
  double sum = 0.0;
  for (std::size_t n = 0; n < b.x.size(); ++n) sum += std::norm(a.x[n] - b.x[n]) + std::norm(a.y[n] - b.y[n]);
  return std::sqrt(sum / energy(b));
}

DualRecord record_of(const DualBatch& batch, int record) {
  std::vector<std::complex<float>> samples(static_cast<std::size_t>(batch.size));
  DualRecord result;
  get_record(batch, record, 0, samples);
  result.x.assign(samples.begin(), samples.end());
  get_record(batch, record, 1, samples);
  result.y.assign(samples.begin(), samples.end());
  return result;
}

void set_record(DualBatch& batch, int record, const DualRecord& samples) {
  for (const auto polarisation : {0, 1}) {
    const auto& from = polarisation == 0 ? samples.x : samples.y;
    std::vector<std::complex<float>> narrow;
    narrow.reserve(from.size());
    for (const auto& a : from)
      narrow.emplace_back(static_cast<float>(a.real()), static_cast<float>(a.imag()));
    set_record(batch, record, polarisation, narrow);
  }
}

}  // namespace waverack::coherent
