// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/internal/sandboxtime.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace rollcall {

std::string sandboxTime(std::int64_t utcMs)
{
    using namespace std::chrono;
    const sys_time<milliseconds> at{milliseconds(utcMs)};
    const auto midnight = floor<days>(at);
    const year_month_day date(midnight);
    const hh_mm_ss time(at - midnight);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03d", int(date.year()),
        unsigned(date.month()), unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()),
        int(time.seconds().count()), int(time.subseconds().count()));
    return text.data();
}

} // namespace rollcall
