#pragma once
// The claims and their verdicts as a page to read: one file, no script, light and dark, for print too.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "waverack/study/claims.hpp"

namespace waverack::io {

enum class Language { english, chinese };

// "en", "zh".
std::string_view language_code(Language);

// Where the page in this language stands beside the English page `english`: "claims.zh.html" beside
// "claims.html".
std::filesystem::path page_name(const std::filesystem::path& english, Language);

// The page. It links to `twin`, the page in the other language, unless that is empty. Numbers have three
// digits. A text without a translation stays English, in an element of class "untranslated".
std::string claims_page(std::span<const study::ClaimResult>, Language, const std::string& twin = {});

// The Chinese of a text of the ledger, of its cases and figures, or of the page; "" where there is none.
std::string_view chinese_of(std::string_view english);

}  // namespace waverack::io
