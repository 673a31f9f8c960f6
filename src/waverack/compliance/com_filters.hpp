#pragma once
// The filters of COM over frequency. docs/theory/com.md, section 3.

#include <complex>

#include "waverack/compliance/com_sheet.hpp"

namespace waverack::compliance {

// H_t: the Gaussian filter of the transmitter's edge, delayed by three rise times so that its response begins
// after 0. 93A-46.
std::complex<double> com_edge(double rise_time, double frequency);

// H_r: fourth-order Butterworth with corner f_r·f_b (93A-20), and the raised cosine where the sheet has one.
std::complex<double> com_receiver_filter(const ComReceiverFilter&, double symbol_rate, double frequency);

// H_ctf with the gains as amplitude ratios (93A-22).
std::complex<double> com_ctle(const ComCtle&, double dc_gain, double dc_gain_low, double frequency);

// Whether the sheet allows the pair of gains.
bool gains_allowed(const ComCtle&, double dc_gain_db, double dc_gain_low_db);

}  // namespace waverack::compliance
