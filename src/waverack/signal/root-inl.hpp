// A square root for kernels that take many. To be included after hwy/highway.h, once for each instruction
// set.
#if defined(WAVERACK_SIGNAL_ROOT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef WAVERACK_SIGNAL_ROOT_INL
#undef WAVERACK_SIGNAL_ROOT_INL
#else
#define WAVERACK_SIGNAL_ROOT_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace waverack::signal {
namespace HWY_NAMESPACE {

// √x for x = 0 and 1e-37 … 1e38, within 1.0e-6·√x. It takes the place of nine multiply-adds, where the CPU's
// own instruction takes that of up to twenty, and unlike the CPU's estimates of 1/√x it is the same
// everywhere.
template <class D>
HWY_INLINE hwy::HWY_NAMESPACE::Vec<D> fast_root(D d, hwy::HWY_NAMESPACE::Vec<D> x) {
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::RebindToSigned<D> i;
  // Halving the exponent guesses 1/√x within 3.5 % (C. Lomont, "Fast inverse square root", Purdue (2003)).
  const auto halved = hn::ShiftRight<1>(hn::BitCast(i, x));
  const auto guess = hn::BitCast(d, hn::Sub(hn::Set(i, 0x5F3759DF), halved));
  const auto near = hn::Mul(x, guess);
  // √x = near/√(1 + h); the polynomial is that of the least relative error on the 7 % of h (Remez), 7.8e-7.
  const auto h = hn::MulSub(near, guess, hn::Set(d, 1.0f));
  auto p = hn::Set(d, -0.3126302958f);
  p = hn::MulAdd(p, h, hn::Set(d, 0.3763024211f));
  p = hn::MulAdd(p, h, hn::Set(d, -0.5000014901f));
  p = hn::MulAdd(p, h, hn::Set(d, 0.9999992251f));
  return hn::Mul(near, p);
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::signal
HWY_AFTER_NAMESPACE();

#endif
