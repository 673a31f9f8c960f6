// The only file that includes nlohmann's JSON library.
#include "waverack/io/json_reader.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

namespace waverack::io {
namespace {

using Json = nlohmann::json;

constexpr std::size_t deepest = 100;

// Characters of a text, which tell how far they were read: the parser's events have no place.
class Characters {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Characters(const char* at, const char** read) : at_(at), read_(read) {}
  const char& operator*() const { return *at_; }
  Characters& operator++() {
    *read_ = ++at_;
    return *this;
  }
  bool operator==(const Characters& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  const char** read_;
};

// Builds the tree from the parser's events.
class DocumentBuilder : public nlohmann::json_sax<Json> {
 public:
  DocumentBuilder(std::string_view text, const std::string& file, Layer layer)
      : text_(text), file_(file), layer_(layer), counted_(text.data()), read_(text.data()) {}

  void parse() {
    const char* end = text_.data() + text_.size();
    Json::sax_parse(Characters(text_.data(), &read_), Characters(end, &read_), this);
  }

  Node take() { return std::move(root_); }

  bool null() override { return add({}); }
  bool boolean(bool value) override { return add(Node(value)); }
  bool number_integer(std::int64_t value) override { return add(Node(value)); }
  bool number_unsigned(std::uint64_t value) override {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
      return add(Node(static_cast<double>(value)));
    return add(Node(static_cast<std::int64_t>(value)));
  }
  bool number_float(double value, const std::string&) override { return add(Node(value)); }
  bool string(std::string& value) override { return add(Node(std::move(value))); }
  bool binary(Json::binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(Node(Table{})); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Node(Array{})); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    if (stack_.back().table()->find(name))
      throw Error(ErrorInfo{{file_, line(), 0}, name, "the key appears twice", {}, {}});
    keys_.back() = name;
    return true;
  }

  bool parse_error(std::size_t byte, const std::string&, const Json::exception& error) override {
    const std::string_view before = text_.substr(0, byte > 0 ? byte - 1 : 0);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n');
    const std::size_t column = start == std::string_view::npos ? before.size() + 1 : before.size() - start;
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while …"
    std::string message = error.what();
    if (const std::size_t colon = message.find(": "); colon != std::string::npos)
      message = message.substr(colon + 2);
    throw Error(ErrorInfo{
        {file_, static_cast<int>(line), static_cast<int>(column)}, {}, "not valid JSON: " + message, {}, {}});
  }

 private:
  // Of the last character that was read, or of the one before it: behind a number the parser looks at one
  // character more, which may be the end of the line.
  int line() {
    for (; counted_ + 1 < read_; ++counted_) line_ += *counted_ == '\n' ? 1 : 0;
    return line_;
  }

  Node marked(Node node) {
    node.mark = {file_, line(), 0};
    node.layer = layer_;
    return node;
  }

  bool open(Node node) {
    if (stack_.size() >= deepest)
      throw Error(ErrorInfo{{file_, line(), 0}, {}, "values are nested too deep", "at most 100 levels", {}});
    stack_.push_back(marked(std::move(node)));
    keys_.emplace_back();
    return true;
  }

  bool close() {
    Node node = std::move(stack_.back());
    stack_.pop_back();
    keys_.pop_back();
    return put(std::move(node));
  }

  bool add(Node node) { return put(marked(std::move(node))); }

  bool put(Node node) {
    if (stack_.empty())
      root_ = std::move(node);
    else if (Table* table = stack_.back().table())
      table->items.emplace_back(keys_.back(), std::move(node));
    else
      stack_.back().array()->push_back(std::move(node));
    return true;
  }

  std::string_view text_;
  const std::string& file_;
  Layer layer_;
  const char* counted_;  // up to here line ends are counted
  const char* read_;
  int line_ = 1;
  Node root_;
  std::vector<Node> stack_;
  std::vector<std::string> keys_;
};

}  // namespace

Node parse_json(std::string_view text, const std::string& file, Layer layer) {
  DocumentBuilder builder(text, file, layer);
  builder.parse();
  return builder.take();
}

}  // namespace waverack::io
