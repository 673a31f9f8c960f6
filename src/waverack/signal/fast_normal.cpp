#include "waverack/base/ars.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/fft_targets.hpp"
#include "waverack/signal/fill_groups.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/signal/fast_normal.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/signal/root-inl.hpp"

// Everything down to HWY_AFTER_NAMESPACE is compiled once for each instruction set; the order of operations
// is the same for all of them (see fft.cpp).
HWY_BEFORE_NAMESPACE();
namespace waverack::signal {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t row = normal_group / 4;  // words of one quarter of a group

using Word = hn::CappedTag<std::uint32_t, row>;
using Signed = hn::RebindToSigned<Word>;
using Float = hn::RebindToFloat<Word>;
using Words = hn::Vec<Word>;
using Floats = hn::Vec<Float>;

#if HWY_TARGET == HWY_SCALAR
class Source {
 public:
  using Group = std::uint32_t;
  Source(const Stream& stream, std::uint32_t first) : stream_(stream), first_(first) {}
  Group first_group() const { return first_; }
  static Group next(Group group) { return static_cast<Group>(group + counters_of_group); }
  Words operator()(Group group, std::size_t lane) const {
    return hn::Set(Word(), ars_words(stream_, static_cast<Group>(group + lane / 4))[lane % 4]);
  }

 private:
  Stream stream_;
  std::uint32_t first_;
};
#else
// The widest vector that the instruction set has a round of AES for: one or four blocks of 16 bytes.
#if HWY_TARGET <= HWY_AVX3_DL
using Byte = hn::CappedTag<std::uint8_t, 4 * row>;
#else
using Byte = hn::FixedTag<std::uint8_t, 16>;
#endif
using Bytes = hn::Vec<Byte>;

// One vector made of those of its blocks.
template <class D>
HWY_INLINE hn::Vec<D> joined(D d, const Bytes* blocks) {
  constexpr std::size_t count = hn::MaxLanes(D()) / hn::MaxLanes(Byte());
  if constexpr (count == 1) {
    return blocks[0];
  } else {
    const hn::Half<D> half;
    return hn::Combine(d, joined(half, blocks + count / 2), joined(half, blocks));
  }
}

class Source {
 public:
  using Group =
      hn::Vec<hn::Repartition<std::uint32_t, Byte> >;  // what its counters add to those of the first

  Source(const Stream& stream, std::uint32_t first) {
    for (std::uint64_t i = 0; i <= ars_rounds; ++i) {
      keys_[i][0] = stream.seed + i * ars_step_low;
      keys_[i][1] = i * ars_step_high;
    }
    for (std::uint32_t i = 0; i < counters_of_group; ++i) {
      std::uint32_t* counter = counters_ + 4 * i;
      counter[0] = first + i;
      counter[1] = stream.block;
      counter[2] = stream.lane;
      counter[3] = stream.source;
    }
  }

  Group first_group() const { return hn::Zero(words); }
  HWY_INLINE static Group next(Group group) {
    alignas(16) static constexpr std::uint32_t step[4] = {counters_of_group, 0, 0, 0};
    return hn::Add(group, hn::LoadDup128(words, step));
  }

  // Words number lane, lane + 1, … of a group; lane is a multiple of 4.
  HWY_INLINE Words operator()(Group group, std::size_t lane) const {
    const Byte bytes;
    constexpr std::size_t width = hn::MaxLanes(words), count = hn::MaxLanes(Word()) / width;
    Bytes state[count];
    for (std::size_t i = 0; i < count; ++i) {
      const Group counter = hn::Add(hn::Load(words, counters_ + lane + i * width), group);
      state[i] = hn::Xor(hn::BitCast(bytes, counter), key(0));
    }
    for (int round = 1; round < ars_rounds; ++round)
      for (Bytes& s : state) s = hn::AESRound(s, key(round));
    for (Bytes& s : state) s = hn::AESLastRound(s, key(ars_rounds));
    return hn::BitCast(Word(), joined(hn::Repartition<std::uint8_t, Word>(), state));
  }

 private:
  static constexpr hn::Repartition<std::uint32_t, Byte> words{};
  HWY_INLINE Bytes key(int round) const {
    return hn::BitCast(Byte(), hn::LoadDup128(hn::Repartition<std::uint64_t, Byte>(), keys_[round]));
  }

