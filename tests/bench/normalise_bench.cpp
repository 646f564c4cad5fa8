// SPDX-License-Identifier: GPL-3.0-or-later
// Reading phone numbers: ours against libphonenumber alone, the same numbers, the same run, one thread.
#include "models/domain/phonenumber.h"
#include "tests/bench/contactsmaker.h"
#include "tests/bench/figures.h"
#include "tests/bench/librarywork.h"

#include <QElapsedTimer>
#include <vector>

using namespace rollcall;

int main(int argc, char **argv)
{
    Figures figures(argc, argv);
    const int rows = figures.isShort() ? 5'000 : 500'000;
    bench::ContactsMaker maker(1);
    std::vector<bench::ContactsMaker::Contact> contacts;
    contacts.reserve(std::size_t(rows));
    for (int i = 0; i < rows; ++i)
        contacts.push_back(maker.next());
    // First use reads the metadata: not part of either figure.
    bench::libraryWork("+4915123456789", "DE");
    static_cast<void>(parsePhoneNumber(QStringLiteral("+4915123456789"), QStringLiteral("DE")));

    QElapsedTimer timer;
    timer.start();
    qint64 libraryValid = 0;
    for (const auto &contact : contacts)
        libraryValid += qint64(bench::libraryWork(contact.phone, contact.country));
    const double library = double(timer.nsecsElapsed()) / 1e9;
    timer.start();
    qint64 oursValid = 0;
    for (const auto &contact : contacts)
        oursValid
            += qint64(parsePhoneNumber(QString::fromUtf8(contact.phone), QString::fromLatin1(contact.country)).state
                == NumberState::Valid);
    const double ours = double(timer.nsecsElapsed()) / 1e9;

    figures.note("libphonenumber alone, a number", library / rows * 1e6, "us");
    figures.note("read as we do, a number", ours / rows * 1e6, "us");
    // performance.md section 3 has a goal for this only, and no first budget.
    figures.atMost("normalise / libphonenumber alone", ours / library, "x", NAN, 0.04);
    if (oursValid < libraryValid)
        figures.broken("normalise",
            "libphonenumber finds " + std::to_string(libraryValid) + " valid, we " + std::to_string(oursValid));
    return figures.exitCode();
}
