#include "waverack/fec/coherent_codes.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "waverack/base/error.hpp"
#include "waverack/fec/cfec.hpp"
#include "waverack/fec/ofec_decoder.hpp"
#include "waverack/fec/ofec_interleaver.hpp"

namespace waverack::fec {

namespace {

// oFEC: a pair is encoded when it is complete; a filling of the interleaver is sent when it is complete, and
// the decoders start when it has come: 21 pairs at each end. Everything in four streams.
constexpr double ofec_filling = 4.0 * ofec_interleaver_pairs * ofec_pair_bits;
constexpr double ofec_encoder_bits = ofec_filling;
constexpr int usual_sweeps = 5;  // 3 soft and 2 hard, G.709.3 Appendix III

constexpr double ofec_decoder_bits(int sweeps) {
  return ofec_filling +
         4.0 * static_cast<double>(ofec_delay_pairs(static_cast<std::size_t>(sweeps)) * ofec_pair_bits);
}

// C-FEC: rows of a staircase block are encoded as they come, the interleavers hold 480 words in all, and a
// block leaves the decoder when it and six more have come.
constexpr double cfec_bits_of_block = static_cast<double>(cfec_bits) / cfec_blocks;
constexpr double cfec_encoder_bits = 8.0 * 128.0;
constexpr double cfec_decoder_bits = 480.0 * 128.0 + 7.0 * cfec_bits_of_block;

// Facts: coherent 3.1.
constexpr std::array<CoherentCode, 2> table = {{
    {"oFEC", "OpenZR+, OpenROADM, 800ZR", 111, 128, 2.0e-2, 1e-15, 11.6, ofec_encoder_bits,
     ofec_decoder_bits(usual_sweeps), "OpenZR+ 3.0 Table 1-3; ITU-T G.709.3 Appendix III"},
    {"C-FEC", "400ZR", 119 * 478 / 34, 128 * 510 / 34, 1.25e-2, 1e-15, 10.8, cfec_encoder_bits,
     cfec_decoder_bits, "OIF-400ZR-03.0.1; data sheets of modules (limit)"},
}};

// Error ratio of Gray-coded QPSK and 16QAM (facts: coherent, A1).
double error_ratio(double snr, int bits_per_symbol) {
  if (bits_per_symbol == 2) return 0.5 * std::erfc(std::sqrt(snr / 2.0));
  const double a = std::sqrt(snr / 10.0);
  return 0.375 * std::erfc(a) + 0.25 * std::erfc(3.0 * a) - 0.125 * std::erfc(5.0 * a);
}

// The SNR in dB with this error ratio, by halving.
double required_snr_db(double ratio, int bits_per_symbol) {
  double low = -10.0, high = 60.0;
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (error_ratio(std::pow(10.0, middle / 10.0), bits_per_symbol) > ratio ? low : high) = middle;
  }
  return low;
}

}  // namespace

std::span<const CoherentCode> coherent_codes() { return table; }

const CoherentCode& coherent_code(std::string_view name) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const CoherentCode& code) { return code.name == name; });
  if (found == table.end())
    throw Error("no code of coherent modules is called \"" + std::string(name) + "\"");
  return *found;
}

double code_latency(const CoherentCode& code, double coded_bits_per_second) {
  return (code.encoder_latency_bits + code.decoder_latency_bits) / coded_bits_per_second;
}

double code_latency(const CoherentCode& code, double coded_bits_per_second, int sweeps) {
  const double decoder = code.name == "oFEC" ? ofec_decoder_bits(sweeps) : code.decoder_latency_bits;
  return (code.encoder_latency_bits + decoder) / coded_bits_per_second;
}

double net_coding_gain_db(double pre, double post, double rate, int bits_per_symbol) {
  if (!(post > 0.0 && post < pre && pre <= 0.1 && rate > 0.0 && rate <= 1.0))
    throw Error("a net coding gain needs 0 < post < pre <= 0.1 and a rate of at most 1");
  if (bits_per_symbol != 2 && bits_per_symbol != 4)
    throw Error("net coding gains are those of QPSK or 16QAM");
  return required_snr_db(post, bits_per_symbol) - required_snr_db(pre, bits_per_symbol) +
         10.0 * std::log10(rate);
}

}  // namespace waverack::fec
