// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/phonenumber.h"
#include "models/formats/stopwords.h"

#include <QDialog>
#include <QThreadPool>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;

namespace rollcall {

class Store;

/// Paste a chat or an inbox: messages that ask to stop are marked, and those that the operator leaves ticked become
/// opt-outs with the quote as proof. Whole messages are ticked at first, phrases inside a sentence are only asked
/// about.
class FindStopsDialog final : public QDialog {
    Q_OBJECT
public:
    FindStopsDialog(Store &store, const QString &region, QWidget *parent = nullptr);
    /// Offers the block at this account too (its name), with one key. With `byRule` it is no offer: the rule "block who
    /// writes STOP" is on.
    void offerBlock(const QString &account, bool byRule);
    ~FindStopsDialog() override;

signals:
    void told(const QString &sentence);
    /// The opt-outs of these numbers are stored; `block`: the offer to block them was taken.
    void stopsRecorded(const std::vector<rollcall::PhoneNumber> &numbers, bool block);

private:
    struct Found {
        StopMention mention = {};
        PhoneNumber number = {};
    };
    void build();
    void look();
    void show(std::vector<Found> found);
    void follow();
    void record();
    [[nodiscard]] std::vector<int> ticked() const;

    Store &m_store;
    const QString m_region;
    QPlainTextEdit *m_text;
    QTableWidget *m_table;
    QLineEdit *m_source;
    QCheckBox *m_block;
    QLabel *m_summary;
    QPushButton *m_find;
    QPushButton *m_record;
    std::vector<Found> m_found;
    Call m_call;
    QThreadPool m_pool; ///< last: waits for what still reads
};

} // namespace rollcall
