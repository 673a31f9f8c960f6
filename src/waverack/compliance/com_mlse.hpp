#pragma once
// The credit of a sequence detector in place of one tap of decision feedback. docs/theory/com.md, section 12.

namespace waverack::compliance {

// Symbol error ratio of a sequence detector behind the response 1 + a·D, for x = the distance from a level to
// its threshold over the rms of white Gaussian noise: 2·Σ_j j·((L − 1)/L)^j·Q(x·√(1 + (j − 1)(1 − a)² + a²))
// (Shakiba; facts: standards 5.2 item 10). `levels` = L ≥ 2, 0 ≤ a ≤ 1.
double mlse_error_ratio(int levels, double a, double x);

// By how much less x a sequence detector needs for the error ratio than symbol-by-symbol decisions, whose
// ratio is 2·(L − 1)/L·Q(x). [dB]; 0 for a = 0, never negative. 0 < error_ratio < 0.4.
double mlse_credit_db(int levels, double a, double error_ratio);

}  // namespace waverack::compliance
