// Deciding a row of values, for kernels. To be included after hwy/highway.h, once for each instruction
// set.

#if defined(WAVERACK_DSP_DECISION_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef WAVERACK_DSP_DECISION_INL
#undef WAVERACK_DSP_DECISION_INL
#else
#define WAVERACK_DSP_DECISION_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace waverack::dsp {
namespace HWY_NAMESPACE {

template <class D>
struct Decision {
  hwy::HWY_NAMESPACE::Vec<D> level;  // of the symbol decided
  hwy::HWY_NAMESPACE::Vec<D> index;  // 0, 1, 2 … as a float
};

// The symbol whose thresholds lie around each value: target[i] above thresholds[i − 1] and up to
// thresholds[i].
template <class D>
HWY_INLINE Decision<D> decision(D d, const float* target, const float* thresholds, std::size_t levels,
                                hwy::HWY_NAMESPACE::Vec<D> value) {
  namespace hn = hwy::HWY_NAMESPACE;
  const auto one = hn::Set(d, 1.0f);
  Decision<D> found{hn::Set(d, target[0]), hn::Zero(d)};
  for (std::size_t i = 0; i + 1 < levels; ++i) {
    const auto above = hn::Gt(value, hn::Set(d, thresholds[i]));
    found.level = hn::IfThenElse(above, hn::Set(d, target[i + 1]), found.level);
    found.index = hn::Add(found.index, hn::IfThenElseZero(above, one));
  }
  return found;
}

// Floats 0 … 255 as bytes.
template <class D>
HWY_INLINE void store_bytes(D, hwy::HWY_NAMESPACE::Vec<D> value, std::uint8_t* out) {
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::Rebind<std::int32_t, D> integers;
  const hn::Rebind<std::uint8_t, D> bytes;
  hn::StoreU(hn::DemoteTo(bytes, hn::ConvertTo(integers, value)), bytes, out);
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::dsp
HWY_AFTER_NAMESPACE();

#endif
