// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/journalentry.h"

#include <QDialog>

class QLabel;
class QListWidget;

namespace rollcall {

class FieldList;
class Store;

/// A way to narrow the journal that one of its entries offers.
struct JournalNarrowing {
    JournalFilter to = {};
    QString name = {}; ///< of whom or what, for the chip
    QString words = {}; ///< "Only entries about Anna"
};
[[nodiscard]] std::vector<JournalNarrowing> narrowings(const JournalEntry &entry);

/// Everything about one entry, and whom it is about, by name: at most `mostNamed` of them, the rest as a count.
class JournalEntryDialog final : public QDialog {
    Q_OBJECT
public:
    static constexpr int mostNamed = 200;
    JournalEntryDialog(Store &store, const JournalEntry &entry, QWidget *parent = nullptr);

signals:
    void narrowed(const rollcall::JournalFilter &to, const QString &name);

private:
    void build();
    void fill();
    void showPeople(const Result<JournalPeople> &people);

    const JournalEntry m_entry;
    QLabel *m_heading;
    FieldList *m_facts;
    QLabel *m_whom;
    QListWidget *m_people;
    Call m_read;
};

} // namespace rollcall
