#include "waverack/link/receiver_check.hpp"

#include "waverack/base/text.hpp"

namespace waverack::link {

dsp::VolterraShape volterra_shape(const parts::Receiver& receiver) {
  return {{receiver.ffe_pre, receiver.ffe_post, receiver.ffe_samples_per_symbol},
          receiver.volterra_second,
          receiver.volterra_third};
}

void check_receiver(const parts::Receiver& receiver, const Mark& mark, const std::string& path) {
  const auto refuse = [&](const char* key, std::string message, std::string allowed) {
    throw Error(ErrorInfo{mark, join_path(path, key), std::move(message), std::move(allowed), {}});
  };
  if (receiver.mlse_memory > 0 && receiver.dfe_taps > 0)
    refuse("mlse_memory", "a receiver detects sequences or feeds decisions back, not both",
           "mlse_memory = 0 or dfe_taps = 0");
  if (receiver.adaptation_step > 0.0 && receiver.mlse_memory > 0)
    refuse("adaptation_step", "taps follow decisions of single symbols, not those of a sequence detector",
           "adaptation_step = 0 or mlse_memory = 0");
  if (!has_products(receiver)) return;
  if (receiver.adaptation_step > 0.0)
    refuse("adaptation_step", "taps of an equaliser with products of samples are fixed",
           "adaptation_step = 0, or no products");
  const char* key = receiver.volterra_second > 0 ? "volterra_second" : "volterra_third";
  if (receiver.mlse_memory > 0 || receiver.dfe_taps > 0)
    refuse(key,
           std::string("a receiver equalises with products of samples or ") +
               (receiver.mlse_memory > 0 ? "detects sequences" : "feeds decisions back") + ", not both",
           receiver.mlse_memory > 0 ? "mlse_memory = 0, or no products" : "dfe_taps = 0, or no products");
  try {
    dsp::check_volterra(volterra_shape(receiver));
  } catch (const Error& error) {
    refuse(key, error.what(), "more FFE taps, or fewer of them in products");
  }
}

}  // namespace waverack::link
