#include "waverack/parts/part.hpp"

namespace waverack::parts {

AnyPart::AnyPart() = default;
AnyPart::AnyPart(const AnyPart&) = default;
AnyPart::AnyPart(AnyPart&&) noexcept = default;
AnyPart& AnyPart::operator=(const AnyPart&) = default;
AnyPart& AnyPart::operator=(AnyPart&&) noexcept = default;
AnyPart::~AnyPart() = default;

}  // namespace waverack::parts