  alignas(16) std::uint64_t keys_[ars_rounds + 1][2];
  alignas(64) std::uint32_t counters_[normal_group];
};
#endif

// −2·ln(u) with u = |a|/2^31, the word read as a signed one. At a = 0, half as probable as any other size, u
// is in the middle of what is left, 2^-33.
HWY_INLINE Floats minus_two_logarithm(Words a) {
  const Float d;
  const Signed i;
  const Floats size = hn::Max(hn::Abs(hn::ConvertTo(d, hn::BitCast(i, a))), hn::Set(d, 0.25f));
  // u = m·2^e with m from √½ to √2. So e = 0 where u is close to 1, and the logarithm keeps its digits there.
  constexpr int root_half = 0x3F3504F3, exponent = 23;
  const auto bits = hn::Sub(hn::BitCast(i, size), hn::Set(i, root_half + (31 << exponent)));
  const Floats e = hn::ConvertTo(d, hn::ShiftRight<exponent>(bits));
  const auto m = hn::Add(hn::And(bits, hn::Set(i, (1 << exponent) - 1)), hn::Set(i, root_half));
  const Floats f = hn::Sub(hn::BitCast(d, m), hn::Set(d, 1.0f));

  // −2·ln(1 + f) = f·p(f), p of the least relative error of the whole (Remez), 8e-7.
  Floats p = hn::Set(d, -0.2489557713f);
  p = hn::MulAdd(p, f, hn::Set(d, 0.3802732825f));
  p = hn::MulAdd(p, f, hn::Set(d, -0.4087274969f));
  p = hn::MulAdd(p, f, hn::Set(d, 0.4972003102f));
  p = hn::MulAdd(p, f, hn::Set(d, -0.6663441658f));
  p = hn::MulAdd(p, f, hn::Set(d, 1.000057101f));
  p = hn::MulAdd(p, f, hn::Set(d, -1.999999762f));
  return hn::MulAdd(p, f, hn::Mul(e, hn::Set(d, -1.3862943611f)));
}

// r·cos φ and r·sin φ: r of the sign of a, and φ = π·b/2^32, the words read as signed ones.
HWY_INLINE void polar(Words a, Words b, Floats& cosine, Floats& sine) {
  const Float d;
  const Floats r = hn::CopySignToAbs(fast_root(d, minus_two_logarithm(a)), hn::BitCast(d, a));
  const Floats t = hn::Mul(hn::ConvertTo(d, hn::BitCast(Signed(), b)), hn::Set(d, 0x1p-31f));
  const Floats z = hn::Mul(t, t);
  // sin(πt/2)/t of the least relative error, 9.4e-7, and cos(πt/2) of the least error, 5e-8 (Remez).
  Floats s = hn::Set(d, -0.004362469073f);
  s = hn::MulAdd(s, z, hn::Set(d, 0.07948765159f));
  s = hn::MulAdd(s, z, hn::Set(d, -0.6459209919f));
  s = hn::MulAdd(s, z, hn::Set(d, 1.570794821f));
  Floats c = hn::Set(d, 0.0008581906441f);
  c = hn::MulAdd(c, z, hn::Set(d, -0.02081062831f));
  c = hn::MulAdd(c, z, hn::Set(d, 0.2536507547f));
  c = hn::MulAdd(c, z, hn::Set(d, -1.233698249f));
  c = hn::MulAdd(c, z, hn::Set(d, 0.9999999404f));
  cosine = hn::Mul(r, c);
  sine = hn::Mul(hn::Mul(r, t), s);
}

void normal_groups(const Stream& stream, std::uint32_t first, std::size_t groups, float* out) {
  const Float d;
  const Source source(stream, first);
  auto group = source.first_group();
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t lane = 0; lane < row; lane += hn::Lanes(d)) {
      float* to = out + g * normal_group + lane;
      for (std::size_t half = 0; half < 2; ++half, to += 2 * row) {
        const Words a = source(group, 2 * half * row + lane), b = source(group, (2 * half + 1) * row + lane);
        Floats cosine, sine;
        polar(a, b, cosine, sine);
        hn::StoreU(cosine, d, to);
        hn::StoreU(sine, d, to + row);
      }
    }
    group = Source::next(group);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::signal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::signal {

HWY_EXPORT(normal_groups);

void fill_normal_fast(const Stream& stream, std::span<float> out, std::uint64_t first) {
  fill_groups<normal_group>(out, first, [&](std::uint32_t counter, std::size_t groups, float* to) {
    HWY_DYNAMIC_DISPATCH(normal_groups)(stream, counter, groups, to);
  });
}

}  // namespace waverack::signal
#endif
