#include "waverack/base/profile.hpp"

namespace waverack::detail {

Node profile_table(ReadContext& context, std::string_view kind, const Node& node, const std::string& path,
                   std::string& name) {
  const auto named = [&](const Node& which) -> const Node& {
    if (!which.string())
      fail(which, path, "expected a text, found " + kind_of(which), "the name of a profile");
    if (!context.sources().profile)
      fail(which, path, "there is no place to look for profile '" + *which.string() + "'");
    return context.sources().profile(kind, which);
  };
  if (!node.table()) {
    if (node.string() && node.string()->empty()) return {};
    const Node& found = named(node);
    name = *node.string();
    return found;
  }
  Node result = node;
  const Node* base = node.table()->find("based_on");
  if (const Node* own = node.table()->find("name"); own && own->string()) name = *own->string();
  if (!base) return result;
  merge_below(*result.table(), *named(*base).table());
  if (name.empty()) name = *base->string();
  return result;
}

}  // namespace waverack::detail
