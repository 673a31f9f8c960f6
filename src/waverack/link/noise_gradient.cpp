#include "waverack/link/noise_gradient.hpp"

#include <algorithm>
#include <array>

#include "waverack/link/block_runner.hpp"
#include "waverack/signal/batch_kernels.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::link {
namespace {

// Differences of the decision value with one normal number at 1 and all others at 0.
class Finder {
 public:
  Finder(const BlockProgram& program, int level, std::uint64_t seed)
      : program_(program), symbols_(static_cast<std::size_t>(program.shape.symbols)), runner_(program) {
    std::vector<std::uint8_t> record(symbols_);
    signal::fill_symbols({seed, 0, 0, 0}, program.conditions.levels, record);
    record[aimed_row(program)] = static_cast<std::uint8_t>(level);
    for (const std::uint8_t symbol : record) sent_.insert(sent_.end(), records, symbol);
    decided_.resize(sent_.size());
  }

  NoiseGradient find() {
    NoiseGradient gradient;
    std::map<std::uint32_t, std::vector<float>> scales;
    run([&](std::uint32_t source, std::size_t first, std::span<float> normals, std::span<const float> scale) {
      std::fill(normals.begin(), normals.end(), 0.0f);
      SourceGradient& found = gradient.sources[source];
      found.own.resize(first + normals.size() / records);
      found.scaled = !scale.empty();
      scales[source].insert(scales[source].end(), scale.begin(), scale.end());
    });
    // Reflected light has a phase of its own in each record.
    std::copy_n(decision_values(), records, still_.begin());
    for (auto& [source, found] : gradient.sources) {
      const std::size_t rows = found.own.size();
      if (!found.scaled) {
        found.other.resize(rows);
        differentiate(source, 0, rows, found);
        for (const std::vector<float>* half : {&found.own, &found.other})
          for (const float value : *half) gradient.square += static_cast<double>(value) * value;
        continue;
      }
      // Rows of a waveform farther away than a block's guard do not reach the decision.
      const std::size_t per_symbol = std::max<std::size_t>(1, rows / symbols_), middle = rows / 2,
                        reach = static_cast<std::size_t>(program_.shape.guard) * per_symbol;
      differentiate(source, middle - reach, middle + reach, found);
      for (std::size_t row = middle - reach; row < middle + reach; ++row) {
        const float scale = scales[source][row * records + (row - middle + reach) % aimed_records];
        found.own[row] = scale != 0.0f ? found.own[row] / scale : 0.0f;
      }
    }
    return gradient;
  }

 private:
  void run(const EditNormals& edit) {
    runner_.start({});
    runner_.run(sent_, {}, decided_, &edit);
  }
  const float* decision_values() const { return runner_.values().data() + records * aimed_row(program_); }

  // With the number of each row at 1, in the own lane, sixteen rows at a time. It does to the record that
  // shares the spectrum what the number of the other lane does to this one, with the opposite sign.
  void differentiate(std::uint32_t source, std::size_t begin, std::size_t end, SourceGradient& found) {
    for (std::size_t from = begin; from < end; from += aimed_records) {
      const std::size_t count = std::min(aimed_records, end - from);
      run([&](std::uint32_t drawn, std::size_t first, std::span<float> normals, std::span<const float>) {
        std::fill(normals.begin(), normals.end(), 0.0f);
        if (drawn != source) return;
        for (std::size_t r = 0; r < count; ++r)
          if (from + r >= first && from + r < first + normals.size() / records)
            normals[(from + r - first) * records + r] = 1.0f;
      });
      for (std::size_t r = 0; r < count; ++r) {
        found.own[from + r] = decision_values()[r] - still_[r];
        if (!found.scaled)
          found.other[from + r] = still_[r + aimed_records] - decision_values()[r + aimed_records];
      }
    }
  }

  const BlockProgram& program_;
  std::size_t symbols_;
  BlockRunner runner_;
  std::vector<std::uint8_t> sent_, decided_;
  std::array<float, records> still_{};
};

}  // namespace

NoiseGradient noise_gradient(const BlockProgram& program, int level, std::uint64_t seed) {
  return Finder(program, level, seed).find();
}

}  // namespace waverack::link
