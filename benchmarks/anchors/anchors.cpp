// What C++ does with the same rules and the same bytes: Hyperscan, RE2::Set, simdjson, and a bare scan as the hardware's limit.
//
//   anchors FOLDER ROW hyperscan|re2|simdjson|scan SECONDS
//
// FOLDER/outputs.bin (json.bin for the rows of JSON rules) holds the texts, each a little-endian 32-bit length and so many bytes of UTF-8;
// FOLDER/ROW.txt a line for each expression: the number of its rule, a tab, its flags, a tab, the keyword or pattern.
// Prints the seconds of a pass over all texts (median, one thread), the seconds the rules took to compile, and how many rules hit each text.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <hs/hs.h>
#include <re2/re2.h>
#include <re2/set.h>
#include <simdjson.h>

namespace {

struct Expression {
    unsigned rule;
    std::string flags;
    std::string text;
};

// How many rules hit a text.
using Contender = std::function<int(std::string_view)>;

[[noreturn]] void fail(const std::string& message) {
    std::fprintf(stderr, "anchors: %s\n", message.c_str());
    std::exit(1);
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) fail("there is no " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string_view> split_texts(const std::string& bytes) {
    std::vector<std::string_view> texts;
    for (size_t at = 0; at < bytes.size();) {
        uint32_t length;
        std::memcpy(&length, bytes.data() + at, sizeof length);
        texts.emplace_back(bytes.data() + at + sizeof length, length);
        at += sizeof length + length;
    }
    return texts;
}

std::vector<Expression> read_expressions(const std::string& path) {
    std::vector<Expression> expressions;
    std::istringstream lines(read_file(path));
    for (std::string line; std::getline(lines, line);) {
        size_t first = line.find('\t');
        size_t second = line.find('\t', first + 1);
        expressions.push_back({static_cast<unsigned>(std::stoul(line)), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    }
    return expressions;
}

int count_match(unsigned, unsigned long long, unsigned long long, unsigned, void* count) {
    ++*static_cast<int*>(count);
    return 0;
}

// Block mode. All keywords of a rule share its number, so that with SINGLEMATCH the rule is reported once.
Contender hyperscan(const std::vector<Expression>& expressions, bool literal) {
    std::vector<const char*> texts;
    std::vector<size_t> lengths;
    std::vector<unsigned> flags, ids;
    for (const Expression& expression : expressions) {
        texts.push_back(expression.text.c_str());
        lengths.push_back(expression.text.size());
        flags.push_back(HS_FLAG_SINGLEMATCH | (expression.flags == "i" ? HS_FLAG_CASELESS : 0));
        ids.push_back(expression.rule);
    }
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    unsigned count = static_cast<unsigned>(expressions.size());
    hs_error_t code = literal
        ? hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), lengths.data(), count, HS_MODE_BLOCK, nullptr, &database, &error)
        : hs_compile_multi(texts.data(), flags.data(), ids.data(), count, HS_MODE_BLOCK, nullptr, &database, &error);
    if (code != HS_SUCCESS) fail(std::string("Hyperscan: ") + error->message + " in expression " + std::to_string(error->expression));
    hs_scratch_t* scratch = nullptr;
    if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) fail("Hyperscan has no scratch memory");
    return [database, scratch](std::string_view text) {
        int hits = 0;
        hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, scratch, count_match, &hits);
        return hits;
    };
}

// A rule's keywords are one expression of alternatives, so that each of the set's numbers is a rule.
Contender re2_set(const std::vector<Expression>& expressions, bool literal) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(int64_t{1} << 30);
    auto set = std::make_shared<RE2::Set>(options, RE2::UNANCHORED);
    std::map<unsigned, std::string> rules;
    for (const Expression& expression : expressions) {
        std::string text = literal ? RE2::QuoteMeta(expression.text) : expression.text;
        std::string& rule = rules[expression.rule];
        rule += (rule.empty() ? "" : "|") + std::string(expression.flags == "i" ? "(?i:" : "(?:") + text + ")";
    }
    std::string error;
    for (const auto& [number, text] : rules)
        if (set->Add(text, &error) < 0) fail("RE2: " + error + " in " + text);
    if (!set->Compile()) fail("RE2: out of memory");
    auto hits = std::make_shared<std::vector<int>>();
    return [set, hits](std::string_view text) {
        hits->clear();
        RE2::Set::ErrorInfo info;
        if (!set->Match({text.data(), text.size()}, hits.get(), &info) && info.kind != RE2::Set::kNoError) fail("RE2: a text was given up");
        return static_cast<int>(hits->size());
    };
}

