// Profiles as members: by name, in full, and back.

#include "waverack/base/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"
#include "unit/base/table_of.hpp"

namespace waverack {
namespace profile_test {

struct Limits {
  double loss = 3.0;
};
inline FieldList describe(Tag<Limits>) {
  return fields<Limits>("Limits.", field<&Limits::loss>("loss", "dB", 0.0, 100.0, "Loss."));
}
struct Owner {
  ProfileOf<Limits> pmd;
};
FieldList describe(Tag<Owner>);

}  // namespace profile_test

template <>
struct ProfileKind<profile_test::Limits> {
  static constexpr std::string_view name = "pmd";
};
template <>
const FieldType& field_type<ProfileOf<profile_test::Limits>>() {
  return detail::profile_type<profile_test::Limits>();
}

namespace profile_test {

FieldList describe(Tag<Owner>) { return fields<Owner>("Owner.", field<&Owner::pmd>("pmd", "Profile.")); }

TEST(ProfileMember, IsReadByNameAndWrittenInFull) {
  const Node document(table_of({{"loss", "2 dB"}}));
  ReadSources sources;
  sources.profile = [&](std::string_view kind, const Node& name) -> const Node& {
    EXPECT_EQ(kind, "pmd");
    EXPECT_EQ(*name.string(), "short");
    return document;
  };
  ReadContext context(sources);
  const Owner owner = read<Owner>(context, Node(table_of({{"pmd", "short"}})), "");
  ASSERT_TRUE(owner.pmd.value);
  EXPECT_NEAR(owner.pmd.value->loss, 1.58489, 1e-5);  // 2 dB as a power ratio
  EXPECT_TRUE(context.provenance.contains("pmd.loss"));

  const ReadSources none;  // what is written needs no place to look
  ReadContext again(none);
  const Owner same = read<Owner>(again, Node(write(owner)), "");
  EXPECT_EQ(same.pmd.name, "short");
  EXPECT_DOUBLE_EQ(same.pmd.value->loss, owner.pmd.value->loss);
}

TEST(ProfileMember, MayBeLeftOut) {
  const ReadSources none;
  ReadContext context(none);
  const Owner owner = read<Owner>(context, Node(Table{}), "");
  EXPECT_FALSE(owner.pmd.value);
  EXPECT_TRUE(write(owner).items.empty());
}

TEST(ProfileMember, RefusesWhatIsNoNameAndNoTable) {
  const ReadSources none;
  ReadContext context(none);
  EXPECT_THAT(message_of([&] {
                read<Owner>(context, Node(table_of({{"pmd", 3}})), "");
              }),
              testing::HasSubstr("expected a text"));
  EXPECT_THAT(message_of([&] {
                read<Owner>(context, Node(table_of({{"pmd", "short"}})), "");
              }),
              testing::HasSubstr("no place to look"));
}

}  // namespace profile_test
}  // namespace waverack
