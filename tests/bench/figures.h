// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>

namespace rollcall {

/// What a benchmark tells `./do bench` (tests/bench/table.py): one line a figure, with its limit. A benchmark books
/// every figure it promises, in the short form too (small N: only that it works), and returns exitCode() from main.
///
///     Figures figures(argc, argv);
///     const int rows = figures.isShort() ? 10'000 : 1'000'000;
///     figures.atMost("1M import / libphonenumber alone", ratio, "x", 1.6, 0.25);
class Figures final {
public:
    Figures(int argc, char **argv)
    {
        for (int i = 1; i < argc; ++i)
            m_short = m_short || std::strcmp(argv[i], "--short") == 0;
    }

    bool isShort() const { return m_short; }

    /// A figure that must not exceed `first`; `goal` is where it goes (NAN = none).
    void atMost(const char *name, double value, const char *unit, double first, double goal = NAN)
    {
        print(name, value, unit, "<=", first, goal);
    }
    /// A figure that must not fall below `first`.
    void atLeast(const char *name, double value, const char *unit, double first, double goal = NAN)
    {
        print(name, value, unit, ">=", first, goal);
    }
    /// A figure without a limit: a comparison, or what a ratio was made of.
    void note(const char *name, double value, const char *unit) { print(name, value, unit, "", NAN, NAN); }
    /// The thing measured did not work; the run fails, in the short form too.
    void broken(const char *name, const std::string &why)
    {
        m_broken = true;
        std::printf("broken\t%s\t%s\n", name, why.c_str());
        std::fflush(stdout);
    }
    int exitCode() const { return m_broken ? 1 : 0; }

private:
    void print(const char *name, double value, const char *unit, const char *relation, double first, double goal)
    {
        std::printf("figure\t%s\t%.6g\t%s\t%s\t%.6g\t%.6g\n", name, value, unit, relation, first, goal);
        std::fflush(stdout);
    }

    bool m_short = false;
    bool m_broken = false;
};

} // namespace rollcall