// Parses and looks nothing up. Its texts are copied once, into memory with the padding simdjson wants.
Contender simdjson_parse(const std::vector<std::string_view>& texts) {
    auto padded = std::make_shared<std::map<const char*, simdjson::padded_string>>();
    for (std::string_view text : texts) padded->emplace(text.data(), simdjson::padded_string(text));
    auto parser = std::make_shared<simdjson::dom::parser>();
    return [padded, parser](std::string_view text) {
        if (parser->parse(padded->find(text.data())->second).error()) fail("simdjson: a text is not JSON");
        return 0;
    };
}

// Counts a byte in memory many times as large as the caches, the texts over and over: what the hardware can do with these bytes, once they
// have to come from memory. Bytes are added up in lanes, which the compiler makes vectors of, and the lanes before they could overflow.
size_t count_byte(std::string_view bytes, char wanted) {
    constexpr size_t lanes = 64, most = 255;
    size_t total = 0, at = 0;
    while (at + lanes <= bytes.size()) {
        uint8_t counts[lanes] = {};
        size_t rounds = std::min(most, (bytes.size() - at) / lanes);
        for (size_t round = 0; round < rounds; ++round, at += lanes)
            for (size_t lane = 0; lane < lanes; ++lane) counts[lane] += bytes[at + lane] == wanted;
        for (uint8_t count : counts) total += count;
    }
    for (; at < bytes.size(); ++at) total += bytes[at] == wanted;
    return total;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// As for the other contenders, the seconds of a pass over the texts, though it is the share of a pass over more than them.
void print_scan(const std::string& bytes, size_t text_count, double seconds) {
    constexpr size_t larger_than_caches = size_t{1} << 28;
    std::string memory;
    memory.reserve(larger_than_caches + bytes.size());
    while (memory.size() < larger_than_caches) memory += bytes;
    std::vector<double> passes;
    size_t counted = 0;
    auto begin = std::chrono::steady_clock::now();
    do {
        auto start = std::chrono::steady_clock::now();
        counted += count_byte(memory, 'e');
        passes.push_back(seconds_since(start));
    } while (passes.size() < 3 || seconds_since(begin) < seconds);
    if (counted == 0) fail("the texts have no e");
    std::sort(passes.begin(), passes.end());
    std::printf("%.9f 0", passes[passes.size() / 2] * bytes.size() / memory.size());
    for (size_t i = 0; i < text_count; ++i) std::printf(" -1");
    std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) fail("usage: anchors FOLDER ROW hyperscan|re2|simdjson|scan SECONDS");
    std::string folder = argv[1], row = argv[2], name = argv[3];
    double seconds = std::atof(argv[4]);
    bool json = row.rfind("json", 0) == 0, literal = row.rfind("keywords", 0) == 0;
    std::string bytes = read_file(folder + (json ? "/json.bin" : "/outputs.bin"));
    std::vector<std::string_view> texts = split_texts(bytes);
    std::vector<Expression> expressions = read_expressions(folder + "/" + row + ".txt");

    auto compiling = std::chrono::steady_clock::now();
    if (name == "scan") {
        print_scan(bytes, texts.size(), seconds);
        return 0;
    }

    Contender contender = name == "hyperscan" ? hyperscan(expressions, literal)
        : name == "re2" ? re2_set(expressions, literal)
        : name == "simdjson" ? simdjson_parse(texts)
        : (fail("there is no contender " + name), Contender());
    double compiled = seconds_since(compiling);

    std::vector<int> hits;
    for (std::string_view text : texts) hits.push_back(contender(text));
    std::vector<double> passes;
    auto begin = std::chrono::steady_clock::now();
    volatile long total = 0;
    do {
        auto start = std::chrono::steady_clock::now();
        for (std::string_view text : texts) total = total + contender(text);
        passes.push_back(seconds_since(start));
    } while (passes.size() < 3 || seconds_since(begin) < seconds);
    std::sort(passes.begin(), passes.end());
    std::printf("%.9f %.9f", passes[passes.size() / 2], compiled);
    for (int count : hits) std::printf(" %d", count);
    std::printf("\n");
}
